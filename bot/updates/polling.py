"""The getUpdates loop: stores updates as raw JSON, and only then confirms them to Telegram, by its next call.

Updates are parsed when they are dispatched, so that one that can't be parsed holds up no other. The offset is sent only
to confirm what was just committed: after a quiet week Telegram's ids may restart lower, and an old offset would discard
those updates.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.errors import TokenRefused
from bot.pacing import backoff
from bot.telegram_api import results
from bot.updates.arrival import Arrival
from bot.updates.raw_updates import TolerantRequest, UndecodableUpdate
from handlers.messages import payloads
from storage.inbox import ANSWER_LANE_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram.ext import ExtBot

    from bot.clock import Clock
    from bot.updates.dispatcher import UpdateDispatcher
    from storage import Store

_LOG = logging.getLogger(__name__)
_LONG_POLL_S = 30
_READ_MARGIN_S = 10  # Telegram may answer so much later than the long poll should take
_MIN_INTERVAL_S = 1.2  # between two calls that bring nothing
_BATCH_LIMIT = 100  # updates a call
_MAX_UPDATE_ID = 2**53  # Telegram's ids are smaller, and SQLite's integers not much larger
_ANSWERED_COMMAND = re.compile(r"/(status|help|effects|balance|stats|privacy|settings)(@\w+)?(\s|$)", re.IGNORECASE)
_PAGE_BUTTON = re.compile(payloads.pattern_of(payloads.ThemeListButton, payloads.ThemePageButton))
ALLOWED_UPDATES = (
    "message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "chosen_inline_result",
    "guest_message",
)
"""The updates that the bot asks for. Edited messages are not among them: an edit must never cost money."""


class UpdatePoller:
    """Polls Telegram for updates, and puts them into the inbox."""

    def __init__(
        self,
        bot: ExtBot[None],
        store: Store,
        *,
        dispatcher: UpdateDispatcher,
        clock: Clock,
        jitter: Callable[[], float],
        heartbeat: Callable[[str], None],
    ) -> None:
        self._bot = bot
        self._request = TolerantRequest(  # the long poll has a connection of its own
            connection_pool_size=1, httpx_kwargs={"event_hooks": {"response": [clock.observe]}}
        )
        self._inbox = store.inbox
        self._arrival = Arrival(store, clock)
        self._dispatcher = dispatcher
        self._clock = clock
        self._jitter = jitter
        self._heartbeat = heartbeat
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            TokenRefused: Telegram does not know the token.
        """
        await self._arrival.load()
        async with self._request:
            await self._poll_forever()

    async def _poll_forever(self) -> None:
        while True:
            self._heartbeat("intake")
            requested_at = monotonic()
            try:
                updates = await self._get_updates()
            except InvalidToken:
                raise TokenRefused from None
            except TelegramError as error:
                await self._wait_after(error)
                continue
            self._failures = 0
            any_to_confirm = await self._store(updates)
            if len(updates) < _BATCH_LIMIT:
                await self._arrival.nothing_waits(requested_at)
            if not any_to_confirm:
                self._offset = None  # everything is confirmed
                # A long poll without updates takes its time. If the server answers at once, wait a little.
                await asyncio.sleep(max(0.0, requested_at + _MIN_INTERVAL_S - monotonic()))

    async def _get_updates(self) -> list[Any]:
        """Return the next updates as raw JSON. PTB's own method would parse them, and lose those that it can't parse.

        Raises:
            TelegramError: Telegram was out of reach, or answered with an error.
        """
        arguments = {"timeout": _LONG_POLL_S, "limit": _BATCH_LIMIT, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self._offset is not None:
            arguments["offset"] = self._offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(arguments)}"
        result: Any = await self._request.post(url, read_timeout=_LONG_POLL_S + _READ_MARGIN_S)
        return result if isinstance(result, list) else []

    async def _store(self, updates: list[Any]) -> bool:
        """Commit updates and hand them to the dispatcher. Return True if there is any for the next call to confirm."""
        now = self._clock()
        rows: list[tuple[int, str, str]] = []
        offset: int | None = None
        for update in updates:
            item = _to_row(update)
            if isinstance(item, UndecodableUpdate):
                _LOG.error("an update that can't be read was set aside: %s", item.update_id)
                await self._inbox.set_aside_undecodable(item.text, now=now)
            else:
                rows.append(item)
            if item[0] is not None:
                offset = item[0] + 1
        if rows:
            # The processor is idle while the disk writes, so the dispatcher parses meanwhile.
            stored, _ = await asyncio.gather(
                self._inbox.add(rows, now=now, sent_after=self._arrival.sent_after()),
                self._dispatcher.preparse(updates),
            )
            self._dispatcher.accept(stored)
        if offset is not None:
            self._offset = offset  # set only now that everything is committed
        return offset is not None

    async def _wait_after(self, error: TelegramError) -> None:
        """Wait before the next call: as long as Telegram asks for, else longer with each failure."""
        outcome = results.classify_error(error)
        if isinstance(outcome, results.RetryAfter):
            delay = max(1.0, outcome.seconds)
        else:
            delay = backoff(self._failures, self._jitter, first=1.5, maximum=30.0)
        self._failures += 1
        if isinstance(error, Conflict) and "webhook" in error.message.lower():
            await self._delete_webhook()
        elif isinstance(error, Conflict):
            _LOG.error("another process uses this token: %s", error.message)
        else:
            _LOG.warning("getUpdates: %s; again in %.0f s", error.message, delay)
        await asyncio.sleep(delay)

    async def _delete_webhook(self) -> None:
        """Delete a webhook left over from earlier, which prevents getUpdates. Pending updates are kept."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
            _LOG.warning("a webhook that was left over is gone")
        except TelegramError as error:
            _LOG.warning("a webhook is left over, and can't be taken away: %s", error.message)


def _to_row(update: object) -> tuple[int, str, str] | UndecodableUpdate:
    """Return an update as a row of the inbox: its id, its lane, its JSON.

    The JSON is in ASCII, in which even half of a surrogate pair can be stored.
    """
    if isinstance(update, UndecodableUpdate):
        return update
    update_id = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(update_id, int) or isinstance(update_id, bool) or abs(update_id) >= _MAX_UPDATE_ID:
        update_id = None
    try:
        text = json.dumps(update, separators=(",", ":"))
    except RecursionError:
        return UndecodableUpdate(update_id, "nested too deep")
    if update_id is None or not isinstance(update, dict):
        return UndecodableUpdate(None, text)
    return update_id, lane_of(update), text


def lane_of(update: dict[str, Any]) -> str:
    """Return the lane of an update: the chat, or else the user, whose updates are handled in order.

    What only asks for an answer has a second lane, in which it waits for what came before it, and holds up nothing.
    """
    lane = _main_lane_of(update)
    return lane + ANSWER_LANE_SUFFIX if _asks_for_an_answer_only(update) else lane


def _asks_for_an_answer_only(update: dict[str, Any]) -> bool:
    """Return True if handling the update makes and changes nothing."""
    message, query = update.get("message"), update.get("callback_query")
    if isinstance(message, dict):
        text = message.get("text")
        return isinstance(text, str) and _ANSWERED_COMMAND.match(text) is not None
    data = query.get("data") if isinstance(query, dict) else None
    return isinstance(data, str) and _PAGE_BUTTON.match(data) is not None


def _main_lane_of(update: dict[str, Any]) -> str:
    for content in update.values():
        if not isinstance(content, dict):
            continue
        nested = content.get("message")
        for holder in (content, nested if isinstance(nested, dict) else {}):
            chat = holder.get("chat")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return f"chat {chat['id']}"
        user = content.get("from")
        if isinstance(user, dict) and isinstance(user.get("id"), int):
            return f"person {user['id']}"
    return "other"
