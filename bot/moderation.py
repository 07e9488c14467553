"""Everything that is said in a chat is counted, whoever in the bot says it; a group is never told too much a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.ext import BaseRateLimiter

from bot.telegram_outcomes import NoRoom

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.quota import ChatQuota

    Answer = bool | dict[str, Any] | list[dict[str, Any]]

_RESULTS = frozenset({"editMessageMedia", "sendVideo"})
_SAID = _RESULTS | {"sendMessage", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}


class Moderation(BaseRateLimiter[None]):
    """Between the bot and Telegram: it waits for nothing, it counts and refuses; the callers come back later."""

    def __init__(self, quota: ChatQuota) -> None:
        self._quota = quota

    async def initialize(self) -> None:
        """Nothing to be made ready."""

    async def shutdown(self) -> None:
        """Nothing to be closed."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 -- PTB's interface
    ) -> Answer:
        """One call to Telegram.

        Raises:
            NoRoom: the group has heard enough for this minute.
        """
        if endpoint in _SAID:
            place = data.get("chat_id") or data.get("inline_message_id") or 0
            wait = self._quota.seconds_to_room(place, result=endpoint in _RESULTS)
            if wait > 0:
                raise NoRoom(wait)
            self._quota.count(place)
        return await callback(*args, **kwargs)
