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
_BUSY_RETRY_S = 1.0  # seconds


class Row(Protocol):
    """A row that a lane works on."""

    @property
    def id(self) -> str:
        """Which row."""
        ...


RowT = TypeVar("RowT", bound=Row)


class Worker(Protocol[RowT]):
    """What a lane does."""

    name: str

    async def find_due(self, limit: int) -> Sequence[RowT]:
        """Rows whose step is due now, `limit` at most."""
        ...

    async def step(self, row: RowT) -> None:
        """One step; its outcome is committed when this returns."""
        ...

    async def postpone(self, row: RowT) -> None:
        """The step raised what nobody foresaw: take the row up again later."""
        ...

    async def next_due(self) -> float | None:
        """When a row is next due: Unix time in seconds."""
        ...


class WorkerLoop(Generic[RowT]):
    """Runs steps, at most `width` at once, and sleeps until the next is due or its bell rings.

    Lanes that share their `holds` never work on the same id at once. The end of a step rings the bells of the
    lanes that may have something to do after it (`rings`).

    A step that raises is logged and its row postponed, so that one job never stops the others. An error of
    the database ends the lane, and with it the process: nothing can be promised without it.
    """

    def __init__(
        self,
        worker: Worker[RowT],
        *,
        concurrency: int,
        in_progress: InProgress,
        wakeup: Wakeup,
        notifies: Sequence[Wakeup],
        clock: Callable[[], float],
        heartbeat: Callable[[str], None],
        stop: asyncio.Event,
    ) -> None:
        self._worker = worker
        self._concurrency = concurrency
        self._in_progress = in_progress
        self._notifies = notifies
        self._running = 0
        self._wakeup = wakeup
        self._clock = clock
        self._heartbeat = heartbeat
        self._stop = stop

    async def run(self) -> None:
        """Go round until the stop; then see the steps under way to their end."""
        async with asyncio.TaskGroup() as group:
            while not self._stop.is_set():
                self._heartbeat(self._worker.name)
                started = await self._start_due(group)
                if not started:
                    await self._wakeup.wait(await self._seconds_to_next())

    async def _start_due(self, group: asyncio.TaskGroup) -> int:
        free = self._concurrency - self._running
        if free <= 0:
            return 0
        with self._in_progress.snapshot() as in_progress:
            # Rows that are held may come first: look far enough to see past them.
            found = await self._worker.find_due(free + len(self._in_progress))
        rows = [row for row in found if row.id not in in_progress][:free]
        for row in rows:
            self._in_progress.add(row.id)
            self._running += 1
            group.create_task(self._run_step(row), name=f"{self._worker.name} {row.id}")
        return len(rows)

    async def _run_step(self, row: RowT) -> None:
        try:
            await self._worker.step(row)
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 -- see above
            _LOG.exception("%s failed job=%s", self._worker.name, row.id)
            await self._worker.postpone(row)
        finally:
            self._running -= 1
            self._in_progress.discard(row.id)
            for wakeup in (self._wakeup, *self._notifies):
                wakeup.set()

    async def _seconds_to_next(self) -> float | None:
        if self._running >= self._concurrency:
            return None  # a step's end rings the bell
        due = await self._worker.next_due()
        if due is None:
            return None
        wait = due - self._clock()
        return wait if wait > 0 else _BUSY_RETRY_S  # due, and not started: another lane holds it


class InProgress:
    """Ids of rows, held while a step of theirs is under way."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._snapshots: dict[object, set[str]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @contextmanager
    def snapshot(self) -> Iterator[set[str]]:
        """The ids that were held at any time while rows were being read: what was read of them may be old."""
        key = object()
        self._snapshots[key] = set(self._ids)
        try:
            yield self._snapshots[key]
        finally:
            del self._snapshots[key]

    def add(self, row_id: str) -> None:
        """A step of this row begins."""
        self._ids.add(row_id)
        for snapshot in self._snapshots.values():
            snapshot.add(row_id)

    def discard(self, row_id: str) -> None:
        """It has ended."""
        self._ids.discard(row_id)
