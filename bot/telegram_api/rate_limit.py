"""Rate limits: how much the bot has sent to each chat in the last minute, and which chats it must leave alone.

A chat is known by its key: its id or, for a message of inline or guest mode, the inline message id, since Telegram does
not say which chat that message is in.
"""

from __future__ import annotations

from collections import defaultdict, deque
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from telegram.ext import BaseRateLimiter

from bot.telegram_api.results import ChatBudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    ApiResult = bool | dict[str, Any] | list[dict[str, Any]]

_WINDOW_S = 60.0
_MAX_PER_SECOND = 20  # in all chats together; beyond it, progress waits. Telegram allows about 30
_MAX_CHATS = 10_000  # kept in memory
_RESULT_METHODS = frozenset({"editMessageMedia", "sendVideo"})
_COUNTED_METHODS = _RESULT_METHODS | {"sendMessage", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}


IS_ANSWER: ContextVar[bool] = ContextVar("is_answer", default=False)
"""True while an update is handled that makes no video, such as `/status`."""


class ChatBudget:
    """Allows `rate` messages and edits a minute in one chat.

    Progress stops at half of it. In a group, where Telegram allows no more, so do answers that make no video; what else
    is said stops at four fifths, so that the rest is left for results.
    """

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._sent: defaultdict[int | str, deque[float]] = defaultdict(deque)  # times, by chat
        self._blocked: dict[int | str, float] = {}
        self._recent: deque[float] = deque(maxlen=_MAX_PER_SECOND)

    def count(self, chat_key: int | str) -> None:
        """Count a message or an edit."""
        self._sent[chat_key].append(self._clock())
        self._recent.append(self._clock())
        if len(self._sent) > _MAX_CHATS:
            self._forget_idle_chats()

    def allows_progress(self, chat_key: int | str) -> bool:
        """Return True if progress may be shown in the chat now."""
        now = self._clock()
        if self.seconds_blocked(chat_key) > 0 or (len(self._recent) == _MAX_PER_SECOND and self._recent[0] > now - 1):
            return False
        return len(self._sent_in_window(chat_key)) < max(1, self._rate / 2)

    def retry_after(self, chat_key: int | str, *, result: bool) -> float:
        """Return the seconds until a group may be sent this, 0 if it may be now. Private chats need not wait."""
        if isinstance(chat_key, str) or chat_key > 0:
            return 0.0
        share = 1.0 if result else 0.5 if IS_ANSWER.get() else 0.8
        sent, maximum = self._sent_in_window(chat_key), max(1, int(self._rate * share))
        return sent[len(sent) - maximum] + _WINDOW_S - self._clock() if len(sent) >= maximum else 0.0

    def block(self, chat_key: int | str, seconds: float) -> None:
        """Leave the chat alone for so many seconds, as Telegram asked."""
        self._blocked[chat_key] = self._clock() + seconds

    def seconds_blocked(self, chat_key: int | str) -> float:
        """Return the seconds for which the chat is still blocked; 0 or less if it is not."""
        until = self._blocked.get(chat_key)
        if until is None:
            return 0.0
        left = until - self._clock()
        if left <= 0:
            del self._blocked[chat_key]
        return left

    def _sent_in_window(self, chat_key: int | str) -> deque[float]:
        """Return when something was sent to the chat in the last minute."""
        sent = self._sent.get(chat_key, deque())
        while sent and sent[0] <= self._clock() - _WINDOW_S:
            sent.popleft()
        return sent

    def _forget_idle_chats(self) -> None:
        window_start = self._clock() - _WINDOW_S
        for chat_key in [chat_key for chat_key, sent in self._sent.items() if not sent or sent[-1] <= window_start]:
            del self._sent[chat_key]


class RateLimiter(BaseRateLimiter[None]):
    """PTB rate limiter: count every message and edit per chat, and refuse those over a group's budget.

    It never waits. A caller whose call was refused makes it again later.
    """

    def __init__(self, budget: ChatBudget) -> None:
        self._budget = budget

    async def initialize(self) -> None:
        """Do nothing; PTB requires the method."""

    async def shutdown(self) -> None:
        """Do nothing; PTB requires the method."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, ApiResult]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 -- PTB's interface
    ) -> ApiResult:
        """Make one call to Telegram.

        Raises:
            ChatBudgetExceeded: the group's budget is used up; nothing was sent.
        """
        if endpoint in _COUNTED_METHODS:
            chat_key = data.get("chat_id") or data.get("inline_message_id") or 0
            seconds = self._budget.retry_after(chat_key, result=endpoint in _RESULT_METHODS)
            if seconds > 0:
                raise ChatBudgetExceeded(seconds)
            self._budget.count(chat_key)
        return await callback(*args, **kwargs)
