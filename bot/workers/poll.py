"""Polls jobs at their service until they end, and looks for submits in doubt (`reconcile.py`)."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

from bot.logs import without_prompt
from bot.pacing import DAY_S, late_poll_delay
from bot.workers.reconcile import reconcile
from storage import Job, State
from storage.admin_notices import NoticeKind
from video.services.protocol import Completed, Failed, Failure, FailureKind, NoVideo, Pending, Unanswered

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext

_LOG = logging.getLogger(__name__)
_STATES = (State.GENERATING, State.IN_DOUBT, State.NEEDS_DECISION)
_RETRY_DELAY_S = 30.0
_MAX_POLLS_WITHOUT_VIDEO = 3  # of a job that its service calls finished
_MAX_UNKNOWN_STATUSES = 5  # that the admins are told of, by each service and process
_MIN_LATE_JOBS = 3
_LATE_JOBS_SHARE = 0.25  # of `ACTIVE_LIMIT`: if it is high, a few late jobs are nothing unusual


class PollWorker:
    """The worker that asks the services about their jobs: one request a step. These requests cost nothing."""

    name = "watch"

    def __init__(self, context: WorkerContext) -> None:
        self._context = context
        self._paused_until: dict[str, float] = {}  # by service, by the monotonic clock
        self._without_video: dict[str, int] = {}  # how often each job was finished without a video
        self._shapes_told = set(context.services)  # services of which an admin may have been told of such a job
        self._unknown_statuses: dict[str, set[str]] = {}

    async def find_due(self, limit: int) -> list[Job]:
        """Return jobs that are due to be polled or looked for."""
        return await self._context.store.jobs.due(*_STATES, now=self._context.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """Return when the next job is due."""
        return await self._context.store.jobs.next_due(*_STATES)

    async def postpone(self, row: Job) -> None:
        """Ask again in 30 s."""
        await self._context.store.transitions.reschedule(row, due_at=self._context.clock() + _RETRY_DELAY_S)

    async def step(self, row: Job) -> None:
        """Poll one job, or look for one submit in doubt."""
        if row.state is not State.GENERATING:
            await reconcile(self._context, row)
        elif (pause := self._paused_until.get(row.service, 0.0) - monotonic()) > 0:
            await self._context.store.transitions.reschedule(row, due_at=self._context.clock() + pause)
        else:
            await self._poll(row)
            if self._context.clock() - (row.accepted_at or 0.0) > self._context.deadline_of(row):
                await self._count_late_jobs(row.service)

    async def _count_late_jobs(self, service: str) -> None:
        """Tell the admins once if many of a service's jobs are late. When none is left, that may be told anew."""
        notice, places = NoticeKind("late_jobs", service), self._context.places
        count = await self._context.store.jobs.count_late(service, places, now=self._context.clock())
        if count >= max(_MIN_LATE_JOBS, places.limit * _LATE_JOBS_SHARE):
            await self._context.notify_admins(notice, str(count))
        elif count == 0:
            await self._context.store.admin_notices.resolve(notice.encode())

    async def _poll(self, job: Job) -> None:
        outcome = await self._context.service_of(job).poll(job.service_job_id or "")
        now = self._context.clock()
        if not isinstance(outcome, NoVideo | Unanswered):
            self._without_video.pop(job.id, None)
        match outcome:
            case Completed(url):
                usd = self._cost_usd(job, outcome)
                if await self._context.store.transitions.complete(job.id, url, usd=usd, now=now) is not None:
                    _LOG.info("completed job=%s usd=%s", job.id, usd)
                elif await self._context.store.transitions.withhold(job.id, url, usd=usd, now=now) is not None:
                    _LOG.info("completed and not posted, as somebody wished, job=%s usd=%s", job.id, usd)
                await self._resolve_shape(job.service)
            case NoVideo(shape):
                await self._finished_without_video(job, shape)
            case Failed(failure):
                if not await self._finish_cancelled(job, charged=False):
                    await self._fail(job, failure)
            case Pending(status):
                if not outcome.known:
                    await self._tell_unknown_status(job, status)
                await self._wait_or_give_up(job)
            case Unanswered(detail, retry_after):
                _LOG.warning("no answer about job=%s: %s", job.id, detail)
                if retry_after is not None:
                    self._paused_until[job.service] = monotonic() + retry_after
                await self._reschedule(job, retry_after)

    async def _finished_without_video(self, job: Job, shape: str) -> None:
        """Ask again: the address may come a little later. The third time in a row the job fails, and admins are told.

        It may have been charged, so the person reads no promise about that.
        """
        count = self._without_video[job.id] = self._without_video.get(job.id, 0) + 1
        _LOG.warning("finished without a video, for the %d. time job=%s: %s", count, job.id, shape)
        if count < _MAX_POLLS_WITHOUT_VIDEO:
            await self._reschedule(job, None)
            return
        del self._without_video[job.id]
        self._shapes_told.add(job.service)
        await self._context.notify_admins(NoticeKind("no_video", job.service), shape)
        if not await self._finish_cancelled(job, charged=True):
            await self._fail(job, Failure(FailureKind.NO_VIDEO, shape))

    async def _resolve_shape(self, service: str) -> None:
        """A video of this service was found: if one is not again, tell the admins again."""
        if service in self._shapes_told:
            self._shapes_told.discard(service)
            await self._context.store.admin_notices.resolve(NoticeKind("no_video", service).encode())

    async def _tell_unknown_status(self, job: Job, status: str) -> None:
        """Tell the admins once of each status that nobody knows: it counts as pending, and may mean an end."""
        told = self._unknown_statuses.setdefault(job.service, set())
        if status not in told and len(told) < _MAX_UNKNOWN_STATUSES:
            told.add(status)
            await self._context.notify_admins(NoticeKind("unknown_status", job.service, status), status)

    def _cost_usd(self, job: Job, completed: Completed) -> float | None:
        """Return the cost that the service reports; if it reports none or its list price, the price that is known."""
        if completed.usd is not None and not completed.by_list:
            return completed.usd
        known = self._context.price_of(job)
        return completed.usd if known is None else known

    async def _finish_cancelled(self, job: Job, *, charged: bool) -> bool:
        """If somebody cancelled the job, end it without a video and return True."""
        now = self._context.clock()
        return await self._context.store.transitions.finish_cancelled(job.id, charged=charged, now=now) is not None

    async def _wait_or_give_up(self, job: Job) -> None:
        """The service says that it is making the video. A day after the submit the job fails; it may have been charged.

        Nothing else ends a job by time: while nobody answers, or the bot is off, the video may be finished.
        """
        now = self._context.clock()
        if now - (job.accepted_at or now) <= DAY_S:
            await self._reschedule(job, None)
        elif not await self._finish_cancelled(job, charged=True):
            await self._fail(job, Failure(FailureKind.GIVEN_UP, "a day has passed, and it is still being made"))

    async def _reschedule(self, job: Job, retry_after: float | None) -> None:
        """Schedule the next poll, less often after the deadline.

        `retry_after`: the shortest delay that the service asks for, in seconds.
        """
        now = self._context.clock()
        elapsed = now - (job.accepted_at or now)
        deadline = self._context.deadline_of(job)
        delay = (await self._context.schedules.of(job)).next_delay(elapsed)
        if elapsed >= deadline:
            delay = max(delay, late_poll_delay(deadline))
        await self._context.store.transitions.reschedule(job, due_at=now + max(delay, retry_after or 0.0))

    async def _fail(self, job: Job, failure: Failure) -> None:
        if failure.kind is FailureKind.RETIRED:
            await self._context.retire_scene(job, failure.detail)
        photo = self._context.photo_of(job, failure)
        await self._context.store.transitions.fail(
            job.id, reason=failure.kind, photo=photo, detail=failure.detail, now=self._context.clock()
        )
        _LOG.info("failed job=%s %s photo=%s: %s", job.id, failure.kind, photo, without_prompt(failure.detail, job))
