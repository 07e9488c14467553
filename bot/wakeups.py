"""How the loops wake each other: a bell each, rung when rows were written that its loop waits for."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, fields

_MAX_SLEEP_S = 20.0  # seconds: a loop looks at least this often, and shows that it lives
_PERIODIC = frozenset({"cleanup", "command_menu"})  # loops that no row wakes


class Wakeup:
    """Wakes one loop."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """Wake the loop, or let it go round once more."""
        self._event.set()

    async def wait(self, seconds: float | None) -> None:
        """Sleep until the bell is rung, for `seconds` at most, and never very long."""
        timeout = _MAX_SLEEP_S if seconds is None else min(_MAX_SLEEP_S, max(0.0, seconds))
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._event.wait()
        self._event.clear()


@dataclass(frozen=True, slots=True)
class Wakeups:
    """All of them, by the loop that each wakes."""

    dispatcher: Wakeup = field(default_factory=Wakeup)
    status_messages: Wakeup = field(default_factory=Wakeup)
    draft_messages: Wakeup = field(default_factory=Wakeup)
    submit: Wakeup = field(default_factory=Wakeup)
    poll: Wakeup = field(default_factory=Wakeup)
    deliver: Wakeup = field(default_factory=Wakeup)
    admin_notices: Wakeup = field(default_factory=Wakeup)
    balances: Wakeup = field(default_factory=Wakeup)
    cleanup: Wakeup = field(default_factory=Wakeup)
    command_menu: Wakeup = field(default_factory=Wakeup)

    def notify(self) -> None:
        """A row changed that may concern any of those who work on rows."""
        for one in fields(self):
            if one.name not in _PERIODIC:
                getattr(self, one.name).set()

    def notify_all(self) -> None:
        """Everybody looks: the bot is ending, or the time has moved."""
        for one in fields(self):
            getattr(self, one.name).set()
