"""How much was said in each chat in the last minute, and which chats asked for patience.

A message of inline or guest mode is a place of its own, named by its id: nobody says which chat it is in.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

from telegram.ext import BaseRateLimiter

from bot.telegram_api.results import ChatBudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    ApiResult = bool | dict[str, Any] | list[dict[str, Any]]


_WINDOW_S = 60.0  # seconds
_MAX_PER_SECOND = 20  # a second, over all chats: beyond it progress waits; Telegram allows about 30


class ChatBudget:
    """`rate` messages and edits a minute in one chat.

    Progress stops at half of it. In a group, where Telegram allows no more, questions and answers stop at four fifths,
    and the rest is for results.
    """

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._sent: defaultdict[int | str, deque[float]] = defaultdict(deque)
        self._blocked: dict[int | str, float] = {}
        self._recent: deque[float] = deque(maxlen=_MAX_PER_SECOND)

    def count(self, chat_key: int | str) -> None:
        """Something is being said there."""
        self._sent[chat_key].append(self._clock())
        self._recent.append(self._clock())
        if len(self._sent) > 10_000:  # chats: forget the quiet ones
            self._forget_idle_chats()

    def allows_progress(self, chat_key: int | str) -> bool:
        """Whether progress may be shown there now."""
        now = self._clock()
        if self.seconds_blocked(chat_key) > 0 or (len(self._recent) == _MAX_PER_SECOND and self._recent[0] > now - 1):
            return False
        return len(self._sent_in_window(chat_key)) < max(1, self._rate / 2)

    def retry_after(self, chat_key: int | str, *, result: bool) -> float:
        """How long a group has to be left alone before this is said there; 0: it may be said now."""
        if isinstance(chat_key, str) or chat_key > 0:
            return 0.0
        sent, maximum = self._sent_in_window(chat_key), self._rate if result else max(1, self._rate * 4 // 5)
        return sent[len(sent) - maximum] + _WINDOW_S - self._clock() if len(sent) >= maximum else 0.0

    def _sent_in_window(self, chat_key: int | str) -> deque[float]:
        """When something was said there in the last minute."""
        sent = self._sent.get(chat_key, deque())
        while sent and sent[0] <= self._clock() - _WINDOW_S:
            sent.popleft()
        return sent

    def block(self, chat_key: int | str, seconds: float) -> None:
        """Telegram asked for so many seconds of patience there."""
        self._blocked[chat_key] = self._clock() + seconds

    def seconds_blocked(self, chat_key: int | str) -> float:
        """How long nothing may be said there yet; 0 or less: it may."""
        until = self._blocked.get(chat_key)
        if until is None:
            return 0.0
        left = until - self._clock()
        if left <= 0:
            del self._blocked[chat_key]
        return left

    def _forget_idle_chats(self) -> None:
        window_start = self._clock() - _WINDOW_S
        for chat_key in [chat for chat, said in self._sent.items() if not said or said[-1] <= window_start]:
            del self._sent[chat_key]


_RESULT_METHODS = frozenset({"editMessageMedia", "sendVideo"})
_COUNTED_METHODS = _RESULT_METHODS | {"sendMessage", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}


class RateLimiter(BaseRateLimiter[None]):
    """Between the bot and Telegram: it waits for nothing, it counts and refuses; the callers come back later."""

    def __init__(self, budget: ChatBudget) -> None:
        self._budget = budget

    async def initialize(self) -> None:
        """Nothing to be made ready."""

    async def shutdown(self) -> None:
        """Nothing to be closed."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, ApiResult]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 -- PTB's interface
    ) -> ApiResult:
        """One call to Telegram.

        Raises:
            NoRoom: the group has heard enough for this minute.
        """
        if endpoint in _COUNTED_METHODS:
            chat_key = data.get("chat_id") or data.get("inline_message_id") or 0
            wait = self._budget.retry_after(chat_key, result=endpoint in _RESULT_METHODS)
            if wait > 0:
                raise ChatBudgetExceeded(wait)
            self._budget.count(chat_key)
        return await callback(*args, **kwargs)
