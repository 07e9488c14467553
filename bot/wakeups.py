"""How the loops wake each other: a bell each, rung when rows were written that its loop waits for."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, fields

_LONGEST_SLEEP = 20.0  # seconds: a loop looks at least this often, and shows that it lives
_BY_THE_CLOCK = frozenset({"tidy", "menu"})  # loops that no row wakes


class Bell:
    """Wakes one loop."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the loop, or let it go round once more."""
        self._rung.set()

    async def wait(self, seconds: float | None) -> None:
        """Sleep until the bell is rung, for `seconds` at most, and never very long."""
        longest = _LONGEST_SLEEP if seconds is None else min(_LONGEST_SLEEP, max(0.0, seconds))
        with suppress(TimeoutError):
            async with asyncio.timeout(longest):
                await self._rung.wait()
        self._rung.clear()


@dataclass(frozen=True, slots=True)
class Bells:
    """All of them, by the loop that each wakes."""

    dispatch: Bell = field(default_factory=Bell)
    show: Bell = field(default_factory=Bell)
    prompt: Bell = field(default_factory=Bell)
    submit: Bell = field(default_factory=Bell)
    watch: Bell = field(default_factory=Bell)
    deliver: Bell = field(default_factory=Bell)
    tell: Bell = field(default_factory=Bell)
    purse: Bell = field(default_factory=Bell)
    tidy: Bell = field(default_factory=Bell)
    menu: Bell = field(default_factory=Bell)

    def wake(self) -> None:
        """A row changed that may concern any of those who work on rows."""
        for one in fields(self):
            if one.name not in _BY_THE_CLOCK:
                getattr(self, one.name).ring()

    def ring_all(self) -> None:
        """Everybody looks: the bot is ending, or the time has moved."""
        for one in fields(self):
            getattr(self, one.name).ring()
