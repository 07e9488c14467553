"""Hands updates from the inbox to the handlers: in order within a lane, a few lanes at once.

A lane is a chat, or a user if the update has no chat. An update that can't be handled is tried again, or set aside.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from typing import TYPE_CHECKING, Any

from telegram import Update as TelegramUpdate
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.private_words import private_words, texts_of_payload, texts_of_update
from bot.telegram_api import results
from bot.telegram_api.rate_limit import IS_ANSWER
from bot.updates.seen_users import SeenUsers
from bot.wakeups import Slots
from handlers.context import pressed_after
from storage import InboxUpdate, StorageError, is_row_error
from storage.inbox import ANSWER_LANE_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram.ext import Application

    from bot.wakeups import Wakeup
    from handlers.context import Context
    from storage.inbox import Inbox

_LOG = logging.getLogger(__name__)
_MAX_CONCURRENT = 8  # updates, each of another lane
_PATIENCE_S = 1.0  # after which an update whose answer Telegram has not taken yet holds up no other lane
_READ_AHEAD_LIMIT = 2000  # rows read from the inbox at once
_MAX_OUTAGE_S = 3600.0  # for so long an update waits while Telegram is out of reach
_RETRY_DELAYS_S = (1.0, 4.0)  # before the second try, and before the third, which is the last


class UpdateDispatcher:
    """Processes the inbox with PTB's application, and commits what was handled in batches."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        inbox: Inbox,
        wakeup: Wakeup,
        *,
        clock: Callable[[], float],
        heartbeat: Callable[[str], None],
        stop: asyncio.Event,
        forgotten: set[int],
    ) -> None:
        self._forgotten = forgotten  # whose data the updates in hand have deleted
        self._application = application
        self._inbox = inbox
        self._wakeup = wakeup
        self._clock = clock
        self._heartbeat = heartbeat
        self._stop = stop
        self._group = asyncio.TaskGroup()
        self._accepting = False
        self._inbox_drained = False  # True if no pending row is left in the inbox except those already loaded
        self._refills = 0  # how often `_inbox_drained` became False
        self._seen_users = SeenUsers(clock)
        self._parsed: dict[int, TelegramUpdate] = {}
        self._ready: deque[InboxUpdate] = deque()
        self._slots = Slots(_MAX_CONCURRENT, patience=_PATIENCE_S, freed=wakeup.set)
        self._handled: list[InboxUpdate] = []
        self._busy_lanes: set[str] = set()  # with an update that is ready, running, or handled but not committed
        self._failed: dict[int, Context] = {}  # by update_id; each holds its error
        application.add_error_handler(self._record_error)

    async def run(self) -> None:
        """Run until `stop` is set, then until the running updates are handled."""
        async with self._group:
            self._accepting = True
            while not self._stop.is_set():
                self._heartbeat("dispatch")
                await self._commit_handled()
                if not self._ready and self._slots.free > 0 and not self._inbox_drained:
                    await self._read_ahead()
                self._start_ready()
                await self._wakeup.wait(await self._seconds_to_next())
            self._accepting = False
        await self._commit_handled()

    async def preparse(self, updates: Sequence[object]) -> None:
        """Parse updates while they are being committed, if they are few and no others wait."""
        self._parsed.clear()
        if self._inbox_drained and len(updates) <= _MAX_CONCURRENT:
            parsed = (self._parse(update) for update in updates if isinstance(update, dict))
            self._parsed = {update.update_id: update for update in parsed if update is not None}

    def accept(self, rows: Sequence[InboxUpdate]) -> None:
        """Take rows that were just committed. If no older row waits, they start without being read from the inbox."""
        self._refills += 1
        for row in rows:
            behind = {row.lane, row.lane.removesuffix(ANSWER_LANE_SUFFIX)}
            if self._inbox_drained and self._accepting and self._busy_lanes.isdisjoint(behind):
                self._ready.append(row)
                self._busy_lanes.add(row.lane)
            else:
                self._inbox_drained = False
        if self._accepting:
            self._start_ready()
        self._wakeup.set()

    async def _commit_handled(self) -> None:
        """Mark what was handled since the last round, in one commit; then the next updates of those lanes may start."""
        if not self._handled:
            return
        handled, self._handled = self._handled, []
        self._seen_users.forget(self._forgotten)
        self._forgotten.clear()
        seqs, users = [row.seq for row in handled], self._seen_users.drain()
        try:
            await self._inbox.mark_done(seqs, users, now=self._clock())
        except Exception as error:
            if not users or (isinstance(error, StorageError) and not is_row_error(error)):
                raise
            _LOG.exception("users that can't be stored: %s", [user.person_id for user in users])
            await self._inbox.mark_done(seqs)
        self._busy_lanes.difference_update(row.lane for row in handled)

    async def _read_ahead(self) -> None:
        """Load the next row of each lane of which none is loaded."""
        rows = await self._inbox.pending(now=self._clock(), busy=self._busy_lanes, limit=_READ_AHEAD_LIMIT)
        rows = [row for row in rows if row.lane not in self._busy_lanes]  # accepted meanwhile
        self._ready.extend(rows)
        self._busy_lanes.update(row.lane for row in rows)

    def _start_ready(self) -> None:
        """Start the rows that are ready, as far as the slots allow."""
        while self._ready and self._slots.free > 0:
            row = self._ready.popleft()
            self._group.create_task(self._process(row, self._slots.take()), name=f"update {row.update_id}")

    async def _seconds_to_next(self) -> float | None:
        if self._slots.free <= 0 or self._inbox_drained:
            return None  # the end of an update wakes this loop, and so do its patience and `accept`
        refills, any_busy = self._refills, bool(self._busy_lanes)
        due = await self._inbox.next_due(self._busy_lanes)
        self._inbox_drained = due is None and not any_busy and refills == self._refills
        return None if due is None else due - self._clock()

    async def _process(self, row: InboxUpdate, end: Callable[[], None]) -> None:
        """Process one update until it is handled, postponed, or set aside."""
        try:
            pressed_after.set(row.received_at if row.sent_after is None else row.sent_after)
            IS_ANSWER.set(row.lane.endswith(ANSWER_LANE_SUFFIX))
            with private_words(texts_of_payload(row.payload)):
                handled = await self._handle_or_set_aside(row)
            if handled:
                self._handled.append(row)
            else:
                self._busy_lanes.discard(row.lane)
        finally:
            end()
            self._wakeup.set()

    async def _handle_or_set_aside(self, row: InboxUpdate) -> bool:
        """Return True if the update was handled. Whatever is raised because of it sets it aside, and stops no other."""
        try:
            return await self._handle(row)
        except Exception as error:
            if isinstance(error, StorageError) and not is_row_error(error):
                raise
            _LOG.exception("update %s is set aside", row.update_id)
            self._failed.pop(row.update_id, None)
            await self._set_aside(row, f"{type(error).__name__}: {error}")
            return False

    def _observe_users(self, update: TelegramUpdate) -> None:
        """Remember who was seen. Whatever is odd about them, the update is handled."""
        try:
            self._seen_users.observe(update)
        except Exception:  # noqa: BLE001 -- PTB does not check the types of what it parses
            _LOG.exception("the users of an update can't be read")

    async def _set_aside(self, row: InboxUpdate, error: str) -> None:
        """Keep the update for the operator. Its lane may have others that wait."""
        self._refills += 1
        self._inbox_drained = False
        await self._inbox.set_aside(row.seq, error=error)

    async def _handle(self, row: InboxUpdate) -> bool:
        """Return True if the update was handled. If not, its row already says what happens next."""
        update = self._parsed.pop(row.update_id, None) or self._parse(json.loads(row.payload))
        if update is None:
            await self._set_aside(row, "cannot be parsed")
            return False
        self._observe_users(update)
        await self._application.process_update(update)
        context = self._failed.pop(row.update_id, None)
        return context is None or context.error is None or await self._handle_error(row, context, context.error)

    async def _postpone(self, seq: int, *, due_at: float, error: str, count_try: bool) -> None:
        """Put the update back into the inbox until `due_at`. `count_try`: whether this was one of its three tries."""
        self._refills += 1
        self._inbox_drained = False
        await self._inbox.postpone(seq, due_at=due_at, error=error, count_try=count_try)

    def _parse(self, update: Any) -> TelegramUpdate | None:
        with private_words(texts_of_update(update)):
            try:
                return TelegramUpdate.de_json(_encodable(update), self._application.bot)
            except Exception:  # noqa: BLE001 -- PTB promises nothing about what it raises for a malformed update
                _LOG.exception("an update cannot be parsed")
                return None

    async def _record_error(self, update: object, context: Context) -> None:
        """Keep what a handler raised, for `_handle`: PTB passes it to error handlers only."""
        if isinstance(update, TelegramUpdate) and context.error is not None:
            self._failed[update.update_id] = context

    async def _handle_error(self, row: InboxUpdate, context: Context, error: BaseException) -> bool:
        """Decide what happens after a handler raised. Return True if the update counts as handled all the same."""
        if isinstance(error, StorageError) and not is_row_error(error):
            raise error
        outcome = results.classify_error(error) if isinstance(error, TelegramError) else None
        detail = f"{type(error).__name__}: {error}"
        if isinstance(outcome, results.RetryAfter):
            await self._postpone(row.seq, due_at=self._clock() + outcome.seconds, error=detail, count_try=False)
        elif isinstance(error, Forbidden | ChatMigrated | BadRequest):
            _LOG.warning("update %s could not be answered: %s", row.update_id, detail)
            return True
        elif _is_outage(error) and (age := self._clock() - row.received_at) < _MAX_OUTAGE_S:
            _LOG.warning("update %s waits for Telegram: %s", row.update_id, detail)
            due_at = self._clock() + min(30.0, max(1.0, age / 2))
            await self._postpone(row.seq, due_at=due_at, error=detail, count_try=False)
        elif row.tries < len(_RETRY_DELAYS_S):
            _LOG.warning("update %s is tried again: %s", row.update_id, detail, exc_info=error)
            due_at = self._clock() + _RETRY_DELAYS_S[row.tries]
            await self._postpone(row.seq, due_at=due_at, error=detail, count_try=True)
        else:
            _LOG.error("update %s is set aside: %s", row.update_id, detail, exc_info=error)
            await self._set_aside(row, detail)
            await self._tell_failure(row, context)
        return False

    async def _tell_failure(self, row: InboxUpdate, context: Context) -> None:
        """Tell the person in the update's chat that their message could not be handled."""
        if context.chat_id is None or context.is_guest:  # a guest's chat may have the id of another chat
            return
        try:
            await self._application.bot.send_message(context.chat_id, context.locale("handler-failed"))
        except TelegramError as error:
            _LOG.warning("update %s: the person could not be told: %s", row.update_id, error)


def _encodable(update: dict[str, Any]) -> Any:
    """Return the update with a question mark for each half of a surrogate pair, which no handler could store."""
    text = json.dumps(update, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.loads(text.encode("utf-8", "replace"))
    return update


def _is_outage(error: BaseException) -> bool:
    """Return True if Telegram was out of reach, or if its answer was invalid, for which PTB raises TelegramError."""
    return isinstance(error, NetworkError) or type(error) is TelegramError
