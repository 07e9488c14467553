"""getUpdates: raw JSON into the inbox, committed, and only then confirmed to Telegram by the next call.

Updates are parsed at dispatch, so that one which cannot be parsed holds up nobody. The offset is sent only to
confirm what was just committed: after a quiet week Telegram's ids may restart lower, and an old offset would
throw those updates away.
"""

from __future__ import annotations

import asyncio
import json
import logging
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from telegram import error as telegram_error
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.errors import TokenRefused
from bot.pacing import backoff
from bot.telegram_api.results import RetryAfter, classify_error
from bot.updates.raw_updates import TolerantRequest, UndecodableUpdate

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram.ext import ExtBot

    from bot.updates.dispatcher import UpdateDispatcher
    from storage.inbox import Inbox


_LOG = logging.getLogger(__name__)
_LONG_POLL_S = 30  # seconds
_MIN_INTERVAL_S = 1.2  # seconds, where a round brings nothing
_YIELDS = 60  # of the event loop, some microseconds each: in so many a handler's first request is on its way
_MAX_UPDATE_ID = 2**53  # beyond, an id is no id of Telegram's, and SQLite has no room for it
ALLOWED_UPDATES = (
    "message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "chosen_inline_result",
    "guest_message",
)
"""What is asked for: no edited messages, since an edit must never cost money."""


class UpdatePoller:
    """The loop that brings updates in."""

    def __init__(
        self,
        bot: ExtBot[None],
        inbox: Inbox,
        *,
        dispatcher: UpdateDispatcher,
        clock: Callable[[], float],
        jitter: Callable[[], float],
        heartbeat: Callable[[str], None],
    ) -> None:
        self._bot = bot
        self._request = TolerantRequest(connection_pool_size=1)  # a connection of its own for the long poll
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._clock = clock
        self._jitter = jitter
        self._heartbeat = heartbeat
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Go round for ever.

        Raises:
            TokenRefused: Telegram does not know the token.
        """
        async with self._request:
            await self._poll_forever()

    async def _poll_forever(self) -> None:
        while True:
            self._heartbeat("intake")
            requested_at = monotonic()
            try:
                updates = await self._get_updates()
            except InvalidToken:
                raise TokenRefused(
                    "Telegram does not know TELEGRAM_BOT_TOKEN; @BotFather shows the right one."
                ) from None
            except TelegramError as error:
                await self._wait_after(error)
                continue
            self._failures = 0
            if not await self._store(updates):
                self._offset = None  # all is confirmed
                # A long poll that brings nothing takes its time; whoever answers at once is not asked at once.
                await asyncio.sleep(max(0.0, requested_at + _MIN_INTERVAL_S - monotonic()))

    async def _get_updates(self) -> list[Any]:
        """The next updates as raw JSON: PTB's own method would parse them, and lose what it can't parse."""
        arguments = {"timeout": _LONG_POLL_S, "limit": 100, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self._offset is not None:
            arguments["offset"] = self._offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(arguments)}"
        result: Any = await self._request.post(url, read_timeout=_LONG_POLL_S + 10)
        return result if isinstance(result, list) else []

    async def _store(self, updates: list[Any]) -> bool:
        """Store what came; whether there was anything that the next call can confirm."""
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
            # While the disk is at work the processor is free.
            stored, _ = await asyncio.gather(self._inbox.add(rows, now=now), self._dispatcher.preparse(updates))
            self._dispatcher.accept(stored)
            for _ in range(_YIELDS):
                await asyncio.sleep(0)  # an answer goes before the next question
        if offset is not None:
            self._offset = offset  # confirmed only now that all is committed
        return offset is not None

    async def _wait_after(self, error: TelegramError) -> None:
        """Wait before the next call: what Telegram asks for, or longer with each failure."""
        outcome = classify_error(error)
        if isinstance(error, telegram_error.RetryAfter) and isinstance(outcome, RetryAfter):
            wait = max(1.0, outcome.seconds)
        else:
            wait = backoff(self._failures, self._jitter, first=1.5, maximum=30.0)
        self._failures += 1
        if isinstance(error, Conflict) and "webhook" in error.message.lower():
            await self._delete_webhook()
        elif isinstance(error, Conflict):
            _LOG.error("another process uses this token: %s", error.message)
        else:
            _LOG.warning("getUpdates: %s; again in %.0f s", error.message, wait)
        await asyncio.sleep(wait)

    async def _delete_webhook(self) -> None:
        """A webhook left over from before keeps updates away; what waits there is kept."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
            _LOG.warning("a webhook that was left over is gone")
        except TelegramError as error:
            _LOG.warning("a webhook is left over, and can't be taken away: %s", error.message)


def _to_row(update: object) -> tuple[int, str, str] | UndecodableUpdate:
    """An update as a row of the inbox: its id, its lane, its JSON in ASCII, which holds even half a letter."""
    if isinstance(update, UndecodableUpdate):
        return update
    update_id = update.get("update_id") if isinstance(update, dict) else None
    valid_id = (
        update_id
        if isinstance(update_id, int) and not isinstance(update_id, bool) and abs(update_id) < _MAX_UPDATE_ID
        else None
    )
    try:
        text = json.dumps(update, separators=(",", ":"))
    except RecursionError:
        return UndecodableUpdate(valid_id, "nested too deep")
    if valid_id is None or not isinstance(update, dict):
        return UndecodableUpdate(None, text)
    return valid_id, lane_of(update), text


def lane_of(update: dict[str, Any]) -> str:
    """The chat, or else the person, whose updates are handled in order."""
    for content in update.values():
        if not isinstance(content, dict):
            continue
        nested = content.get("message")
        for holder in (content, nested if isinstance(nested, dict) else {}):
            chat = holder.get("chat")
            if isinstance(chat, dict) and "id" in chat:
                return f"chat {chat['id']}"
        user = content.get("from")
        if isinstance(user, dict) and "id" in user:
            return f"person {user['id']}"
    return "other"
