"""How a video is made: service, quality and duration, from what the operator allows and the user chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.people.preferences import UserPreferences

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import ImageToVideoOptions, Job
    from video.effects.effect import Effect


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
    if not may_choose(deps, job.person_id):  # they may have been allowed to when they asked for the job
        return _available(deps, effect, None, deps.policy.quality, None)
    return _available(deps, effect, job.moved_from or job.service, job.quality, job.duration)


async def preferences_of(deps: Dependencies, user_id: int) -> UserPreferences:
    """Return what the user chose in /settings, or nothing if they may not choose."""
    return await deps.store.preferences.get(user_id) if may_choose(deps, user_id) else UserPreferences()


def may_choose(deps: Dependencies, user_id: int) -> bool:
    """Return True if the user may choose options that cost more."""
    return deps.policy.own_choices or user_id in deps.policy.admin_ids


def _available(
    deps: Dependencies, effect: Effect, preferred: str | None, quality: str, duration: int | None
) -> JobOptions:
    service = effect.first_service(sorted(deps.services, key=lambda name: name != preferred))
    if service is None:
        raise ValueError(f"no configured service makes {effect.command}")
    durations = effect.scenes[service].durations
    return JobOptions(service, quality, duration if duration in durations else durations[0])
