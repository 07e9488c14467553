"""What the lanes share: the store, the services, the operator's numbers, the clock."""

from __future__ import annotations

import asyncio  # noqa: TC003 -- a dataclass
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import pacing
from video.services.unconfigured import UnconfiguredService

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.wakeups import Wakeups
    from storage import Job, Store
    from video.effects.catalogue import Catalogue
    from video.services.protocol import VideoService

_LOG = logging.getLogger(__name__)
_PUSH_POLL_FACTOR = 4  # times `poll_interval`: polls that are made in case no word comes


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerContext:
    """Everything that a step needs beside its row.

    Attributes:
        poll_interval, status_interval, in_doubt: seconds.
        usual_seconds, deadline: seconds, of an effect; animations take longer.
        credit_doubted: set when a service says that its account is empty.
        services: the configured video services by name, the preferred first.
        telling: those that tell of news by themselves: they are polled more slowly.
        started_at: when this process began: Unix time in seconds.
        clock: Unix time in seconds.
        jitter: a random number from 0 to 1.
    """

    store: Store
    services: Mapping[str, VideoService]
    push_services: frozenset[str]
    catalogue: Catalogue
    balance_check_requested: asyncio.Event
    wakeups: Wakeups
    admin_ids: frozenset[int]
    active_limit: int
    poll_interval: float
    status_interval: float
    usual_seconds: float
    deadline_seconds: float
    in_doubt_seconds: float
    started_at: float
    clock: Callable[[], float]
    jitter: Callable[[], float]

    def service_of(self, job: Job) -> VideoService:
        """The service that the job's row names."""
        return self.services.get(job.service) or UnconfiguredService(job.service)

    def poll_interval_of(self, job: Job) -> float:
        """The shortest time between two polls of this job, in seconds."""
        return self.poll_interval * (_PUSH_POLL_FACTOR if job.service in self.push_services else 1)

    async def typical_seconds(self, job: Job) -> float:
        """How long such a video takes, in seconds, learnt from the latest ones."""
        durations = await self.store.reports.seconds_taken(job.service, job.model, duration=job.duration)
        return pacing.typical_seconds(durations, self.usual_seconds * pacing.of_model(job.model).typical)

    def deadline_of(self, job: Job) -> float:
        """Seconds after which such a video takes longer than usual."""
        return self.deadline_seconds * pacing.of_model(job.model).deadline

    def fallback_for(self, job: Job) -> tuple[str, int] | None:
        """Another service that makes the job's effect, and how long there, in seconds; None once it has moved."""
        effect = self.catalogue.by_name(job.effect)
        if effect is None or job.moved_from is not None:
            return None
        service = effect.first_service(name for name in self.services if name != job.service)
        if service is None:
            return None
        durations = effect.scenes[service].durations
        return service, job.duration if job.duration in durations else durations[0]

    def price_of(self, job: Job) -> float | None:
        """What such a video costs in US dollars, where anybody says."""
        effect = self.catalogue.by_name(job.effect)
        scene = effect.scenes.get(job.service) if effect else None
        price = self.catalogue.prices.get(job.service, job.model, scene)
        return price.for_seconds(job.duration) if price else None

    async def retire_scene(self, job: Job, detail: str) -> None:
        """The job's service does not know its scene: it is not offered there any more, and the admins are told once."""
        effect = self.catalogue.by_name(job.effect)
        if effect is None or job.service not in effect.scenes or effect.prompt:  # words in place of a scene
            return
        scene = effect.scenes[job.service].name
        await self.notify_admins("retired", detail, service=f"{job.service}.{scene}")
        await self.store.retired_scenes.add(job.service, scene, detail, now=self.clock())
        self.catalogue.retire(await self.store.retired_scenes.scenes())
        _LOG.warning("retired scene=%s service=%s: %s", scene, job.service, detail)

    async def notify_admins(self, kind: str, detail: str, *, service: str | None = None) -> None:
        """Let the admins know, once until it is mended; of each `service` by itself."""
        kind = f"{kind}.{service}" if service else str(kind)
        await self.store.admin_notices.raise_once(kind, detail, self.admin_ids, now=self.clock())
        self.wakeups.admin_notices.set()
