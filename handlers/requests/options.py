"""How a video is made: the service, the quality and the length, out of what the operator and the person chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.preferences import UserPreferences

if TYPE_CHECKING:
    from handlers.context import Dependencies
    from storage import ImageToVideoOptions, Job
    from video.effects.effect import Effect


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What a job's row keeps of it; `duration` in seconds."""

    service: str
    quality: str
    duration: int


async def options_for(
    deps: Dependencies, effect: Effect, person_id: int, motion: ImageToVideoOptions | None = None
) -> JobOptions:
    """As this person has said or chosen, as far as they may and the effect allows.

    Raises:
        ValueError: no configured service makes it; callers ask `Desk.offers` before.
    """
    choice = await preferences_of(deps, person_id)
    duration = (motion.duration if motion else None) or choice.duration
    return _making(deps, effect, choice.service, choice.quality or deps.quality, duration)


def options_again(deps: Dependencies, effect: Effect, job: Job) -> JobOptions:
    """As that job was asked for, as far as it still can be.

    Raises:
        ValueError: no configured service makes it; callers ask `Desk.offers` before.
    """
    if not may_choose(deps, job.person_id):  # the operator may have said so since
        return _making(deps, effect, None, deps.quality, None)
    return _making(deps, effect, job.moved_from or job.service, job.quality, job.duration)


async def preferences_of(deps: Dependencies, person_id: int) -> UserPreferences:
    """What this person has chosen, and may."""
    return await deps.store.preferences.get(person_id) if may_choose(deps, person_id) else UserPreferences()


def may_choose(deps: Dependencies, person_id: int) -> bool:
    """Whether this person may choose what costs more."""
    return deps.own_choices or person_id in deps.admin_ids


def _making(deps: Dependencies, effect: Effect, service: str | None, quality: str, duration: int | None) -> JobOptions:
    service = effect.first_service(sorted(deps.services, key=lambda name: name != service))
    if service is None:
        raise ValueError(f"no configured service makes {effect.command}")
    durations = effect.scenes[service].durations
    return JobOptions(service, quality, duration if duration in durations else durations[0])
