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

    def __init__(self, shop: WorkerContext, gateway: TelegramClient, texts: Locales, desk: Dependencies) -> None:
        self._desk = desk
        self._shop = shop
        self._gateway = gateway
        self._texts = texts

    async def find(self, limit: int) -> list[Draft]:
        """Drafts whose card is due."""
        return await self._shop.store.drafts.due(now=self._shop.clock(), limit=limit)

    async def next_due(self) -> float | None:
        """When the next one is."""
        return await self._shop.store.drafts.next_due()

    async def postpone(self, row: Draft) -> None:
        """Draw later."""
        await self._shop.store.drafts.drawn(row, card_id=row.card_id, show_at=self._shop.clock() + 30)

    async def step(self, row: Draft) -> None:
        """One card; or the job of a draft that waited for the end of its album alone."""
        if row.state is DraftState.OPEN and await complete_album(self._desk, row):
            return
        card = draft_question(row, self._texts.get(row.language), self._shop.catalogue, self._shop.services)
        match card:
            case None:
                await self._shop.store.drafts.drawn(row, card_id=row.card_id, show_at=None)
            case DeleteQuestion():
                if row.card_id is not None:
                    await self._gateway.delete(row.chat_id, row.card_id)
                await self._shop.store.drafts.drawn(row, card_id=None, show_at=None)
            case view:
                await self._settle(row, await self._draw(row, view))

    async def _draw(self, draft: Draft, view: View) -> Outcome:
        """Edit the card; where there is none, or it can't be edited or is to be seen anew, send one."""
        if draft.card_id is not None and not (view.force_reply or view.resend):
            outcome = await self._gateway.edit(MessageRef(draft.chat_id, draft.card_id), view)
            if not isinstance(outcome, MessageGone):
                return outcome
        if draft.card_id is not None:
            await self._gateway.delete(draft.chat_id, draft.card_id)
        return await self._gateway.send(ReplyTarget(draft.chat_id, draft.thread_id, draft.message_id), view)

    async def _settle(self, draft: Draft, outcome: Outcome) -> None:
        now = self._shop.clock()
        match outcome:
            case Shown(message_id):
                await self._shop.store.drafts.drawn(draft, card_id=message_id, show_at=None)
            case RetryAfter(seconds):
                await self._shop.store.drafts.drawn(draft, card_id=draft.card_id, show_at=now + seconds)
            case ChatMigrated(chat_id):
                await self._shop.store.move_chat(draft.chat_id, chat_id, now=now)
            case TransientError():
                late = now > draft.expires_at
                await self._shop.store.drafts.drawn(
                    draft, card_id=draft.card_id, show_at=None if late else now + self._shop.status_interval
                )
            case _:
                await self._shop.store.drafts.drawn(replace(draft), card_id=None, show_at=None)
