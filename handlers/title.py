"""What a video is called in the words that people read about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.texts import Words
    from storage import Job
    from video.effects import Catalogue, Effect

_QUOTED = 200  # characters of a prompt that are shown


def title_of(command: str, catalogue: Catalogue, words: Words) -> dict[str, str]:
    """The emoji and the title of an effect: the locale's own title, or else the catalogue's."""
    effect = catalogue.named(command)
    if effect is None:
        return {"emoji": "🎬", "title": command}
    key = f"title-{effect.command}"
    return {"emoji": effect.emoji, "title": words.plain(key) if words.has(key) else effect.title}


def order_of(effect: Effect) -> str:
    """What the order of its two photos means: the key of the words for it."""
    return "turn" if effect.in_turn else "sides"


def prompt_of(job: Job) -> str | None:
    """The words of an animation, as far as they are shown under its title."""
    if job.motion is None or not job.motion.prompt:
        return None
    prompt = job.motion.prompt
    return prompt if len(prompt) <= _QUOTED else f"{prompt[:_QUOTED]}…"
