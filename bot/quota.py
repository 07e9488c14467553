"""How much was said in each chat in the last minute, and which chats asked for patience."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WINDOW = 60.0  # seconds
_IN_ALL = 20  # a second, over all chats: beyond it progress waits; Telegram allows about 30


class ChatQuota:
    """`rate` messages and edits a minute in one chat: progress stops at half of it, results always go."""

    def __init__(self, rate: int, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._said: defaultdict[int, deque[float]] = defaultdict(deque)
        self._blocked: dict[int, float] = {}
        self._latest: deque[float] = deque(maxlen=_IN_ALL)

    def count(self, chat_id: int) -> None:
        """Something is being said there."""
        self._said[chat_id].append(self._clock())
        self._latest.append(self._clock())
        if len(self._said) > 10_000:  # chats: forget the quiet ones
            self._forget_quiet()

    def has_room(self, chat_id: int) -> bool:
        """Whether progress may be shown there now."""
        now = self._clock()
        if self.seconds_blocked(chat_id) > 0 or (len(self._latest) == _IN_ALL and self._latest[0] > now - 1):
            return False
        said = self._said.get(chat_id, deque())
        while said and said[0] <= now - _WINDOW:
            said.popleft()
        return len(said) < max(1, self._rate / 2)

    def block(self, chat_id: int, seconds: float) -> None:
        """Telegram asked for so many seconds of patience there."""
        self._blocked[chat_id] = self._clock() + seconds

    def seconds_blocked(self, chat_id: int) -> float:
        """How long nothing may be said there yet; 0 or less: it may."""
        until = self._blocked.get(chat_id)
        if until is None:
            return 0.0
        left = until - self._clock()
        if left <= 0:
            del self._blocked[chat_id]
        return left

    def _forget_quiet(self) -> None:
        horizon = self._clock() - _WINDOW
        for chat_id in [chat for chat, said in self._said.items() if not said or said[-1] <= horizon]:
            del self._said[chat_id]
