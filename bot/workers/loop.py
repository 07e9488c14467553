"""The shape of every background loop: find what is due, do one step of each, a few at a time."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.wakeups import Wakeup


_LOG = logging.getLogger(__name__)
_HELD = 1.0  # seconds


class Work(Protocol):
    """A row that a lane works on."""

    @property
    def id(self) -> str:
        """Which row."""
        ...


Row = TypeVar("Row", bound=Work)


class Worker(Protocol[Row]):
    """What a lane does."""

    name: str

    async def find(self, limit: int) -> Sequence[Row]:
        """Rows whose step is due now, `limit` at most."""
        ...

    async def step(self, row: Row) -> None:
        """One step; its outcome is committed when this returns."""
        ...

    async def postpone(self, row: Row) -> None:
        """The step raised what nobody foresaw: take the row up again later."""
        ...

    async def next_due(self) -> float | None:
        """When a row is next due: Unix time in seconds."""
        ...


class WorkerLoop(Generic[Row]):
    """Runs steps, at most `width` at once, and sleeps until the next is due or its bell rings.

    Lanes that share their `holds` never work on the same id at once. The end of a step rings the bells of the
    lanes that may have something to do after it (`rings`).

    A step that raises is logged and its row postponed, so that one job never stops the others. An error of
    the database ends the lane, and with it the process: nothing can be promised without it.
    """

    def __init__(
        self,
        steps: Worker[Row],
        *,
        width: int,
        holds: InProgress,
        bell: Wakeup,
        rings: Sequence[Wakeup],
        clock: Callable[[], float],
        beat: Callable[[str], None],
        stop: asyncio.Event,
    ) -> None:
        self._steps = steps
        self._width = width
        self._holds = holds
        self._rings = rings
        self._mine = 0
        self._bell = bell
        self._clock = clock
        self._beat = beat
        self._stop = stop

    async def run(self) -> None:
        """Go round until the stop; then see the steps under way to their end."""
        async with asyncio.TaskGroup() as group:
            while not self._stop.is_set():
                self._beat(self._steps.name)
                started = await self._start_due(group)
                if not started:
                    await self._bell.wait(await self._seconds_to_next())

    async def _start_due(self, group: asyncio.TaskGroup) -> int:
        free = self._width - self._mine
        if free <= 0:
            return 0
        with self._holds.snapshot() as moved:
            # Rows that are held may come first: look far enough to see past them.
            found = await self._steps.find(free + len(self._holds))
        rows = [row for row in found if row.id not in moved][:free]
        for row in rows:
            self._holds.add(row.id)
            self._mine += 1
            group.create_task(self._one(row), name=f"{self._steps.name} {row.id}")
        return len(rows)

    async def _one(self, row: Row) -> None:
        try:
            await self._steps.step(row)
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 -- see above
            _LOG.exception("%s failed job=%s", self._steps.name, row.id)
            await self._steps.postpone(row)
        finally:
            self._mine -= 1
            self._holds.discard(row.id)
            for bell in (self._bell, *self._rings):
                bell.set()

    async def _seconds_to_next(self) -> float | None:
        if self._mine >= self._width:
            return None  # a step's end rings the bell
        due = await self._steps.next_due()
        if due is None:
            return None
        wait = due - self._clock()
        return wait if wait > 0 else _HELD  # due, and not started: another lane holds it


class InProgress:
    """Ids of rows, held while a step of theirs is under way."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._looks: dict[object, set[str]] = {}

    def __len__(self) -> int:
        return len(self._held)

    @contextmanager
    def snapshot(self) -> Iterator[set[str]]:
        """The ids that were held at any time while rows were being read: what was read of them may be old."""
        look = object()
        self._looks[look] = set(self._held)
        try:
            yield self._looks[look]
        finally:
            del self._looks[look]

    def add(self, row_id: str) -> None:
        """A step of this row begins."""
        self._held.add(row_id)
        for moved in self._looks.values():
            moved.add(row_id)

    def discard(self, row_id: str) -> None:
        """It has ended."""
        self._held.discard(row_id)
