"""Submits queued jobs: downloads and prepares the photos, commits the intent, POSTs once, commits the outcome."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.logs import without_prompt
from bot.pacing import backoff
from bot.telegram_api.client import DownloadFailed, DownloadUnavailable, TelegramClient
from bot.telegram_api.results import RetryAfter
from bot.workers.reconcile import look_before_submit
from storage.admin_notices import NoticeKind
from video.effects.models import MODELS, Quality
from video.photos.limits import UnusablePhoto
from video.photos.process_pool import PhotoProcessError
from video.services import echoes, protocol
from video.services.protocol import Failure, FailureKind

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext
    from storage import Job
    from video.effects.catalogue import Catalogue

_LOG = logging.getLogger(__name__)
_RETRY_DELAY_S = 30.0
_FIRST_LOOKUP_DELAY_S = 3.0
_MAX_TRIES = 9  # with delays that double up to five minutes: about half an hour
_MAX_TRIES_BEFORE_FAILOVER = 3  # if another service makes the effect too: about a quarter of a minute
_MAX_PHOTO_RETRY_S = 600.0  # for so long a photo is tried that can't be fetched or prepared
_MAX_PHOTO_DELAY_S = 120.0  # between two of these tries
_MAX_PHOTO_FAILURES = 10_000  # jobs whose tries are remembered
_PHOTO_NOTICE_REST_S = 3600.0  # without such a failure, until admins may be told anew
_PHOTO_NOTICES = {"telegram": NoticeKind("photo_fetch"), "photo_process": NoticeKind("photo_process")}
_OPERATOR_ERRORS = (FailureKind.OUT_OF_CREDIT, FailureKind.BAD_KEY, FailureKind.ACCOUNT, FailureKind.MISCONFIGURED)
"""Refusals that only the operator can mend; the admins are told."""
_FAILOVER_REASONS = frozenset({FailureKind.RETIRED, FailureKind.NOT_OFFERED, *_OPERATOR_ERRORS})
"""Refusals that say nothing about another service."""


def _request_of(job: Job, catalogue: Catalogue) -> protocol.VideoRequest:
    """Return what the job asks for, in its service's terms."""
    if job.motion is not None:
        motion = job.motion
        return protocol.ImageToVideoRequest(
            MODELS[motion.model], motion.prompt or "", motion.negative_prompt, motion.cfg_scale
        )
    effect = catalogue.by_name(job.effect)
    scene = effect.scenes[job.service].name if effect and job.service in effect.scenes else job.effect
    return protocol.EffectRequest(scene, Quality(job.quality))


