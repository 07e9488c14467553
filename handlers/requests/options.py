"""How a video is made: service, quality and duration, from what the operator allows and the user chose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers.context import Choices
from storage.people.preferences import UserPreferences
from video.effects.models import MODELS, Quality

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import ImageToVideoOptions, Job
    from video.effects.effect import Effect

_USUAL_SECONDS = 5  # the length of most effects; longer ones cost more


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What a job is made with; `duration` in seconds."""

    service: str
    quality: str
    duration: int


async def options_for(
    deps: Dependencies, effect: Effect, user_id: int, motion: ImageToVideoOptions | None = None
) -> JobOptions:
    """Return the options that the user wrote or chose, as far as they may and the effect has them.

    Raises:
        ValueError: no configured service makes the effect; check `Dependencies.offers` first.
    """
    preferences = await preferences_of(deps, user_id)
    duration = (motion.duration if motion else None) or preferences.duration
    quality = preferences.quality or deps.policy.quality
    return _available(deps, effect, preferences.service, quality, duration)


def options_again(deps: Dependencies, effect: Effect, job: Job) -> JobOptions:
    """Return the options of an earlier job, as far as they are still available.

    Raises:
        ValueError: no configured service makes the effect; check `Dependencies.offers` first.
    """
    chosen = UserPreferences(quality=job.quality, duration=job.duration, service=job.moved_from or job.service)
    kept = permitted(deps, job.person_id, chosen)  # they may have been allowed more when they asked for the job
    return _available(deps, effect, kept.service, kept.quality or deps.policy.quality, kept.duration)


async def preferences_of(deps: Dependencies, user_id: int) -> UserPreferences:
    """Return what the user chose in /settings, as far as they may."""
    return permitted(deps, user_id, await deps.store.preferences.get(user_id))


def permitted(deps: Dependencies, user_id: int, chosen: UserPreferences) -> UserPreferences:
    """Return these choices without those that the user may not make."""
    if choices_of(deps, user_id) is Choices.NONE:
        return UserPreferences()
    return replace(
        chosen,
        quality=chosen.quality if may_choose(deps, user_id, quality=chosen.quality) else None,
        duration=chosen.duration if may_choose(deps, user_id, duration=chosen.duration) else None,
        animate_model=chosen.animate_model if may_choose(deps, user_id, model=chosen.animate_model) else None,
    )


def choices_of(deps: Dependencies, user_id: int) -> Choices:
    """Return what the user may choose."""
    return Choices.ALL if user_id in deps.policy.admin_ids else deps.policy.own_choices


def may_choose(
    deps: Dependencies,
    user_id: int,
    *,
    quality: str | None = None,
    duration: int | None = None,
    model: str | None = None,
) -> bool:
    """Return True if the user may choose this; None is the operator's own choice, which everybody may have."""
    policy, choices = deps.policy, choices_of(deps, user_id)
    if choices is Choices.ALL:
        return True
    own = quality in {None, policy.quality} and duration is None and model in {None, policy.animate_model}
    if choices is Choices.NONE:
        return own
    return (
        quality in {None, policy.quality, Quality.STANDARD}
        and (duration is None or duration <= _USUAL_SECONDS)
        and (model is None or MODELS[model].relative_cost <= MODELS[policy.animate_model].relative_cost)
    )


def _available(
    deps: Dependencies, effect: Effect, preferred: str | None, quality: str, duration: int | None
) -> JobOptions:
    service = effect.first_service(sorted(deps.services, key=lambda name: name != preferred))
    if service is None:
        raise ValueError(f"no configured service makes {effect.command}")
    durations = effect.scenes[service].durations
    return JobOptions(service, quality, duration if duration in durations else durations[0])
