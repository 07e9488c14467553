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


_WINDOW = 60.0  # seconds
_IN_ALL = 20  # a second, over all chats: beyond it progress waits; Telegram allows about 30


class ChatBudget:
    """`rate` messages and edits a minute in one chat.

    Progress stops at half of it. In a group, where Telegram allows no more, questions and answers stop at four fifths,
    and the rest is for results.
    """

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._said: defaultdict[int | str, deque[float]] = defaultdict(deque)
        self._blocked: dict[int | str, float] = {}
        self._latest: deque[float] = deque(maxlen=_IN_ALL)

    def count(self, place: int | str) -> None:
        """Something is being said there."""
        self._said[place].append(self._clock())
        self._latest.append(self._clock())
        if len(self._said) > 10_000:  # chats: forget the quiet ones
            self._forget_quiet()

    def allows_progress(self, place: int | str) -> bool:
        """Whether progress may be shown there now."""
        now = self._clock()
        if self.seconds_blocked(place) > 0 or (len(self._latest) == _IN_ALL and self._latest[0] > now - 1):
            return False
        return len(self._lately(place)) < max(1, self._rate / 2)

    def retry_after(self, place: int | str, *, result: bool) -> float:
        """How long a group has to be left alone before this is said there; 0: it may be said now."""
        if isinstance(place, str) or place > 0:
            return 0.0
        said, most = self._lately(place), self._rate if result else max(1, self._rate * 4 // 5)
        return said[len(said) - most] + _WINDOW - self._clock() if len(said) >= most else 0.0

    def _lately(self, place: int | str) -> deque[float]:
        """When something was said there in the last minute."""
        said = self._said.get(place, deque())
        while said and said[0] <= self._clock() - _WINDOW:
            said.popleft()
        return said

    def block(self, place: int | str, seconds: float) -> None:
        """Telegram asked for so many seconds of patience there."""
        self._blocked[place] = self._clock() + seconds

    def seconds_blocked(self, place: int | str) -> float:
        """How long nothing may be said there yet; 0 or less: it may."""
        until = self._blocked.get(place)
        if until is None:
            return 0.0
        left = until - self._clock()
        if left <= 0:
            del self._blocked[place]
        return left

    def _forget_quiet(self) -> None:
        horizon = self._clock() - _WINDOW
        for place in [chat for chat, said in self._said.items() if not said or said[-1] <= horizon]:
            del self._said[place]


_RESULTS = frozenset({"editMessageMedia", "sendVideo"})
_SAID = _RESULTS | {"sendMessage", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}


class RateLimiter(BaseRateLimiter[None]):
    """Between the bot and Telegram: it waits for nothing, it counts and refuses; the callers come back later."""

    def __init__(self, quota: ChatBudget) -> None:
        self._quota = quota

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
        if endpoint in _SAID:
            place = data.get("chat_id") or data.get("inline_message_id") or 0
            wait = self._quota.retry_after(place, result=endpoint in _RESULTS)
            if wait > 0:
                raise ChatBudgetExceeded(wait)
            self._quota.count(place)
        return await callback(*args, **kwargs)
