"""queued -> the service: photos fetched and made fit, the intent committed, one POST, its outcome committed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.logs import without_prompt
from bot.pacing import backoff, first_poll_delay
from bot.telegram_api.client import DownloadFailed, RetryAfter
from storage import State
from video.effects.models import AnimateModel, Quality
from video.photos.prepare import UnfitPhoto, prepare
from video.services.protocol import (
    Accepted,
    Animation,
    Failure,
    FailureKind,
    InDoubt,
    NotSent,
    Order,
    Play,
    Refused,
    SubmitOutcome,
    Wish,
)

if TYPE_CHECKING:
    from bot.telegram_api.client import TelegramClient
    from bot.workers.context import WorkerContext
    from storage import Job
    from video.effects.catalogue import Catalogue

_LOG = logging.getLogger(__name__)
_MOST_TRIES = 9  # with doubling waits up to five minutes: about half an hour
_TRIES_OF_MANY = 3  # where another service makes the effect too: about a quarter of a minute
_LOOK_AGAIN = 3.0  # seconds
_OPERATORS_TURN = (FailureKind.OUT_OF_CREDIT, FailureKind.BAD_KEY, FailureKind.MISCONFIGURED)
_ELSEWHERE = frozenset(
    {FailureKind.RETIRED, FailureKind.NOT_OFFERED, *_OPERATORS_TURN}
)  # says nothing about another service


def _wish(job: Job, catalogue: Catalogue) -> Wish:
    """What is to be seen, in the service's terms."""
    if job.motion is not None:
        motion = job.motion
        return Animation(AnimateModel(motion.model), motion.prompt or "", motion.negative_prompt, motion.cfg_scale)
    effect = catalogue.named(job.effect)
    scene = effect.scenes[job.service].name if effect and job.service in effect.scenes else job.effect
    return Play(scene, Quality(job.quality))


