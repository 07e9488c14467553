"""Titles of effects and themes, and effects by what people type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.search import effect_search

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.localization import Locale, Locales
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


def find_effect(text: str, catalogue: Catalogue, locales: Locales) -> Effect | None:
    """Return the effect of this name, or the one that a text names in any language; None if it names none."""
    return (catalogue.by_name(text) or effect_search(catalogue, locales).named(text)) if text else None


def similar_effects(
    text: str, catalogue: Catalogue, locales: Locales, among: Collection[Effect], *, limit: int | None = 3
) -> list[Effect]:
    """Return the effects that a text may mean, the best match first: at most 3, unless another limit is given."""
    return effect_search(catalogue, locales).find(text, among, limit=limit)


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
