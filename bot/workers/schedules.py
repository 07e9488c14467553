"""Keeps the poll schedule of each kind of job, and learns it anew as jobs end."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from bot import pacing, poll_schedule

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.poll_schedule import PollSchedule
    from storage import Job
    from storage.reports import Reports

_LEARN_INTERVAL_S = 60.0  # learning takes about 20 ms of processor
_PUSH_FACTOR = 4  # a service that sends callbacks is polled so much less often, in case one gets lost


class PollSchedules:
    """When jobs are polled, by their service, model and length."""

    def __init__(
        self, reports: Reports, *, usual_seconds: float, poll_interval: float, push_services: Collection[str]
    ) -> None:
        """Make the schedules.

        Args:
            reports: what earlier jobs took.
            usual_seconds: how long an effect takes, until it has been measured.
            poll_interval: the shortest time between two polls of a job, in seconds.
            push_services: services that send callbacks.
        """
        self._reports = reports
        self._usual_seconds = usual_seconds
        self._poll_interval = poll_interval
        self._push_services = push_services
        self._learnt: dict[tuple[str, str, int], tuple[float, tuple[float, ...], PollSchedule]] = {}

    async def of(self, job: Job) -> PollSchedule:
        """Return when such a job is polled."""
        kind = (job.service, job.model, job.duration)
        known = self._learnt.get(kind)
        if known is not None and monotonic() - known[0] < _LEARN_INTERVAL_S:
            return known[2]
        taken = tuple(await self._reports.seconds_taken(*kind, limit=poll_schedule.SAMPLES))
        schedule = known[2] if known is not None and known[1] == taken else self._learn(job, taken)
        self._learnt[kind] = (monotonic(), taken, schedule)
        return schedule

    def _learn(self, job: Job, seconds_taken: tuple[float, ...]) -> PollSchedule:
        factor = _PUSH_FACTOR if job.service in self._push_services else 1
        return poll_schedule.learn(
            seconds_taken,
            self._usual_seconds * pacing.of_model(job.model).typical,
            self._poll_interval * factor,
            poll_schedule.MAX_POLLS / factor,
        )
