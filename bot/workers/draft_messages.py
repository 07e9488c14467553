"""Keeps the messages of drafts in line with their rows: they ask the person for what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.telegram_api import results
from bot.telegram_api.client import MessageRef, ReplyTarget, TelegramClient
from handlers.messages.draft_question import DeleteQuestion, draft_question
from handlers.requests.drafts import complete_album
from storage import Draft, DraftState

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext
    from handlers.context import Dependencies
    from handlers.localization import Locales
    from handlers.messages.view import View

_RETRY_DELAY_S = 30.0


class DraftMessageWorker:
    """The worker that asks for what drafts lack: one message a step."""

    name = "prompt"

    def __init__(self, context: WorkerContext, telegram: TelegramClient, locales: Locales, deps: Dependencies) -> None:
        self._deps = deps
        self._context = context
        self._telegram = telegram
        self._locales = locales

    async def find_due(self, limit: int) -> list[Draft]:
        """Return drafts whose message is due."""
        return await self._context.store.drafts.due(now=self._context.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """Return when the next message is due."""
        return await self._context.store.drafts.next_due()

    async def postpone(self, row: Draft) -> None:
        """Try again in 30 s."""
        await self._context.store.drafts.drawn(row, card_id=row.card_id, show_at=self._context.clock() + _RETRY_DELAY_S)

    async def step(self, row: Draft) -> None:
        """Show, or delete, one message. A draft that only waited for its album to end becomes a job instead."""
        if row.state is DraftState.OPEN and await complete_album(self._deps, row):
            return
        question = draft_question(row, self._locales.get(row.language), self._context.catalogue, self._context.services)
        match question:
            case None:
                await self._context.store.drafts.drawn(row, card_id=row.card_id, show_at=None)
            case DeleteQuestion():
                if row.card_id is not None:
                    await self._telegram.delete(row.chat_id, row.card_id)
                await self._context.store.drafts.drawn(row, card_id=None, show_at=None)
            case view:
                await self._commit_outcome(row, await self._show(row, view))

    async def _show(self, draft: Draft, view: View) -> results.Outcome:
        """Edit the message. Send one if there is none, if it can't be edited, or if it should be the chat's last."""
        if draft.card_id is not None and not (view.force_reply or view.resend):
            outcome = await self._telegram.edit(MessageRef(draft.chat_id, draft.card_id), view)
            if not isinstance(outcome, results.MessageGone):
                return outcome
        if draft.card_id is not None:
            await self._telegram.delete(draft.chat_id, draft.card_id)
        return await self._telegram.send(ReplyTarget(draft.chat_id, draft.thread_id, draft.message_id), view)

    async def _commit_outcome(self, draft: Draft, outcome: results.Outcome) -> None:
        """Commit the message's id, or when to try again. If the chat can't be written to, nothing is asked."""
        now = self._context.clock()
        match outcome:
            case results.Shown(message_id):
                await self._context.store.drafts.drawn(draft, card_id=message_id, show_at=None)
            case results.RetryAfter(seconds):
                await self._context.store.drafts.drawn(draft, card_id=draft.card_id, show_at=now + seconds)
            case results.ChatMigrated(chat_id):
                await self._context.store.move_chat(draft.chat_id, chat_id, now=now)
            case results.TransientError():
                expired = now > draft.expires_at
                await self._context.store.drafts.drawn(
                    draft, card_id=draft.card_id, show_at=None if expired else now + self._context.status_interval
                )
            case _:
                await self._context.store.drafts.drawn(draft, card_id=None, show_at=None)
