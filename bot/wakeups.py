"""How loops wake each other, and how many steps each runs at once.

Each loop has a `Wakeup`, which is set when rows that it waits for were written, and `Slots` for its steps.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_SLEEP_S = 20.0  # a loop runs at least this often, so that its heartbeat is seen
_SLOW_FACTOR = 24  # times as many steps may run in all, slow ones included
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


class Slots:
    """Allows `count` steps at once, and as many more as are slow, up to a maximum.

    Attributes:
        running: how many steps run now, slow ones included.
    """

    def __init__(self, count: int, *, patience: float | None = None, freed: Callable[[], None]) -> None:
        """Make free slots.

        Args:
            count: how many steps may run at once.
            patience: seconds after which a running step counts as slow, and gives its slot back; None for never.
            freed: called when a slow step has given its slot back.
        """
        self.running = 0
        self._count = count
        self._patience = patience
        self._freed = freed
        self._taken = 0

    @property
    def free(self) -> int:
        """How many more steps may start now."""
        return min(self._count - self._taken, self._count * _SLOW_FACTOR - self.running)

    def take(self) -> Callable[[], None]:
        """Take a slot; return a function that must be called once, at the end of the step."""
        self.running += 1
        self._taken += 1
        timer: asyncio.TimerHandle | None = None

        def give_back() -> None:
            nonlocal timer
            timer = None
            self._taken -= 1
            self._freed()

        def end() -> None:
            self.running -= 1
            if timer is not None:
                timer.cancel()
            if timer is not None or self._patience is None:
                self._taken -= 1

        if self._patience is not None:
            timer = asyncio.get_running_loop().call_later(self._patience, give_back)
        return end
