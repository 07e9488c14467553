"""Questions for what is missing: drafts' cards are brought in line with their rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.telegram_api.client import MessageRef, ReplyTarget
from bot.telegram_api.results import ChatMigrated, MessageGone, Outcome, RetryAfter, Shown, TransientError
from handlers.messages.draft_question import DeleteQuestion, draft_question
from handlers.requests.drafts import complete_album
from storage import DraftState

if TYPE_CHECKING:
    from bot.telegram_api.client import TelegramClient
    from bot.workers.context import WorkerContext
    from handlers.context import Dependencies
    from handlers.localization import Locales
    from handlers.messages.view import View
    from storage import Draft


class DraftMessageWorker:
    """The lane that draws drafts."""

    name = "prompt"

    def __init__(self, context: WorkerContext, telegram: TelegramClient, locales: Locales, deps: Dependencies) -> None:
        self._deps = deps
        self._context = context
        self._telegram = telegram
        self._locales = locales

    async def find_due(self, limit: int) -> list[Draft]:
        """Drafts whose card is due."""
        return await self._context.store.drafts.due(now=self._context.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """When the next one is."""
        return await self._context.store.drafts.next_due()

    async def postpone(self, row: Draft) -> None:
        """Draw later."""
        await self._context.store.drafts.drawn(row, card_id=row.card_id, show_at=self._context.clock() + 30)

    async def step(self, row: Draft) -> None:
        """One card; or the job of a draft that waited for the end of its album alone."""
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

    async def _show(self, draft: Draft, view: View) -> Outcome:
        """Edit the card; where there is none, or it can't be edited or is to be seen anew, send one."""
        if draft.card_id is not None and not (view.force_reply or view.resend):
            outcome = await self._telegram.edit(MessageRef(draft.chat_id, draft.card_id), view)
            if not isinstance(outcome, MessageGone):
                return outcome
        if draft.card_id is not None:
            await self._telegram.delete(draft.chat_id, draft.card_id)
        return await self._telegram.send(ReplyTarget(draft.chat_id, draft.thread_id, draft.message_id), view)

    async def _commit_outcome(self, draft: Draft, outcome: Outcome) -> None:
        now = self._context.clock()
        match outcome:
            case Shown(message_id):
                await self._context.store.drafts.drawn(draft, card_id=message_id, show_at=None)
            case RetryAfter(seconds):
                await self._context.store.drafts.drawn(draft, card_id=draft.card_id, show_at=now + seconds)
            case ChatMigrated(chat_id):
                await self._context.store.move_chat(draft.chat_id, chat_id, now=now)
            case TransientError():
                expired = now > draft.expires_at
                await self._context.store.drafts.drawn(
                    draft, card_id=draft.card_id, show_at=None if expired else now + self._context.status_interval
                )
            case _:
                await self._context.store.drafts.drawn(replace(draft), card_id=None, show_at=None)
