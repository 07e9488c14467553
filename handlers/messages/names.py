"""Titles of effects and themes, and the search for effects by what people type."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale
    from storage import Job
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect, Theme

_MAX_PROMPT_EXCERPT = 200  # characters


def title_args(one: Effect | Theme, locale: Locale) -> dict[str, str]:
    """Return the emoji and the title of an effect or a theme, as arguments for texts."""
    return {"emoji": one.emoji, "title": locale.title(one)}


def title_args_of(command: str, catalogue: Catalogue, locale: Locale) -> dict[str, str]:
    """Return `title_args` of the effect of this command, even if the catalogue no longer has it."""
    effect = catalogue.by_name(command)
    return title_args(effect, locale) if effect else {"emoji": "🎬", "title": command}


def find_effect(name: str, catalogue: Catalogue, locale: Locale) -> Effect | None:
    """Return the effect of this name, or of this title in the person's language."""
    effect = catalogue.by_name(name) if name else None
    title = name.strip().casefold()
    return effect or next((one for one in catalogue.effects if locale.title(one).casefold() == title), None)


def similar_effects(name: str, catalogue: Catalogue, locale: Locale, services: Collection[str]) -> tuple[Effect, ...]:
    """Return at most 3 effects that an unknown name may mean: by similar names, or else by similar titles."""
    found = catalogue.suggest(name, services)
    titles = {} if found else {locale.title(one).casefold(): one for one in catalogue.offered(services)}
    wanted = name.strip().casefold()
    close = difflib.get_close_matches(wanted, titles, n=3, cutoff=0.6)
    close += [title for title in titles if len(wanted) >= 3 and wanted in title]
    return found or tuple(dict.fromkeys(titles[title] for title in close))[:3]


def photo_order_key(effect: Effect) -> str:
    """Return what the order of an effect's two photos means, as the locales' `order`."""
    return "turn" if effect.in_turn else "sides"


def prompt_excerpt(job: Job) -> str | None:
    """Return a job's prompt, shortened for a caption; None if it has none."""
    return excerpt(job.motion.prompt) if job.motion is not None else None


def excerpt(prompt: str | None) -> str | None:
    """Return a prompt as it is quoted; None if there is none."""
    if not prompt:
        return None
    return prompt if len(prompt) <= _MAX_PROMPT_EXCERPT else f"{prompt[:_MAX_PROMPT_EXCERPT]}…"
