"""The loop of a worker: it finds the rows that are due, and does one step of each.

It reports each round and each running step to the heartbeat, and sleeps on a `Wakeup`. An exception of the database
ends the loop, and with it the process: without the database, nothing can be promised.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from bot.private_words import private_words, texts_of_row
from bot.wakeups import Slots
from storage import StorageError, is_row_error

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from bot.wakeups import Wakeup

_LOG = logging.getLogger(__name__)
_BUSY_RETRY_S = 1.0


class Row(Protocol):
    """A row that a worker processes, such as a job or a draft."""

    @property
    def id(self) -> str:
        """The row's id."""
        ...


RowT = TypeVar("RowT", bound=Row)


class Worker(Protocol[RowT]):
    """Finds rows that are due, and does one step of each. `name` is the worker's name in the heartbeat and the log."""

    name: str

    async def find_due(self, limit: int) -> Sequence[RowT]:
        """Return the rows whose step is due now, at most `limit`, in order of their turn."""
        ...

    async def step(self, row: RowT) -> None:
        """Do one step; its outcome is committed when this returns."""
        ...

    async def postpone(self, row: RowT) -> None:
        """Called after an unexpected exception: schedule the row again."""
        ...

    async def next_due(self) -> float | None:
        """Return when the next row is due, as Unix time in seconds. None if no row waits."""
        ...


class StepHeartbeat(Protocol):
    """Learns which loops run, and which steps."""

    def beat(self, loop: str) -> None:
        """Note that a loop began a round."""
        ...

    def step(self, name: str) -> AbstractContextManager[None]:
        """Note that a step runs during the block."""
        ...


@dataclass(frozen=True, slots=True)
class Concurrency:
    """How many steps of a worker run at once.

    Attributes:
        count: how many of each group.
        group_of: returns the group of a row, if there are several; `find_due` then returns up to its limit of each.
            A group whose steps take long, such as the jobs of a service that does not answer, holds up no other.
        patience: seconds after which a running step does not count any more; None for never.
    """

    count: int
    group_of: Callable[[Any], Hashable] | None = None
    patience: float | None = None


class WorkerLoop(Generic[RowT]):
    """Runs the steps of one worker, as many at once as `concurrency` allows, and sleeps until the next row is due.

    Loops that share `in_progress` never work on the same id at once. The end of a step sets the loop's own wakeup and
    those in `notifies`, whose loops may have work after it.

    If a step raises, that is logged and its row postponed, so that one row never stops the others.
    """

    def __init__(
        self,
        worker: Worker[RowT],
        *,
        concurrency: Concurrency,
        in_progress: InProgress,
        wakeup: Wakeup,
        notifies: Sequence[Wakeup],
        clock: Callable[[], float],
        heartbeat: StepHeartbeat,
        stop: asyncio.Event,
    ) -> None:
        self._worker = worker
        self._concurrency = concurrency
        self._slots = defaultdict[object, Slots](
            lambda: Slots(concurrency.count, patience=concurrency.patience, freed=wakeup.set)
        )
        self._in_progress = in_progress
        self._given_up: set[str] = set()  # rows that can't even be postponed; they stay in progress
        self._notifies = notifies
        self._wakeup = wakeup
        self._clock = clock
        self._heartbeat = heartbeat
        self._stop = stop

    async def run(self) -> None:
        """Run until `stop` is set, then until the running steps have ended."""
        async with asyncio.TaskGroup() as group:
            while not self._stop.is_set():
                self._heartbeat.beat(self._worker.name)
                started = await self._start_due(group)
                if not started:
                    await self._wakeup.wait(await self._seconds_to_next())

    async def _start_due(self, group: asyncio.TaskGroup) -> int:
        """Start a step of each row that is due, as far as the slots allow; return how many were started."""
        if self._full:
            return 0
        with self._in_progress.snapshot() as in_progress:
            # The first rows found may be in progress, so ask for enough to see past them.
            found = await self._worker.find_due(self._concurrency.count + len(self._in_progress))
        started = 0
        for row in found:
            slots = self._slots[self._concurrency.group_of(row) if self._concurrency.group_of else None]
            if row.id in in_progress or slots.free <= 0:
                continue
            started += 1
            self._in_progress.add(row.id)
            group.create_task(self._run_step(row, slots.take()), name=f"{self._worker.name} {row.id}")
        return started

    @property
    def _full(self) -> bool:
        """True if no row of any group could start."""
        return self._concurrency.group_of is None and self._slots[None].free <= 0

    async def _run_step(self, row: RowT, end: Callable[[], None]) -> None:
        try:
            with self._heartbeat.step(f"{self._worker.name} {row.id}"), private_words(texts_of_row(row)):
                await self._try_step(row)
        finally:
            end()
            if row.id not in self._given_up:
                self._in_progress.discard(row.id)
            for wakeup in (self._wakeup, *self._notifies):
                wakeup.set()

    async def _try_step(self, row: RowT) -> None:
        try:
            await self._worker.step(row)
        except Exception as error:
            if isinstance(error, StorageError) and not is_row_error(error):
                raise
            _LOG.exception("%s failed job=%s", self._worker.name, row.id)
            await self._postpone(row)

    async def _postpone(self, row: RowT) -> None:
        """Postpone the row. If even that fails because of the row itself, it rests until the next start."""
        try:
            await self._worker.postpone(row)
        except Exception as error:
            if isinstance(error, StorageError) and not is_row_error(error):
                raise
            _LOG.exception("%s left alone job=%s", self._worker.name, row.id)
            self._given_up.add(row.id)

    async def _seconds_to_next(self) -> float | None:
        if self._full:
            return None  # the end of a step wakes this loop
        due_at = await self._worker.next_due()
        if due_at is None:
            return None
        seconds = due_at - self._clock()
        # Due but not started: another loop works on that row, or its group is full.
        return seconds if seconds > 0 else _BUSY_RETRY_S


class InProgress:
    """The ids of rows of which a step is running; shared by the loops that work on the same rows."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._snapshots: dict[object, set[str]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @contextmanager
    def snapshot(self) -> Iterator[set[str]]:
        """Yield the ids that were in progress at any time during the block.

        A row that was read in the block may be stale if its id is among them.
        """
        key = object()
        self._snapshots[key] = set(self._ids)
        try:
            yield self._snapshots[key]
        finally:
            del self._snapshots[key]

    def add(self, row_id: str) -> None:
        """Note that a step of this row begins."""
        self._ids.add(row_id)
        for snapshot in self._snapshots.values():
            snapshot.add(row_id)

    def discard(self, row_id: str) -> None:
        """Note that the step of this row has ended."""
        self._ids.discard(row_id)
