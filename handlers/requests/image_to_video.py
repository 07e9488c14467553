"""An animation's words: from its command, a caption, or a message of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.requests.options import may_choose, preferences_of
from handlers.requests.prompt_options import parse_prompt
from handlers.requests.requirements import ANSWERED_BY_TEXT, missing_part
from storage import ImageToVideoOptions
from video.effects.models import ImageToVideoModel

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import Draft, Job
    from video.effects.effect import Effect


async def motion_of(deps: Dependencies, effect: Effect, person: int, said: str = "") -> ImageToVideoOptions | None:
    """What an animation is asked with in its command; None for an effect that needs no words."""
    return _read(deps, person, said, await _nothing_said(deps, person)) if effect.prompt else None


def waits_for_words(deps: Dependencies, draft: Draft, person: int) -> bool:
    """Whether a draft asks for words, and this person is who began it: words cost like a command."""
    effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
    return effect is not None and draft.person_id == person and missing_part(draft, effect) in ANSWERED_BY_TEXT


async def answered(deps: Dependencies, draft: Draft, said: str) -> ImageToVideoOptions:
    """What the draft is asked with, now that this was said."""
    before = draft.motion or await _nothing_said(deps, draft.person_id)
    return _read(deps, draft.person_id, said, before)


def motion_again(deps: Dependencies, job: Job) -> ImageToVideoOptions | None:
    """What a job was asked with, as far as it still may be."""
    model = ImageToVideoModel(deps.animate_model)
    if job.motion is None or may_choose(deps, job.person_id) or len(job.photos) > model.max_photos:
        return job.motion
    return replace(job.motion, model=str(model), duration=None)


async def _nothing_said(deps: Dependencies, person: int) -> ImageToVideoOptions:
    return ImageToVideoOptions(model=(await preferences_of(deps, person)).animate_model or deps.animate_model)


def _read(deps: Dependencies, person: int, said: str, before: ImageToVideoOptions) -> ImageToVideoOptions:
    """What was said; where people may not choose what costs more, not in the words either."""
    motion = parse_prompt(said, before)
    dearer = motion.duration is not None or motion.model != deps.animate_model
    if may_choose(deps, person) or not dearer:
        return motion
    fixed = motion.mistake or f"fixed:{deps.animate_model}"
    return replace(motion, model=deps.animate_model, duration=None, mistake=fixed)
