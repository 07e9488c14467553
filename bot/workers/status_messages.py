"""Status messages are brought in line with their rows: sent once, then edited, as often as the row moves."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.pacing import DAY_S
from bot.telegram_api.client import ReplyTarget, status_message_of
from bot.telegram_api.results import (
    ChatMigrated,
    ChatUnavailable,
    DeleteExpired,
    MessageGone,
    MissingRights,
    Outcome,
    RetryAfter,
    Shown,
    TransientError,
    VideoRejected,
)
from handlers.messages.job_status import StatusDetails, StatusMessage, status_message
from handlers.messages.view import View
from storage import State
from storage.models import FINAL

if TYPE_CHECKING:
    from bot.telegram_api.client import TelegramClient
    from bot.workers.context import WorkerContext
    from handlers.localization import Locales
    from storage import Job

_LOG = logging.getLogger(__name__)
_QUIET_PERIOD_S = 10.0  # seconds: news about so young a request needs no notification of its own
_NOTIFY_RETRY_S = 3.0  # seconds to the next try of a notification; the wait doubles: about ten tries in the hour
_NOTIFY_WINDOW_S = 3600.0  # seconds for which it is tried
_PROGRESS_STATES = frozenset({State.QUEUED, State.SUBMITTING, State.GENERATING, State.IN_DOUBT})


class StatusMessageWorker:
    """The lane that draws jobs."""

    name = "show"

    def __init__(self, context: WorkerContext, telegram: TelegramClient, locales: Locales) -> None:
        self._context = context
        self._telegram = telegram
        self._locales = locales
        self._shown: dict[str, View] = {}  # what each live message shows, to spare edits that change nothing

    async def find_due(self, limit: int) -> list[Job]:
        """Jobs whose status message is due."""
        return await self._context.store.status_messages.due(now=self._context.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """When the next one is."""
        return await self._context.store.status_messages.next_due()

    async def postpone(self, row: Job) -> None:
        """Draw later."""
        await self._mark_shown(row, 30.0)

    async def step(self, row: Job) -> None:
        """One message, and its notification."""
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
            if not isinstance(outcome, Shown):
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
        """Delete a delivered video, at the word of somebody whose photo is in it."""
        outcome: Outcome = (
            MessageGone() if job.card_id is None else await self._telegram.delete(job.chat_id, job.card_id)
        )
        match outcome:
            case RetryAfter(seconds):
                await self._mark_shown(job, seconds)
                return
            case TransientError() if self._context.clock() - (job.removed_at or 0.0) < _NOTIFY_WINDOW_S:
                await self._mark_shown(job, _NOTIFY_RETRY_S)
                return
            case DeleteExpired():
                text = self._locales.get(job.language)("cannot-remove")
                await self._telegram.send(ReplyTarget(job.chat_id, job.thread_id, job.card_id), View(text))
        await self._context.store.status_messages.deleted(job.id)
        _LOG.info("deleted job=%s by=%s", job.id, job.removed_by)

    async def _status_message(self, job: Job) -> StatusMessage:
        progress = StatusDetails(
            now=self._context.clock(),
            typical_seconds=await self._context.typical_seconds(job),
            deadline_seconds=self._context.deadline_of(job),
            queue_position=await self._context.store.jobs.queue_position(job.id, now=self._context.clock())
            if job.state is State.QUEUED
            else 0,
            username=self._telegram.username,
            services=self._context.services,
        )
        return status_message(job, self._locales.get(job.language), self._context.catalogue, progress)

    async def _show(self, job: Job, view: View) -> Outcome:
        """Edit the message; where there is none, or none any more, send one."""
        message = status_message_of(job)
        if message is not None:
            outcome = await self._telegram.edit(message, view)
            if message.inline_message_id is not None or not isinstance(outcome, MessageGone):
                return outcome
        return await self._telegram.send(ReplyTarget(job.chat_id, job.thread_id, job.message_id), view)

    async def _notify(self, job: Job, status: StatusMessage) -> float | None:
        """Notify the person of this state, once; seconds to wait where Telegram asks for patience."""
        recent = self._context.clock() - job.created_at < _QUIET_PERIOD_S and job.state is not State.DELIVERED
        if status.notification is None or job.announced == job.state or recent or job.inline_message_id is not None:
            return None
        target = ReplyTarget(job.chat_id, job.thread_id, job.card_id)
        outcome = await self._telegram.send(target, View(status.notification))
        if isinstance(outcome, RetryAfter):
            return outcome.seconds
        age = self._context.clock() - job.changed_at
        if isinstance(outcome, TransientError) and age < _NOTIFY_WINDOW_S:
            return max(_NOTIFY_RETRY_S, age)  # if only the answer was lost they are told twice: better than never
        await self._context.store.status_messages.announced(job)
        return None

    async def _handle_failure(self, job: Job, outcome: Outcome) -> None:
        match outcome:
            case RetryAfter(seconds):
                await self._mark_shown(job, seconds)
            case ChatMigrated(chat_id):
                await self._context.store.move_chat(job.chat_id, chat_id, now=self._context.clock())
                await self._context.store.status_messages.redraw(job.id, now=self._context.clock())
            case MessageGone() | ChatUnavailable() if job.inline_message_id is not None:
                await self._context.store.status_messages.move_to_private_chat(job.id, now=self._context.clock())
            case ChatUnavailable(detail):
                _LOG.info("status not shown job=%s chat=%s: %s", job.id, job.chat_id, detail)
                await self._mark_shown(job, None)
            case MessageGone() | MissingRights() | Shown():
                await self._mark_shown(job, None)
            case TransientError(detail) | VideoRejected(detail):
                _LOG.warning("status not shown job=%s: %s", job.id, detail)
                age = self._context.clock() - job.changed_at
                give_up = age > DAY_S and job.state in FINAL
                await self._mark_shown(job, None if give_up else min(300.0, max(2.0, 0.2 * age)))

    async def _mark_shown(self, job: Job, seconds: float | None) -> None:
        """Unless the row moved meanwhile, its message is not due for so long; None: until it moves."""
        show_at = None if seconds is None else self._context.clock() + seconds
        await self._context.store.status_messages.drawn(job, show_at=show_at)
