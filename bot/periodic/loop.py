"""The loop of a periodic task. It reports each round to the heartbeat, and sleeps on a `Wakeup`.

An exception ends the loop, and with it the process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.wakeups import Wakeup


class Periodic(Protocol):
    """A task that is repeated. `name` is its name in the heartbeat, `interval` its longest pause in seconds."""

    name: str
    interval: float

    async def run_once(self) -> None:
        """Do the task once; it may find that nothing is to be done yet."""
        ...


class PeriodicLoop:
    """Repeats a periodic task: after `interval`, or when its wakeup is set. It may be cancelled at any time."""

    def __init__(self, task: Periodic, *, wakeup: Wakeup, heartbeat: Callable[[str], None]) -> None:
        self._task = task
        self._wakeup = wakeup
        self._heartbeat = heartbeat

    async def run(self) -> None:
        """Run until cancelled."""
        while True:
            self._heartbeat(self._task.name)
            await self._task.run_once()
            await self._wakeup.wait(self._task.interval)
