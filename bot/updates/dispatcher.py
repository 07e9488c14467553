"""The inbox is handled: in order within a chat, a few chats at once; rows that can't be handled are set aside."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from typing import TYPE_CHECKING, Any

from telegram import Update as TelegramUpdate
from telegram import error as telegram_error
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.telegram_api.results import RetryAfter, classify_error
from bot.updates.seen_users import SeenUsers
from storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram.ext import Application

    from bot.wakeups import Wakeup
    from handlers.context import Context
    from storage import InboxUpdate
    from storage.inbox import Inbox

_LOG = logging.getLogger(__name__)
_MAX_CONCURRENT = 8  # chats at once
_READ_AHEAD_LIMIT = 64  # rows read at once
_MAX_OUTAGE_S = 3600.0  # seconds for which trouble on the way to Telegram is waited out
_RETRY_DELAYS_S = (1.0, 4.0)  # seconds before the second try and the third, which is the last


class UpdateDispatcher:
    """The loop that hands updates to the handlers."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        inbox: Inbox,
        wakeup: Wakeup,
        *,
        clock: Callable[[], float],
        heartbeat: Callable[[str], None],
        stop: asyncio.Event,
    ) -> None:
        self._application = application
        self._inbox = inbox
        self._wakeup = wakeup
        self._clock = clock
        self._heartbeat = heartbeat
        self._stop = stop
        self._group = asyncio.TaskGroup()
        self._accepting = False
        self._inbox_drained = False  # the inbox holds no row that is pending but for those in our hands
        self._accepted_batches = 0
        self._seen_users = SeenUsers(clock)
        self._parsed: dict[int, TelegramUpdate] = {}
        self._ready: deque[InboxUpdate] = deque()
        self._running = 0
        self._handled: list[InboxUpdate] = []
        self._busy_lanes: set[str] = set()  # lanes with a row that is ready, running, or handled and not committed
        self._failed: dict[int, Context] = {}  # by update_id; each holds its error
        application.add_error_handler(self._record_error)

    async def run(self) -> None:
        """Go round until the stop; then see the updates under way to their end."""
        async with self._group:
            self._accepting = True
            while not self._stop.is_set():
                self._heartbeat("dispatch")
                await self._commit_handled()
                if not self._ready and self._running < _MAX_CONCURRENT and not self._inbox_drained:
                    await self._read_ahead()
                self._start_ready()
                await self._wakeup.wait(await self._seconds_to_next())
            self._accepting = False
        await self._commit_handled()

    async def preparse(self, updates: Sequence[object]) -> None:
        """Updates that are being committed: parsed meanwhile, where they are few and nothing else is to be done."""
        self._parsed.clear()
        if self._inbox_drained and len(updates) <= _MAX_CONCURRENT:
            parsed = (self._parse(update) for update in updates if isinstance(update, dict))
            self._parsed = {update.update_id: update for update in parsed if update is not None}

    def accept(self, rows: Sequence[InboxUpdate]) -> None:
        """Rows that were committed just now: where nothing older waits, they begin without being read again."""
        self._accepted_batches += 1
        for row in rows:
            if self._inbox_drained and self._accepting and row.lane not in self._busy_lanes:
                self._ready.append(row)
                self._busy_lanes.add(row.lane)
            else:
                self._inbox_drained = False
        if self._accepting:
            self._start_ready()
        self._wakeup.set()

    async def _commit_handled(self) -> None:
        """Mark what was handled since the last round, in one commit; then its lanes go on."""
        if not self._handled:
            return
        handled, self._handled = self._handled, []
        await self._inbox.mark_done([row.seq for row in handled], self._seen_users.drain(), now=self._clock())
        self._busy_lanes.difference_update(row.lane for row in handled)

    async def _read_ahead(self) -> None:
        """Read the next row of each lane that has none here."""
        rows = await self._inbox.pending(now=self._clock(), busy=self._busy_lanes, limit=_READ_AHEAD_LIMIT)
        rows = [row for row in rows if row.lane not in self._busy_lanes]  # handed over meanwhile
        self._ready.extend(rows)
        self._busy_lanes.update(row.lane for row in rows)

    def _start_ready(self) -> None:
        """Begin with what is ready, as far as there are hands free."""
        while self._ready and self._running < _MAX_CONCURRENT:
            row = self._ready.popleft()
            self._running += 1
            self._group.create_task(self._process(row), name=f"update {row.update_id}")

    async def _seconds_to_next(self) -> float | None:
        if self._running or self._inbox_drained:
            return None  # the end of one rings the bell, and so does whoever hands over
        accepted_batches = self._accepted_batches
        due = await self._inbox.next_due(self._busy_lanes)
        self._inbox_drained = due is None and not self._busy_lanes and accepted_batches == self._accepted_batches
        return None if due is None else due - self._clock()

    async def _process(self, row: InboxUpdate) -> None:
        """One update, to its end: handled, later, or set aside."""
        try:
            if await self._handle(row):
                self._handled.append(row)
            else:
                self._busy_lanes.discard(row.lane)
        finally:
            self._running -= 1
            self._wakeup.set()

    async def _handle(self, row: InboxUpdate) -> bool:
        """Whether it was handled; else its row says what becomes of it."""
        update = self._parsed.pop(row.update_id, None) or self._parse(json.loads(row.payload))
        if update is None:
            await self._inbox.set_aside(row.seq, error="cannot be parsed")
            return False
        self._seen_users.observe(update)
        await self._application.process_update(update)
        context = self._failed.pop(row.update_id, None)
        return context is None or context.error is None or await self._handle_error(row, context, context.error)

    async def _postpone(self, seq: int, *, due_at: float, error: str, counts: bool) -> None:
        """Back into the inbox, for later."""
        self._inbox_drained = False
        await self._inbox.postpone(seq, due_at=due_at, error=error, count_try=counts)

    def _parse(self, update: Any) -> TelegramUpdate | None:
        try:
            return TelegramUpdate.de_json(update, self._application.bot)
        except Exception:  # noqa: BLE001 -- PTB promises nothing about what it raises for a malformed update
            _LOG.exception("an update cannot be parsed")
            return None

    async def _record_error(self, update: object, context: Context) -> None:
        """PTB swallows what a handler raises; `_one` finds it here."""
        if isinstance(update, TelegramUpdate) and context.error is not None:
            self._failed[update.update_id] = context

    async def _handle_error(self, row: InboxUpdate, context: Context, error: BaseException) -> bool:
        """A handler raised; whether the update counts as handled all the same."""
        if isinstance(error, StorageError):
            raise error
        outcome = classify_error(error) if isinstance(error, TelegramError) else None
        detail = f"{type(error).__name__}: {error}"
        if isinstance(outcome, RetryAfter):
            await self._postpone(row.seq, due_at=self._clock() + outcome.seconds, error=detail, counts=False)
        elif isinstance(error, Forbidden | BadRequest | telegram_error.ChatMigrated):
            _LOG.warning("update %s could not be answered: %s", row.update_id, detail)
            return True
        elif _is_outage(error) and (age := self._clock() - row.received_at) < _MAX_OUTAGE_S:
            _LOG.warning("update %s waits for Telegram: %s", row.update_id, detail)
            due_at = self._clock() + min(30.0, max(1.0, age / 2))
            await self._postpone(row.seq, due_at=due_at, error=detail, counts=False)
        elif row.tries < len(_RETRY_DELAYS_S):
            _LOG.warning("update %s is tried again: %s", row.update_id, detail, exc_info=error)
            due_at = self._clock() + _RETRY_DELAYS_S[row.tries]
            await self._postpone(row.seq, due_at=due_at, error=detail, counts=True)
        else:
            _LOG.error("update %s is set aside: %s", row.update_id, detail, exc_info=error)
            await self._inbox.set_aside(row.seq, error=detail)
            await self._tell_failure(row, context)
        return False

    async def _tell_failure(self, row: InboxUpdate, context: Context) -> None:
        """Apologize in the chat of the update."""
        if context.chat_id is None or context.is_guest:  # a guest's chat may have the id of another chat
            return
        try:
            await self._application.bot.send_message(context.chat_id, context.locale("handler-failed"))
        except TelegramError as error:
            _LOG.warning("update %s: the person could not be told: %s", row.update_id, error)


def _is_outage(error: BaseException) -> bool:
    """Whether Telegram was out of reach, or answered with what is no answer: PTB's plain TelegramError."""
    return isinstance(error, NetworkError) or type(error) is TelegramError
