"""What a video is called in the words that people read about it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale
    from storage import Job
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect, Theme

_QUOTED = 200  # characters of a prompt that are shown


def title_args(one: Effect | Theme, locale: Locale) -> dict[str, str]:
    """The emoji and the title of an effect or a theme, in this language."""
    return {"emoji": one.emoji, "title": locale.title(one)}


def title_args_of(command: str, catalogue: Catalogue, locale: Locale) -> dict[str, str]:
    """The emoji and the title of the effect of this command; the catalogue may have lost it since."""
    effect = catalogue.by_name(command)
    return title_args(effect, locale) if effect else {"emoji": "🎬", "title": command}


def find_effect(name: str, catalogue: Catalogue, locale: Locale) -> Effect | None:
    """The effect of this name, or of this title in the person's language."""
    effect = catalogue.by_name(name) if name else None
    title = name.strip().casefold()
    return effect or next((one for one in catalogue.effects if locale.title(one).casefold() == title), None)


def similar_effects(name: str, catalogue: Catalogue, locale: Locale, services: Collection[str]) -> tuple[Effect, ...]:
    """What a person may have meant by a name that is not there: at most 3, by their names, else by their titles."""
    found = catalogue.suggest(name, services)
    titles = {} if found else {locale.title(one).casefold(): one for one in catalogue.offered(services)}
    wanted = name.strip().casefold()
    close = difflib.get_close_matches(wanted, titles, n=3, cutoff=0.6)
    close += [title for title in titles if len(wanted) >= 3 and wanted in title]
    return found or tuple(dict.fromkeys(titles[title] for title in close))[:3]


def photo_order_key(effect: Effect) -> str:
    """What the order of its two photos means: the key of the words for it."""
    return "turn" if effect.in_turn else "sides"


def prompt_excerpt(job: Job) -> str | None:
    """The words of an animation, as far as they are shown under its title."""
    if job.motion is None or not job.motion.prompt:
        return None
    prompt = job.motion.prompt
    return prompt if len(prompt) <= _QUOTED else f"{prompt[:_QUOTED]}…"
