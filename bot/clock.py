"""The bot's time: Unix time that never jumps while the process runs, however the machine's clock is set.

Rows and waits use this time alone. It goes on with a monotonic clock, so a step of the machine's clock moves nothing.
How far it is from the true time is known from the `Date` header of Telegram's responses. `ClockMonitor`
stores that, and the next start moves the times in the database by it.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from storage.admin_notices import NoticeKind
from video.services.http import CLOCK_RESOLUTION_S, parse_date

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from storage import Store
    from video.services.protocol import VideoService

MAX_SKEW_S = 60.0
"""A clock that is wrong by more is reported to the operator, and corrected for."""

_LOG = logging.getLogger(__name__)
_MIN_CHANGE_S = 5.0  # a smaller one may come from slow responses
_TELEGRAM = "Telegram"


def steady_seconds() -> float:
    """Return seconds that go on evenly, in suspend too where the system counts it."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class Clock:
    """Call it for the bot's time: Unix time in seconds.

    Before the first rows are read, `start` sets it to Telegram's time if the machine's clock is wrong.
    """

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = steady_seconds) -> None:
        """Begin with the machine's clock.

        Args:
            wall: the machine's clock, which may be set at any time: Unix time in seconds.
            steady: seconds that go on evenly.
        """
        self._wall = wall
        self._steady = steady
        self._origin = wall() - steady()
        self._telegram: float | None = None  # Telegram's time minus `steady`

    def __call__(self) -> float:
        """Return the bot's time."""
        return self._origin + self._steady()

    def telegram_time(self) -> float:
        """Return the time by Telegram's clock, to compare with the dates of messages."""
        return self() + self.lag

    def wall(self) -> float:
        """Return the time by the machine's clock."""
        return self._wall()

    async def observe(self, response: Any) -> None:
        """Learn Telegram's time from a response's `Date` header: a hook for httpx."""
        date = parse_date(response.headers.get("date", ""))
        if date is not None:
            self._telegram = date + CLOCK_RESOLUTION_S / 2 - self._steady()

    def start(self) -> float:
        """Begin with Telegram's time if the machine's clock is wrong; return the seconds by which it is ahead."""
        skew = self.wall_skew
        if abs(skew) > MAX_SKEW_S and self._telegram is not None:
            self._origin = self._telegram
        return skew

    @property
    def lag(self) -> float:
        """How far the true time is ahead of the bot's, in seconds.

        The true time is Telegram's, or that of the machine's clock if Telegram does not tell it.
        """
        true = self._wall() - self._steady() if self._telegram is None else self._telegram
        return true - self._origin

    @property
    def wall_skew(self) -> float:
        """How far the machine's clock is ahead of Telegram's, in seconds; 0 if Telegram does not tell its time."""
        return 0.0 if self._telegram is None else self._wall() - self._steady() - self._telegram


def describe_skew(seconds: float, whose: str) -> str:
    """Return a sentence about the machine's clock, which is so many seconds ahead of somebody's."""
    ahead = "ahead of" if seconds > 0 else "behind"
    return f"this machine's clock is {round(abs(seconds) / 60)} min {ahead} {whose}'s"


async def start_clock(clock: Clock, store: Store) -> None:
    """Set the bot's clock by Telegram's, and move the times in the database to it. Call this before rows are read."""
    skew = clock.start()
    if abs(skew) > MAX_SKEW_S:
        _LOG.warning("%s; the bot goes by Telegram's", describe_skew(skew, _TELEGRAM))
    seconds = await store.times.lag()
    newest = await store.times.newest()
    ahead = 0.0 if newest is None else newest + seconds - clock()
    if ahead > MAX_SKEW_S:  # nothing can have happened in the future: the clock was set back meanwhile
        seconds -= ahead
    if seconds:
        await store.times.move(seconds)
        _LOG.warning("moved all times by %+.0f s, as the machine's clock was set", seconds)


class ClockMonitor:
    """Notices steps of the machine's clock, stores the bot's lag, and tells the admins. Implements `Periodic`."""

    name = "the clock"
    interval = 10.0

    def __init__(
        self,
        clock: Clock,
        store: Store,
        services: Mapping[str, VideoService],
        notify_admins: Callable[[NoticeKind, str], Awaitable[object]],
    ) -> None:
        """Take the clock to compare, where its lag is stored, the services by name, and what tells the admins."""
        self._clock = clock
        self._store = store
        self._services = services
        self._notify_admins = notify_admins
        self._offset = self._clock.wall() - self._clock()
        self._stored_lag = 0.0
        self._skewed: dict[str, bool] = {}  # by whose clock

    async def run_once(self) -> None:
        """Compare all clocks once."""
        offset = self._clock.wall() - self._clock()
        if abs(offset - self._offset) > _MIN_CHANGE_S:
            _LOG.warning("the machine's clock was set by %+.0f s; waits go on as before", offset - self._offset)
        self._offset = offset
        lag = self._clock.lag
        if abs(lag - self._stored_lag) > _MIN_CHANGE_S:
            await self._store.times.set_lag(lag)
            self._stored_lag = lag
        await self._tell_admins(_TELEGRAM, self._clock.wall_skew)
        for name, service in self._services.items():
            if service.clock_skew is not None:
                await self._tell_admins(name, offset - service.clock_skew)

    async def _tell_admins(self, whose: str, skew: float) -> None:
        """Tell them once if the machine's clock is `skew` seconds ahead of somebody's, until it is right again."""
        skewed = abs(skew) > MAX_SKEW_S
        if skewed == self._skewed.get(whose):
            return
        self._skewed[whose] = skewed
        kind = NoticeKind("clock", whose)
        if skewed:
            _LOG.warning("%s", describe_skew(skew, whose))
            await self._notify_admins(kind, f"{skew / 60:+.0f} min".replace("-", "−"))
        else:
            await self._store.admin_notices.resolve(kind.encode())