class SubmitWorker:
    """The worker that spends money: its POST is the only one that a service charges for."""

    name = "submit"

    def __init__(self, context: WorkerContext, telegram: TelegramClient) -> None:
        self._context = context
        self._telegram = telegram
        self._photo_failures: OrderedDict[str, tuple[float, int]] = OrderedDict()  # by job: since when, and how often
        self._photo_notice_raised = True  # perhaps by an earlier process
        self._last_photo_failure = context.started_at

    async def find_due(self, limit: int) -> list[Job]:
        """Return the queued jobs whose turn it is, no more than their services have places for."""
        return await self._context.store.jobs.next_in_queue(
            self._context.places, now=self._context.clock(), limit=limit
        )

    async def next_due(self) -> float | None:
        """Return when a queued job is due whose service has a free place; the end of a job wakes this loop."""
        return await self._context.store.jobs.next_turn(self._context.places, now=self._context.clock())

    async def postpone(self, row: Job) -> None:
        """Try again in 30 s."""
        await self._context.store.transitions.reschedule(row, due_at=self._context.clock() + _RETRY_DELAY_S)

    async def step(self, row: Job) -> None:
        """Submit one job."""
        if row.cancel_requested:  # during an earlier submit, which did not reach the service
            await self._context.store.transitions.cancel(row.id, now=self._context.clock())
            return
        if not await look_before_submit(self._context, row):
            return
        photos = await self._prepare_photos(row)
        if photos is None:
            return
        if await self._context.store.consents.refusing(row.id) is not None:
            await self._fail(row, "consent", None, "somebody whose profile picture is in it no longer agrees")
            return
        service = self._context.service_of(row)
        job = await self._context.store.transitions.submit(
            row.id,
            self._context.places,
            account=service.account,
            digests=[echoes.digest_of(photo) for photo in photos],
            now=self._context.clock(),
        )
        if job is None:
            return  # cancelled or no longer agreed to meanwhile, or the service has no free place
        _LOG.info("submitting job=%s request=%s effect=%s", job.id, job.client_request_id, job.effect)
        outcome = await service.submit(
            protocol.SubmitRequest(
                client_request_id=job.client_request_id or "",
                video=_request_of(job, self._context.catalogue),
                duration=job.duration,
                photos=photos,
            )
        )
        await self._commit_outcome(job, outcome)

    async def _prepare_photos(self, job: Job) -> list[bytes] | None:
        """Return the photos as the service takes them. None if the job was failed or rescheduled instead."""
        photos: list[bytes] = []
        for number, photo in enumerate(job.photos, start=1):
            download = await self._telegram.download_photo(photo)
            if isinstance(download, DownloadUnavailable):
                await self._retry_photo(job, number, "telegram", download.detail)
                return None
            if isinstance(download, RetryAfter):
                await self._context.store.transitions.reschedule(job, due_at=self._context.clock() + download.seconds)
                return None
            if isinstance(download, DownloadFailed):
                await self._fail(job, download.kind, number, download.detail)
                return None
            try:
                data = download.data
                del download  # frees the memory of the original before the next one is downloaded
                photos.append(await self._context.photos.prepare(data))
            except UnusablePhoto as unusable:
                await self._fail(job, unusable.reason, number, f"photo {number}: {unusable.reason}")
                return None
            except PhotoProcessError as error:
                await self._retry_photo(job, number, "photo_process", str(error))
                return None
        self._photo_failures.pop(job.id, None)
        await self._resolve_photo_notices()
        return photos

    async def _retry_photo(self, job: Job, number: int, kind: str, detail: str) -> None:
        """The photo may be usable: try again later, and after ten minutes tell the person and the admins.

        While Telegram answers nothing at all, nobody can be told, and the tries go on.
        """
        now = self._context.clock()
        began, tries = self._photo_failures.pop(job.id, (now, 0))
        self._last_photo_failure = now
        _LOG.warning("no photo yet job=%s photo=%d, try %d: %s", job.id, number, tries + 1, detail)
        if now - began >= _MAX_PHOTO_RETRY_S and await self._telegram.is_reachable():
            await self._context.notify_admins(_PHOTO_NOTICES[kind], detail)
            self._photo_notice_raised = True
            await self._fail(job, kind, number, detail)
            return
        self._photo_failures[job.id] = began, tries + 1
        if len(self._photo_failures) > _MAX_PHOTO_FAILURES:
            self._photo_failures.popitem(last=False)
        delay = backoff(tries, self._context.jitter, maximum=_MAX_PHOTO_DELAY_S)
        await self._context.store.transitions.reschedule(job, due_at=now + delay)

    async def _resolve_photo_notices(self) -> None:
        """If photos have come for long, tell the admins again when they don't."""
        if self._photo_notice_raised and self._context.clock() - self._last_photo_failure > _PHOTO_NOTICE_REST_S:
            self._photo_notice_raised = False
            await self._context.store.admin_notices.resolve(*(one.encode() for one in _PHOTO_NOTICES.values()))

    async def _commit_outcome(self, job: Job, outcome: protocol.SubmitOutcome) -> None:
        """Commit what the service's response means."""
        match outcome:
            case protocol.Accepted(service_job_id):
                await self._accept(job, service_job_id)
            case protocol.NotSent(detail):
                await self._retry(job, FailureKind.DOWN, detail, None)
            case protocol.Refused(failure, retryable=True, retry_after=retry_after):
                await self._retry(job, failure.kind, failure.detail, retry_after)
            case protocol.Refused(failure):
                await self._handle_refusal(job, failure)
            case protocol.InDoubt(detail, wrong_address):
                if wrong_address:
                    await self._context.notify_admins(NoticeKind(FailureKind.MISCONFIGURED, job.service), detail)
                await self._mark_in_doubt(job, detail)

    async def _accept(self, job: Job, service_job_id: str) -> None:
        """The service makes the video, so its key and account are in order: resolve the notices about them."""
        now = self._context.clock()
        delay = (await self._context.schedules.of(job)).next_delay(0.0)
        accepted = await self._context.store.transitions.accept(job.id, service_job_id, due_at=now + delay, now=now)
        if accepted is None:
            await self._mark_in_doubt(job, "the service gave an id that another job has")
            return
        resolved = (NoticeKind(kind, job.service).encode() for kind in _OPERATOR_ERRORS)
        await self._context.store.admin_notices.resolve(*resolved)
        _LOG.info("accepted job=%s service_job=%s", job.id, service_job_id)

    async def _mark_in_doubt(self, job: Job, detail: str) -> None:
        """The submit may have been charged; `reconcile` looks for it soon."""
        now = self._context.clock()
        await self._context.store.transitions.mark_in_doubt(
            job.id, detail=detail, due_at=now + _FIRST_LOOKUP_DELAY_S, now=now
        )
        _LOG.warning("in doubt job=%s request=%s: %s", job.id, job.client_request_id, without_prompt(detail, job))

    async def _retry(self, job: Job, kind: FailureKind, detail: str, retry_after: float | None) -> None:
        """Nothing was charged: queue the job again. After too many tries, fail over or fail.

        `retry_after`: the delay that the service asks for, in seconds.
        """
        now = self._context.clock()
        fallback = self._context.fallback_for(job)
        max_tries = _MAX_TRIES_BEFORE_FAILOVER if fallback and kind is FailureKind.DOWN else _MAX_TRIES
        if await self._cancelled_by_user(job):
            return
        if job.tries + 1 >= max_tries and fallback:
            await self._fail_over(job, fallback, Failure(kind, detail))
        elif job.tries + 1 >= max_tries:
            await self._fail(job, kind, None, detail)
        else:
            delay = retry_after if retry_after is not None else backoff(job.tries, self._context.jitter)
            await self._context.store.transitions.requeue(
                job.id, reason=kind, detail=detail, due_at=now + delay, now=now
            )
            _LOG.warning("not taken job=%s %s, again in %.0f s: %s", job.id, kind, delay, without_prompt(detail, job))

    async def _handle_refusal(self, job: Job, failure: Failure) -> None:
        """The service refused for good: tell the admins if it concerns them, then fail over or fail."""
        if failure.kind in _OPERATOR_ERRORS:
            await self._context.notify_admins(NoticeKind(failure.kind, job.service), failure.detail)
        if failure.kind is FailureKind.OUT_OF_CREDIT:
            self._context.balance_check_requested.set()
            self._context.wakeups.balances.set()
        if failure.kind is FailureKind.RETIRED:
            await self._context.retire_scene(job, failure.detail)
        if await self._cancelled_by_user(job):
            return
        fallback = self._context.fallback_for(job)
        if fallback and failure.kind in _FAILOVER_REASONS:
            await self._fail_over(job, fallback, failure)
        else:
            await self._fail(job, failure.kind, self._context.photo_of(job, failure), failure.detail)

    async def _cancelled_by_user(self, job: Job) -> bool:
        """If the person cancelled the job during the submit, end it, as nothing was charged, and return True."""
        ended = await self._context.store.transitions.finish_cancelled(job.id, charged=False, now=self._context.clock())
        return ended is not None

    async def _fail_over(self, job: Job, fallback: tuple[str, int], failure: Failure) -> None:
        """Queue the job at another service. The column `moved_from` prevents that it moves twice."""
        service, duration = fallback
        await self._context.store.transitions.fail_over(
            job.id, service, duration=duration, detail=failure.detail, now=self._context.clock()
        )
        _LOG.warning("moved job=%s from %s to %s, %s: %s", job.id, job.service, service, failure.kind, failure.detail)

    async def _fail(self, job: Job, kind: str, photo: int | None, detail: str) -> None:
        await self._context.store.transitions.fail(
            job.id, reason=str(kind), photo=photo, detail=detail, now=self._context.clock()
        )
        _LOG.info("failed job=%s %s photo=%s: %s", job.id, kind, photo, without_prompt(detail, job))
