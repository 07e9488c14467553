"""What a draft lacks before it can become a job, and which of its photos are used."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from storage.people.consents import subject_of
from video.effects.models import MODELS

if TYPE_CHECKING:
    from storage import Draft, Photo
    from video.effects.effect import Effect


class MissingPart(StrEnum):
    """What to ask for. The value is the end of its text's key: `ask-photo`."""

    PHOTO = "photo"
    SECOND_PHOTO = "second-photo"
    TWO_PHOTOS = "two-photos"
    PROMPT = "words"
    PHOTO_AND_PROMPT = "photo-and-words"
    CORRECTION = "mistake"
    """The prompt has a mistake."""
    MODEL = "model"
    """The chosen model takes fewer photos than there are."""
    CONFIRMATION = "confirm"
    """The prompt was corrected; the person has not seen yet what became of it."""


ANSWERED_BY_TEXT = frozenset(set(MissingPart) - {MissingPart.PHOTO, MissingPart.SECOND_PHOTO, MissingPart.TWO_PHOTOS})
"""What a person can answer by a text message."""


def missing_part(draft: Draft, effect: Effect) -> MissingPart | None:
    """Return what to ask for next, None if the draft is complete."""
    if effect.prompt:
        return _missing_for_prompt(draft, effect)
    if len(draft.photos) >= effect.photos:
        return None
    if effect.photos - len(draft.photos) == 1 and (effect.photos == 1 or draft.note):
        return MissingPart.PHOTO
    return MissingPart.SECOND_PHOTO if draft.photos else MissingPart.TWO_PHOTOS


def chosen_photos(draft: Draft, effect: Effect) -> tuple[Photo, ...]:
    """Return the photos to use: the first ones of an album, but the newest ones if they came one by one."""
    if draft.singly:
        return draft.photos[max(0, len(draft.photos) - effect.photos) :]
    return draft.photos[: effect.max_photos]


def consent_subject(draft: Draft, effect: Effect) -> str:
    """Return the digest of the video that the draft asks for, as it is now."""
    return subject_of(draft.person_id, effect.command, draft.motion, chosen_photos(draft, effect))


def _missing_for_prompt(draft: Draft, effect: Effect) -> MissingPart | None:
    motion = draft.motion
    if motion is not None and motion.mistake:
        return MissingPart.CORRECTION
    if motion is None or not motion.prompt:
        return MissingPart.PROMPT if draft.photos else MissingPart.PHOTO_AND_PROMPT
    if not draft.photos:
        return MissingPart.PHOTO
    too_many = len(chosen_photos(draft, effect)) > MODELS[motion.model].max_photos
    if too_many:
        return MissingPart.MODEL
    return MissingPart.CONFIRMATION if motion.corrected else None
