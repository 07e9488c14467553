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
_FRESH = 10.0  # seconds: news about so young a request needs no notification of its own
_AGAIN = 3.0  # seconds to the next try of a notification; the wait doubles: about ten tries in the hour
_WORTH_TELLING = 3600.0  # seconds for which it is tried
_DROPPABLE = frozenset({State.QUEUED, State.SUBMITTING, State.GENERATING, State.IN_DOUBT})


class StatusMessageWorker:
    """The lane that draws jobs."""

    name = "show"

    def __init__(self, shop: WorkerContext, gateway: TelegramClient, texts: Locales) -> None:
        self._shop = shop
        self._gateway = gateway
        self._texts = texts
        self._drawn: dict[str, View] = {}  # what each live message shows, to spare edits that change nothing

    async def find(self, limit: int) -> list[Job]:
        """Jobs whose status message is due."""
        return await self._shop.store.status_messages.due(now=self._shop.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """When the next one is."""
        return await self._shop.store.status_messages.next_due()

    async def postpone(self, row: Job) -> None:
        """Draw later."""
        await self._drawn_until(row, 30.0)

    async def step(self, row: Job) -> None:
        """One message, and its notification."""
        if row.removed_by is not None:
            await self._remove(row)
            return
        job = row
        card = await self._card(job)
        if card.view is not None and card.view != self._drawn.get(job.id):
            address = status_message_of(job)
            if address and job.state in _DROPPABLE and not self._gateway.may_show_progress(address):
                await self._drawn_until(job, self._shop.status_interval)
                return
            outcome = await self._draw(job, card.view)
            if not isinstance(outcome, Shown):
                await self._not_drawn(job, outcome)
                return
            self._drawn[job.id] = card.view
            if job.inline_message_id is None and job.card_id != outcome.message_id:
                await self._shop.store.status_messages.message_sent(job.id, outcome.message_id)
                job = await self._shop.store.jobs.get(job.id) or job
        wait = await self._announce(job, card)
        if wait is None and card.refresh:
            wait = self._shop.status_interval
        if job.state in FINAL:
            self._drawn.pop(job.id, None)
        await self._drawn_until(row, wait)

    async def _remove(self, job: Job) -> None:
        """Delete a delivered video, at the word of somebody whose photo is in it."""
        outcome: Outcome = (
            MessageGone() if job.card_id is None else await self._gateway.delete(job.chat_id, job.card_id)
        )
        match outcome:
            case RetryAfter(seconds):
                await self._drawn_until(job, seconds)
                return
            case TransientError() if self._shop.clock() - (job.removed_at or 0.0) < _WORTH_TELLING:
                await self._drawn_until(job, _AGAIN)
                return
            case DeleteExpired():
                text = self._texts.get(job.language)("cannot-remove")
                await self._gateway.send(ReplyTarget(job.chat_id, job.thread_id, job.card_id), View(text))
        await self._shop.store.status_messages.deleted(job.id)
        _LOG.info("deleted job=%s by=%s", job.id, job.removed_by)

    async def _card(self, job: Job) -> StatusMessage:
        progress = StatusDetails(
            now=self._shop.clock(),
            typical_seconds=await self._shop.typical_seconds(job),
            deadline_seconds=self._shop.deadline_of(job),
            queue_position=await self._shop.store.jobs.queue_position(job.id, now=self._shop.clock())
            if job.state is State.QUEUED
            else 0,
            username=self._gateway.username,
            services=self._shop.services,
        )
        return status_message(job, self._texts.get(job.language), self._shop.catalogue, progress)

    async def _draw(self, job: Job, view: View) -> Outcome:
        """Edit the message; where there is none, or none any more, send one."""
        address = status_message_of(job)
        if address is not None:
            outcome = await self._gateway.edit(address, view)
            if address.inline_message_id is not None or not isinstance(outcome, MessageGone):
                return outcome
        return await self._gateway.send(ReplyTarget(job.chat_id, job.thread_id, job.message_id), view)

    async def _announce(self, job: Job, card: StatusMessage) -> float | None:
        """Notify the person of this state, once; seconds to wait where Telegram asks for patience."""
        young = self._shop.clock() - job.created_at < _FRESH and job.state is not State.DELIVERED
        if card.notification is None or job.announced == job.state or young or job.inline_message_id is not None:
            return None
        spot = ReplyTarget(job.chat_id, job.thread_id, job.card_id)
        outcome = await self._gateway.send(spot, View(card.notification))
        if isinstance(outcome, RetryAfter):
            return outcome.seconds
        age = self._shop.clock() - job.changed_at
        if isinstance(outcome, TransientError) and age < _WORTH_TELLING:
            return max(_AGAIN, age)  # if only the answer was lost they are told twice: better than never
        await self._shop.store.status_messages.announced(job)
        return None

    async def _not_drawn(self, job: Job, outcome: Outcome) -> None:
        match outcome:
            case RetryAfter(seconds):
                await self._drawn_until(job, seconds)
            case ChatMigrated(chat_id):
                await self._shop.store.move_chat(job.chat_id, chat_id, now=self._shop.clock())
                await self._shop.store.status_messages.redraw(job.id, now=self._shop.clock())
            case MessageGone() | ChatUnavailable() if job.inline_message_id is not None:
                await self._shop.store.status_messages.move_to_private_chat(job.id, now=self._shop.clock())
            case ChatUnavailable(detail):
                _LOG.info("status not shown job=%s chat=%s: %s", job.id, job.chat_id, detail)
                await self._drawn_until(job, None)
            case MessageGone() | MissingRights() | Shown():
                await self._drawn_until(job, None)
            case TransientError(detail) | VideoRejected(detail):
                _LOG.warning("status not shown job=%s: %s", job.id, detail)
                age = self._shop.clock() - job.changed_at
                given_up = age > DAY_S and job.state in FINAL
                await self._drawn_until(job, None if given_up else min(300.0, max(2.0, 0.2 * age)))

    async def _drawn_until(self, job: Job, seconds: float | None) -> None:
        """Unless the row moved meanwhile, its message is not due for so long; None: until it moves."""
        show_at = None if seconds is None else self._shop.clock() + seconds
        await self._shop.store.status_messages.drawn(job, show_at=show_at)
