"""Keeps status messages in line with their jobs: sends and edits them, notifies people, deletes videos."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.pacing import DAY_S
from bot.telegram_api import results
from bot.telegram_api.client import ReplyTarget, TelegramClient, status_message_of
from handlers.messages.job_status import StatusDetails, StatusMessage, status_message
from handlers.messages.view import View
from storage import Job, State
from storage.models import FINAL

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext
    from handlers.localization import Locales

_LOG = logging.getLogger(__name__)
_RETRY_DELAY_S = 30.0
_QUIET_PERIOD_S = 10.0  # no notification about a request that is younger than this
_NOTIFY_RETRY_S = 3.0  # the delay doubles, which makes about ten tries in the hour
_NOTIFY_WINDOW_S = 3600.0  # for so long notifying is tried again
_DELETE_WINDOW_S = 2 * DAY_S  # for so long deleting is tried again; Telegram refuses it after that
_PROGRESS_STATES = frozenset({State.QUEUED, State.SUBMITTING, State.GENERATING, State.IN_DOUBT})
"""States whose edits may be skipped when the chat's budget is used up."""


class StatusMessageWorker:
    """The worker that shows the state of jobs: one message a step, and its notification."""

    name = "show"

    def __init__(self, context: WorkerContext, telegram: TelegramClient, locales: Locales) -> None:
        self._context = context
        self._telegram = telegram
        self._locales = locales
        self._shown: dict[str, View] = {}  # by job, what its message shows, to skip edits that change nothing

    async def find_due(self, limit: int) -> list[Job]:
        """Return jobs whose status message is due to be edited."""
        return await self._context.store.status_messages.due(now=self._context.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """Return when the next status message is due."""
        return await self._context.store.status_messages.next_due()

    async def postpone(self, row: Job) -> None:
        """Try again in 30 s."""
        await self._mark_shown(row, _RETRY_DELAY_S)

    async def step(self, row: Job) -> None:
        """Bring one message in line with its job, and notify the person of the job's state if they should be."""
        if row.removed_by is not None:
            await self._delete_video(row)
            return
        job = row
        status = await self._status_message(job)
        if status.view is not None and status.view != self._shown.get(job.id):
            message = status_message_of(job)
            if message and job.state in _PROGRESS_STATES and not self._telegram.may_show_progress(message):
                await self._mark_shown(job, self._context.status_interval)
                return
            outcome = await self._show(job, status.view)
            if not isinstance(outcome, results.Shown):
                await self._handle_failure(job, outcome)
                return
            self._shown[job.id] = status.view
            if job.inline_message_id is None and job.card_id != outcome.message_id:
                await self._context.store.status_messages.message_sent(job.id, outcome.message_id)
                job = await self._context.store.jobs.get(job.id) or job
        delay = await self._notify(job, status)
        if delay is None and status.refresh:
            delay = self._context.status_interval
        if job.state in FINAL:
            self._shown.pop(job.id, None)
        await self._mark_shown(row, delay)

    async def _delete_video(self, job: Job) -> None:
        """Delete a delivered video, as somebody wants whose photo is in it, and forget it.

        Telegram may refuse to delete a message that is older than two days; then the chat reads who can do it.
        """
        age = self._context.clock() - (job.removed_at or 0.0)
        outcome: results.Outcome = results.MessageGone()
        if job.card_id is not None:
            outcome = await self._telegram.delete(job.chat_id, job.card_id)
        match outcome:
            case results.RetryAfter(seconds):
                await self._mark_shown(job, seconds)
                return
            case results.TransientError() if not isinstance(outcome, results.Refused) and age < _DELETE_WINDOW_S:
                await self._mark_shown(job, min(300.0, max(_NOTIFY_RETRY_S, 0.2 * age)))
                return
        removed = isinstance(outcome, results.Shown | results.MessageGone)
        if not removed:
            key = "cannot-remove-in-group" if job.chat_id < 0 else "cannot-remove-in-private"
            text = self._locales.get(job.language)(key)
            await self._telegram.send(ReplyTarget(job.chat_id, job.thread_id, job.card_id), View(text))
        await self._context.store.status_messages.forget_video(job.id, removed=removed)
        _LOG.info("deleted job=%s by=%s message=%s", job.id, job.removed_by, "gone" if removed else outcome)

    async def _status_message(self, job: Job) -> StatusMessage:
        """Return what the message should show now."""
        now, queue_position = self._context.clock(), 0
        if job.state is State.QUEUED:
            queue_position = await self._context.store.jobs.queue_position(job.id, now=now)
        details = StatusDetails(
            now=now,
            typical_seconds=(await self._context.schedules.of(job)).typical,
            deadline_seconds=self._context.deadline_of(job),
            queue_position=queue_position,
            username=self._telegram.username,
            services=self._context.services,
        )
        return status_message(job, self._locales.get(job.language), self._context.catalogue, details)

    async def _show(self, job: Job, view: View) -> results.Outcome:
        """Edit the message; send one if there is none, or if it was deleted."""
        message = status_message_of(job)
        if message is not None:
            outcome = await self._telegram.edit(message, view)
            if message.inline_message_id is not None or not isinstance(outcome, results.MessageGone):
                return outcome
        return await self._telegram.send(ReplyTarget(job.chat_id, job.thread_id, job.message_id), view)

    async def _notify(self, job: Job, status: StatusMessage) -> float | None:
        """Notify the person of this state, once. Return the seconds after which to try again, None if that is over."""
        recent = self._context.clock() - job.created_at < _QUIET_PERIOD_S and job.state is not State.DELIVERED
        if status.notification is None or job.announced == job.state or recent or job.inline_message_id is not None:
            return None
        target = ReplyTarget(job.chat_id, job.thread_id, job.card_id)
        outcome = await self._telegram.send(target, View(status.notification))
        if isinstance(outcome, results.RetryAfter):
            return outcome.seconds
        age = self._context.clock() - job.changed_at
        if isinstance(outcome, results.TransientError) and age < _NOTIFY_WINDOW_S:
            # If only the answer was lost, the person is notified twice: that is better than never.
            return max(_NOTIFY_RETRY_S, age)
        await self._context.store.status_messages.announced(job)
        return None

    async def _handle_failure(self, job: Job, outcome: results.Outcome) -> None:
        """The message could not be shown: schedule the next attempt, if there is to be one."""
        now = self._context.clock()
        match outcome:
            case results.RetryAfter(seconds):
                await self._mark_shown(job, seconds)
            case results.ChatMigrated(chat_id):
                await self._context.store.move_chat(job.chat_id, chat_id, now=now)
                await self._context.store.status_messages.redraw(job.id, now=now)
            case results.MessageGone() | results.ChatUnavailable() if job.inline_message_id is not None:
                await self._context.store.status_messages.move_to_private_chat(job.id, now=now)
            case results.ChatUnavailable(detail) | results.Refused(detail) if _waits_for_message(job):
                _LOG.info("status not shown job=%s chat=%s: %s", job.id, job.chat_id, detail)
                await self._go_elsewhere(job, detail)
            case results.ChatUnavailable(detail):
                _LOG.info("status not shown job=%s chat=%s: %s", job.id, job.chat_id, detail)
                await self._mark_shown(job, None)
            case results.MessageGone() | results.MissingRights() | results.Shown():
                await self._mark_shown(job, None)
            case results.TransientError(detail) | results.VideoRejected(detail):
                _LOG.warning("status not shown job=%s: %s", job.id, detail)
                age = now - job.changed_at
                give_up = age > DAY_S and job.state in FINAL
                await self._mark_shown(job, None if give_up else min(300.0, max(2.0, 0.2 * age)))

    async def _go_elsewhere(self, job: Job, detail: str) -> None:
        """Show a job in the private chat instead of the group. If neither is possible, it fails before it is paid."""
        now, store = self._context.clock(), self._context.store
        if not await store.status_messages.move_from_group(job.id, now=now):
            await store.transitions.fail(job.id, reason="nowhere", photo=None, detail=detail, now=now)

    async def _mark_shown(self, job: Job, seconds: float | None) -> None:
        """Make the message due in so many seconds; None: when the job changes. A job that changed since stays due."""
        show_at = None if seconds is None else self._context.clock() + seconds
        await self._context.store.status_messages.drawn(job, show_at=show_at)


def _waits_for_message(job: Job) -> bool:
    """Return True for a job that is not submitted before it has a status message."""
    return job.state is State.QUEUED and job.card_id is None and job.inline_message_id is None
