"""Tells since when updates can have been waiting at Telegram, which does not say when a button was pressed.

Telegram keeps updates for 24 hours. What a batch brings was sent after the last call that left nothing waiting, so that
time is remembered across starts.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage import Store

_NAME = "nothing_waited_at"
_WRITE_INTERVAL_S = 60.0


class Arrival:
    """The last time at which nothing was waiting at Telegram."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._before_start: float | None = None
        self._emptied_at: float | None = None  # by the monotonic clock, as the other one may be set
        self._written_at = float("-inf")

    async def load(self) -> None:
        """Read what the last process knew."""
        written = await self._store.key_values.get(_NAME)
        self._before_start = float(written) if written else await self._store.inbox.last_received_at()

    def sent_after(self) -> float | None:
        """Return the time after which the next batch was sent (Unix seconds); None if this is the first start."""
        if self._emptied_at is None:
            return self._before_start
        return self._clock() - (monotonic() - self._emptied_at)

    async def nothing_waits(self, since: float) -> None:
        """Remember that nothing was waiting when a call began.

        Args:
            since: when the call began, by the monotonic clock (seconds).
        """
        self._emptied_at = since
        if monotonic() - self._written_at >= _WRITE_INTERVAL_S:
            self._written_at = monotonic()
            await self._store.key_values.set(_NAME, str(self.sent_after()))