class SubmitWorker:
    """The lane that spends money."""

    name = "submit"

    def __init__(self, shop: WorkerContext, gateway: TelegramClient) -> None:
        self._shop = shop
        self._gateway = gateway

    async def find(self, limit: int) -> list[Job]:
        """The queued jobs whose turn it is, as many as there are places at the service."""
        free = self._shop.active_limit - await self._shop.store.jobs.at_service()
        return await self._shop.store.jobs.next_in_queue(now=self._shop.clock(), limit=min(limit, max(0, free)))

    async def next_due(self) -> float | None:
        """When a queued job is due; None while the service has no place: a job that ends rings the bell."""
        if await self._shop.store.jobs.at_service() >= self._shop.active_limit:
            return None
        return await self._shop.store.jobs.next_due(State.QUEUED)

    async def postpone(self, row: Job) -> None:
        """Try later."""
        await self._shop.store.transitions.reschedule(row, due_at=self._shop.clock() + 30)

    async def step(self, row: Job) -> None:
        """One job, to the service and no further."""
        if row.cancel_requested:  # while it was submitted, which came to nothing
            await self._shop.store.transitions.cancel(row.id, now=self._shop.clock())
            return
        photos = await self._photos(row)
        if photos is None:
            return
        job = await self._shop.store.transitions.submit(row.id, limit=self._shop.active_limit, now=self._shop.clock())
        if job is None:
            return  # cancelled, or the places are taken
        _LOG.info("submitting job=%s request=%s effect=%s", job.id, job.client_request_id, job.effect)
        outcome = await self._shop.service_of(job).submit(
            Order(
                client_request_id=job.client_request_id or "",
                wish=_wish(job, self._shop.catalogue),
                duration=job.duration,
                photos=photos,
            )
        )
        await self._settle(job, outcome)

    async def _photos(self, job: Job) -> list[bytes] | None:
        """The photos, fit to send; None where the job was failed or put off."""
        photos: list[bytes] = []
        for number, photo in enumerate(job.photos, start=1):
            fetched = await self._gateway.download_photo(photo)
            if isinstance(fetched, RetryAfter):
                await self._shop.store.transitions.reschedule(job, due_at=self._shop.clock() + fetched.seconds)
                return None
            if isinstance(fetched, DownloadFailed):
                await self._fail(job, fetched.kind, number, fetched.detail)
                return None
            try:
                data = fetched.data
                del fetched  # the next photo is fetched when this one is gone
                photos.append(await prepare(data))
            except UnfitPhoto as unfit:
                await self._fail(job, unfit.kind, number, f"photo {number}: {unfit.kind}")
                return None
        return photos

    async def _settle(self, job: Job, outcome: SubmitOutcome) -> None:
        """Commit what the service's answer means."""
        now = self._shop.clock()
        match outcome:
            case Accepted(service_job_id):
                wait = first_poll_delay(await self._shop.typical_seconds(job), self._shop.poll_interval_of(job))
                taken = await self._shop.store.transitions.accept(job.id, service_job_id, due_at=now + wait, now=now)
                if taken is None:
                    await self._doubt(job, "the service gave an id that another job has")
                    return
                await self._shop.store.admin_notices.resolve(*(f"{kind}.{job.service}" for kind in _OPERATORS_TURN))
                _LOG.info("accepted job=%s service_job=%s", job.id, service_job_id)
            case NotSent(detail):
                await self._again(job, FailureKind.DOWN, detail, None)
            case Refused(failure, again=True, retry_after=wait_for):
                await self._again(job, failure.kind, failure.detail, wait_for)
            case Refused(failure):
                await self._refused(job, failure)
            case InDoubt(detail):
                await self._doubt(job, detail)

    async def _doubt(self, job: Job, detail: str) -> None:
        """It may have been charged: looked for soon, by `bot.recovery`."""
        now = self._shop.clock()
        await self._shop.store.transitions.mark_in_doubt(job.id, detail=detail, due_at=now + _LOOK_AGAIN, now=now)
        _LOG.warning("in doubt job=%s request=%s: %s", job.id, job.client_request_id, without_prompt(detail, job))

    async def _again(self, job: Job, kind: FailureKind, detail: str, wait_for: float | None) -> None:
        """Nothing was charged: back into the queue, or given up after many tries."""
        now = self._shop.clock()
        another = self._shop.fallback_for(job)
        most = _TRIES_OF_MANY if another and kind is FailureKind.DOWN else _MOST_TRIES
        if await self._dropped(job):
            return
        if job.tries + 1 >= most and another:
            await self._hand_over(job, another, Failure(kind, detail))
        elif job.tries + 1 >= most:
            await self._fail(job, kind, None, detail)
        else:
            wait = wait_for if wait_for is not None else backoff(job.tries, self._shop.jitter)
            await self._shop.store.transitions.requeue(job.id, reason=kind, detail=detail, due_at=now + wait, now=now)
            _LOG.warning("not taken job=%s %s, again in %.0f s: %s", job.id, kind, wait, without_prompt(detail, job))

    async def _refused(self, job: Job, failure: Failure) -> None:
        if failure.kind in _OPERATORS_TURN:
            await self._shop.notify_admins(failure.kind, failure.detail, service=job.service)
        if failure.kind is FailureKind.OUT_OF_CREDIT:
            self._shop.balance_check_requested.set()
            self._shop.wakeups.balances.set()
        if failure.kind is FailureKind.RETIRED:
            await self._shop.retire_scene(job, failure.detail)
        if await self._dropped(job):
            return
        another = self._shop.fallback_for(job)
        if another and failure.kind in _ELSEWHERE:
            await self._hand_over(job, another, failure)
        else:
            await self._fail(job, failure.kind, failure.photo, failure.detail)

    async def _dropped(self, job: Job) -> bool:
        """Whether the person cancelled it while it was submitted: nothing was charged, so it ends here."""
        return await self._shop.store.transitions.finish_cancelled(job.id, charged=False, now=self._shop.clock()) is not None

    async def _hand_over(self, job: Job, another: tuple[str, int], failure: Failure) -> None:
        """The service did not take it: the other one is asked. `moved_from` in the row forbids a second time."""
        service, duration = another
        await self._shop.store.transitions.fail_over(
            job.id, service, duration=duration, detail=failure.detail, now=self._shop.clock()
        )
        _LOG.warning("moved job=%s from %s to %s, %s: %s", job.id, job.service, service, failure.kind, failure.detail)

    async def _fail(self, job: Job, kind: str, photo: int | None, detail: str) -> None:
        await self._shop.store.transitions.fail(
            job.id, reason=str(kind), photo=photo, detail=detail, now=self._shop.clock()
        )
        _LOG.info("failed job=%s %s photo=%s: %s", job.id, kind, photo, without_prompt(detail, job))
