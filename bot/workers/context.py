"""What the workers share: the store, the services, the operator's settings, the clock."""

from __future__ import annotations

import asyncio  # noqa: TC003 -- a dataclass
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import pacing
from storage.admin_notices import NoticeKind
from video.services.echoes import which_photo
from video.services.unconfigured import UnconfiguredService

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.clock import Clock
    from bot.wakeups import Wakeups
    from bot.workers.schedules import PollSchedules
    from storage import Job, Store
    from storage.limits import ServicePlaces
    from video.effects.catalogue import Catalogue
    from video.photos.process_pool import PhotoProcessPool
    from video.services.protocol import Failure, VideoService
    from video.services.spec import ServiceSpec

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerContext:
    """What a step needs beside its row.

    Attributes:
        services: the configured video services by name, the preferred one first.
        service_specs: every video service that can be configured, by name.
        schedules: when jobs are polled.
        photos: prepares photos in processes of their own.
        balance_check_requested: set when a service says that its account is empty.
        places: how many jobs may be at each service at once.
        status_interval: time between two edits that show progress, in seconds.
        deadline_seconds: after this long the user is told that an effect takes longer than usual.
        in_doubt_seconds: for so long a submit in doubt is looked for before the user is asked.
        ai_label: whether the caption of a video says that it was made with AI.
        unverified: ids of the jobs that waited for their submit when this process began. The database may be a copy, so
            each is looked for at its service before it is submitted.
        started_at: when this process began, as Unix time in seconds.
        clock: returns Unix time in seconds.
        jitter: returns a random number from 0 to 1.
    """

    store: Store
    services: Mapping[str, VideoService]
    service_specs: Mapping[str, ServiceSpec[Any]]
    schedules: PollSchedules
    photos: PhotoProcessPool
    catalogue: Catalogue
    balance_check_requested: asyncio.Event
    wakeups: Wakeups
    admin_ids: frozenset[int]
    places: ServicePlaces
    status_interval: float
    deadline_seconds: float
    in_doubt_seconds: float
    ai_label: bool
    unverified: set[str]
    started_at: float
    clock: Clock
    jitter: Callable[[], float]

    def service_of(self, job: Job) -> VideoService:
        """Return the service that makes the job; if its key was taken away, a stand-in that refuses everything."""
        return self.services.get(job.service) or UnconfiguredService(job.service)

    def photo_of(self, job: Job, failure: Failure) -> int | None:
        """Return which photo a failure is about, from 1: the one that the answer repeats, or else names."""
        return which_photo(failure.echoes, [photo.digest for photo in job.photos]) or failure.photo

    def deadline_of(self, job: Job) -> float:
        """Return the seconds after which such a video takes longer than usual."""
        return self.deadline_seconds * pacing.of_model(job.model).deadline

    def fallback_for(self, job: Job) -> tuple[str, int] | None:
        """Return another service that makes the job's effect, and the video's duration there in seconds.

        None if there is no other service, or if the job was already moved once.
        """
        effect = self.catalogue.by_name(job.effect)
        if effect is None or job.moved_from is not None:
            return None
        service = effect.first_service(name for name in self.services if name != job.service)
        if service is None:
            return None
        durations = effect.scenes[service].durations
        return service, job.duration if job.duration in durations else durations[0]

    def price_of(self, job: Job) -> float | None:
        """Return the price of such a video in US dollars, None if it is not known."""
        effect = self.catalogue.by_name(job.effect)
        scene = effect.scenes.get(job.service) if effect else None
        price = self.catalogue.prices.get(job.service, job.model, scene)
        return price.for_seconds(job.duration) if price else None

    async def retire_scene(self, job: Job, detail: str) -> None:
        """Stop offering the job's scene at its service, which does not know it, and tell the admins once.

        An image-to-video job has no scene, so that nothing is retired.
        """
        effect = self.catalogue.by_name(job.effect)
        if effect is None or job.service not in effect.scenes or effect.prompt:
            return
        scene = effect.scenes[job.service].name
        await self.notify_admins(NoticeKind("retired", job.service, scene), detail)
        await self.store.retired_scenes.add(job.service, scene, detail, now=self.clock())
        self.catalogue.retire(await self.store.retired_scenes.scenes())
        _LOG.warning("retired scene=%s service=%s: %s", scene, job.service, detail)

    async def notify_admins(self, kind: NoticeKind, detail: str) -> None:
        """Queue a notice for every admin who has none of this kind; `detail` is quoted in it."""
        await self.store.admin_notices.raise_once(kind.encode(), detail, self.admin_ids, now=self.clock())
        self.wakeups.admin_notices.set()
