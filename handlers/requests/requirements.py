"""What a draft still lacks before it can become a job, and which of its photos are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from video.effects.models import ImageToVideoModel

if TYPE_CHECKING:
    from storage import Draft, Photo
    from video.effects.effect import Effect

ANSWERED_BY_TEXT = frozenset({"words", "photo-and-words", "mistake", "model"})
"""What words answer."""


def missing_part(draft: Draft, effect: Effect) -> str | None:
    """What to ask for: the end of its text's key, `ask-…`; None where everything is there."""
    if effect.prompt:
        return _of_animation(draft, effect)
    if len(draft.photos) >= effect.photos:
        return None
    if effect.photos - len(draft.photos) == 1 and (effect.photos == 1 or draft.note):
        return "photo"
    return "second-photo" if draft.photos else "two-photos"


def chosen_photos(draft: Draft, effect: Effect) -> tuple[Photo, ...]:
    """The photos that the video is made of: of one album the first ones, of those that came one by one the newest."""
    if draft.singly:
        return draft.photos[max(0, len(draft.photos) - effect.photos) :]
    return draft.photos[: effect.max_photos]


def _of_animation(draft: Draft, effect: Effect) -> str | None:
    motion = draft.motion
    if motion is not None and motion.mistake:
        return "mistake"
    if motion is None or not motion.prompt:
        return "words" if draft.photos else "photo-and-words"
    if not draft.photos:
        return "photo"
    return "model" if len(chosen_photos(draft, effect)) > ImageToVideoModel(motion.model).max_photos else None
