"""The inbox is handled: in order within a chat, a few chats at once; rows that can't be handled are set aside."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

from telegram import Update as TelegramUpdate
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.telegram_outcomes import Later, sort_error
from storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram.ext import Application, CallbackContext

    from bot.bells import Bell
    from handlers.texts import Texts
    from storage import Update
    from storage.inbox import Inbox

_LOG = logging.getLogger(__name__)
_WIDTH = 8  # chats at once
_PAUSES = (1.0, 4.0)  # seconds before the second try and the third, which is the last


class Dispatch:
    """The loop that hands updates to the handlers."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        inbox: Inbox,
        texts: Texts,
        bell: Bell,
        *,
        clock: Callable[[], float],
        beat: Callable[[str], None],
        stop: asyncio.Event,
    ) -> None:
        self._application = application
        self._inbox = inbox
        self._texts = texts
        self._bell = bell
        self._clock = clock
        self._beat = beat
        self._stop = stop
        self._busy: set[str] = set()
        self._errors: dict[int, BaseException] = {}
        application.add_error_handler(self._note_error)

    async def run(self) -> None:
        """Go round until the stop; then see the updates under way to their end."""
        async with asyncio.TaskGroup() as group:
            while not self._stop.is_set():
                self._beat("dispatch")
                free = _WIDTH - len(self._busy)
                rows = await self._inbox.pending(now=self._clock(), busy=self._busy, limit=free) if free else []
                for row in rows:
                    self._busy.add(row.lane)
                    group.create_task(self._one(row), name=f"update {row.update_id}")
                if not rows:
                    await self._bell.wait(await self._seconds_to_next())

    async def _seconds_to_next(self) -> float | None:
        if len(self._busy) >= _WIDTH:
            return None
        due = await self._inbox.next_due(self._busy)
        return None if due is None else due - self._clock()

    async def _one(self, row: Update) -> None:
        """One update, to its end: done, later, or set aside."""
        try:
            update = self._parse(row)
            if update is None:
                await self._inbox.set_aside(row.seq, error="cannot be parsed")
                return
            await self._application.process_update(update)
            error = self._errors.pop(row.update_id, None)
            if error is None:
                await self._inbox.done(row.seq)
            else:
                await self._failed(row, update, error)
        finally:
            self._busy.discard(row.lane)
            self._bell.ring()

    def _parse(self, row: Update) -> TelegramUpdate | None:
        try:
            return TelegramUpdate.de_json(json.loads(row.payload), self._application.bot)
        except Exception:  # noqa: BLE001 -- PTB promises nothing about what it raises for a malformed update
            _LOG.exception("update %s cannot be parsed", row.update_id)
            return None

    async def _note_error(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """PTB swallows what a handler raises; `_one` finds it here."""
        if isinstance(update, TelegramUpdate) and context.error is not None:
            self._errors[update.update_id] = context.error

    async def _failed(self, row: Update, update: TelegramUpdate, error: BaseException) -> None:
        if isinstance(error, StorageError):
            raise error
        outcome = sort_error(error) if isinstance(error, TelegramError) else None
        detail = f"{type(error).__name__}: {error}"
        if isinstance(outcome, Later):
            await self._inbox.later(row.seq, due_at=self._clock() + outcome.seconds, error=detail, counts=False)
        elif isinstance(error, Forbidden | ChatMigrated | BadRequest):
            _LOG.warning("update %s could not be answered: %s", row.update_id, detail)
            await self._inbox.done(row.seq)
        elif row.tries < len(_PAUSES):
            _LOG.warning("update %s is tried again: %s", row.update_id, detail, exc_info=error)
            due_at = self._clock() + _PAUSES[row.tries]
            await self._inbox.later(row.seq, due_at=due_at, error=detail, counts=True)
        else:
            _LOG.error("update %s is set aside: %s", row.update_id, detail, exc_info=error)
            await self._inbox.set_aside(row.seq, error=detail)
            await self._apologise(update)

    async def _apologise(self, update: TelegramUpdate) -> None:
        chat = update.effective_chat
        if chat is None:
            return
        language = update.effective_user.language_code if update.effective_user else None
        try:
            await self._application.bot.send_message(chat.id, self._texts.of(language)("handler-failed"))
        except TelegramError as error:
            _LOG.warning("update %s: the person could not be told: %s", update.update_id, error)
