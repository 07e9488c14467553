"""How loops wake each other: each loop has a `Wakeup`, which is set when rows that it waits for were written."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, fields

_MAX_SLEEP_S = 20.0  # a loop runs at least this often, so that its heartbeat is seen
_PERIODIC = frozenset({"cleanup", "clock_monitor", "command_menu"})  # loops that wait for no rows


class Wakeup:
    """Ends the sleep of one loop."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """End the sleep of the loop. If it is not asleep, its next sleep ends at once."""
        self._event.set()

    async def wait(self, seconds: float | None) -> None:
        """Sleep until `set` is called, at most for `seconds`, and at most for 20 s; None sets no other limit."""
        timeout = _MAX_SLEEP_S if seconds is None else min(_MAX_SLEEP_S, max(0.0, seconds))
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._event.wait()
        self._event.clear()


@dataclass(frozen=True, slots=True)
class Wakeups:
    """The wakeup of each loop, under the name of its module."""

    dispatcher: Wakeup = field(default_factory=Wakeup)
    submit: Wakeup = field(default_factory=Wakeup)
    poll: Wakeup = field(default_factory=Wakeup)
    deliver: Wakeup = field(default_factory=Wakeup)
    status_messages: Wakeup = field(default_factory=Wakeup)
    draft_messages: Wakeup = field(default_factory=Wakeup)
    admin_notices: Wakeup = field(default_factory=Wakeup)
    balances: Wakeup = field(default_factory=Wakeup)
    clock_monitor: Wakeup = field(default_factory=Wakeup)
    cleanup: Wakeup = field(default_factory=Wakeup)
    command_menu: Wakeup = field(default_factory=Wakeup)

    def notify(self) -> None:
        """Wake every loop that waits for rows: one of them may have work now."""
        for loop in fields(self):
            if loop.name not in _PERIODIC:
                getattr(self, loop.name).set()

    def notify_all(self) -> None:
        """Wake every loop, at shutdown or when a test moves the clock."""
        for loop in fields(self):
            getattr(self, loop.name).set()
