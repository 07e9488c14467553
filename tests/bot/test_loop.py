"""The two loops: a worker's rows, one step of each at a time, and a task that is repeated."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from sqlite3 import IntegrityError
from typing import TYPE_CHECKING, NamedTuple, Self

import pytest

from bot.periodic.loop import PeriodicLoop
from bot.wakeups import Wakeup
from bot.workers.loop import Concurrency, InProgress, WorkerLoop
from storage import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CEILING_S = 60


class Row(NamedTuple):
    """A row with an id."""

    id: str


@dataclass
class Rows:
    """A worker whose rows are due until their step has ended; a step ends when a test says so."""

    due: list[str]
    name: str = "rows"
    error: Exception | None = None
    stubborn: str = ""  # the row whose postponement raises
    running: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    postponed: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def find_due(self, limit: int) -> list[Row]:
        """Return the first rows that are due."""
        await asyncio.sleep(0)
        return [Row(row_id) for row_id in self.due[:limit]]

    async def step(self, row: Row) -> None:
        """Wait until the step may end, then raise, or take the row out of those that are due."""
        self.started.append(row.id)
        self.running.append(row.id)
        self.changed.set()
        await self.may_end.acquire()
        self.running.remove(row.id)
        if self.error is not None:
            raise self.error
        self.due.remove(row.id)
        self.changed.set()

    async def postpone(self, row: Row) -> None:
        """Take the row out of those that are due, as if its time were later."""
        if row.id == self.stubborn:
            raise IntegrityError("nor this")
        self.postponed.append(row.id)
        self.due.remove(row.id)
        self.changed.set()

    async def next_due(self) -> float | None:
        """Return when a row is due: now, if one is."""
        return 0.0 if self.due else None

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(CEILING_S):
            while not condition():
                self.changed.clear()
                await self.changed.wait()


class Running:
    """A loop that runs, with what it shares."""

    def __init__(
        self, rows: Rows, *, concurrency: int | Concurrency = 2, in_progress: InProgress | None = None
    ) -> None:
        self._rows = rows
        self.stop = asyncio.Event()
        self.wakeup, self.next_loop = Wakeup(), Wakeup()
        self.beats: list[str] = []
        self.steps: set[str] = set()
        self.in_progress = InProgress() if in_progress is None else in_progress
        self._loop = WorkerLoop(
            rows,
            concurrency=concurrency if isinstance(concurrency, Concurrency) else Concurrency(concurrency),
            in_progress=self.in_progress,
            wakeup=self.wakeup,
            notifies=[self.next_loop],
            clock=lambda: 1_000.0,
            heartbeat=self,
            stop=self.stop,
        )
        self.task = asyncio.ensure_future(self._loop.run())

    def beat(self, loop: str) -> None:
        """Note a round of the loop, as the heartbeat does."""
        self.beats.append(loop)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Note a step while it runs, as the heartbeat does."""
        self.steps.add(name)
        try:
            yield
        finally:
            self.steps.remove(name)

    async def end(self) -> None:
        """Set the stop, and wait for the loop's end."""
        self.stop.set()
        self.wakeup.set()
        async with asyncio.timeout(CEILING_S):
            await self.task

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        for _ in range(len(self._rows.due) + 1):
            self._rows.may_end.release()
        await self.end()


async def settle() -> None:
    """Let every task go on as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_no_more_steps_at_once_than_allowed() -> None:
    """Of five rows that are due, two are worked on, and each that ends makes room for the next."""
    rows = Rows(list("abcde"))
    async with Running(rows, concurrency=2) as running:
        await rows.until(lambda: rows.running == ["a", "b"])
        await settle()
        assert rows.started == ["a", "b"]
        rows.may_end.release()
        await rows.until(lambda: len(rows.started) == 3)
        assert len(rows.running) == 2
        assert len(running.in_progress) == 2
        for _ in range(4):
            rows.may_end.release()
        await rows.until(lambda: rows.due == [])
    assert rows.started == list("abcde")


async def test_row_43_each_group_has_its_own_steps() -> None:
    """While the steps of one group take long, rows of another are worked on, as many as that group may have."""
    rows = Rows(["a1", "a2", "b1", "b2", "b3"])
    async with Running(rows, concurrency=Concurrency(2, lambda row: row.id[0])):
        await rows.until(lambda: rows.running == ["a1", "a2"])
        await rows.until(lambda: rows.running == ["a1", "a2", "b1", "b2"])
        await settle()
        assert rows.started == ["a1", "a2", "b1", "b2"]


async def test_row_43_slow_steps_hold_up_no_other() -> None:
    """A step that takes longer than the loop's patience no longer keeps the next row waiting."""
    rows = Rows(["a", "b", "c"])
    async with Running(rows, concurrency=Concurrency(1, patience=0.01)):
        await rows.until(lambda: rows.running == ["a", "b", "c"])


async def test_row_44_a_row_that_can_not_even_be_postponed() -> None:
    """A row whose step and whose postponement raise for its own sake rests until the next start; others go on."""
    rows = Rows(["a", "b"], error=IntegrityError("nobody expected this"), stubborn="a")
    async with Running(rows, concurrency=1) as running:
        await rows.until(lambda: rows.running == ["a"])
        rows.may_end.release()
        await rows.until(lambda: rows.running == ["b"])
        rows.may_end.release()
        await rows.until(lambda: rows.postponed == ["b"])
        await settle()
        assert rows.started == ["a", "b"]
        assert not running.task.done()
        rows.due.clear()


async def test_no_row_is_worked_on_twice_at_once() -> None:
    """Two loops that share their rows in progress never step the same row, although both find it due."""
    first, shared = Rows(["a"]), InProgress()
    second = Rows(["a", "b"])
    async with Running(first, in_progress=shared):
        await first.until(lambda: first.running == ["a"])
        async with Running(second, in_progress=shared):
            await second.until(lambda: second.running == ["b"])
            await settle()
            assert second.started == ["b"]
            second.due.remove("a")


async def test_rows_in_progress_do_not_hide_those_behind_them() -> None:
    """A loop asks for as many rows more as are in progress, so that it sees past them."""
    rows, shared = Rows(["a", "b", "c"]), InProgress()
    shared.add("a")
    shared.add("b")
    async with Running(rows, concurrency=1, in_progress=shared):
        await rows.until(lambda: rows.running == ["c"])
        rows.due = ["c"]


async def test_a_step_that_raises_is_postponed_and_stops_no_other() -> None:
    """An unexpected exception postpones its own row, and the next row is worked on."""
    rows = Rows(["a", "b"], error=ValueError("nobody expected this"))
    async with Running(rows, concurrency=1) as running:
        await rows.until(lambda: rows.running == ["a"])
        rows.may_end.release()
        await rows.until(lambda: rows.running == ["b"])
        assert rows.postponed == ["a"]
        assert not running.task.done()
        rows.error = None


async def test_an_error_of_the_database_ends_the_loop() -> None:
    """Without the database nothing can be promised: the loop ends with its error, and postpones nothing."""
    rows = Rows(["a"], error=StorageError("disk I/O error"))
    running = Running(rows)
    rows.may_end.release()
    with pytest.raises(ExceptionGroup) as caught:
        async with asyncio.timeout(CEILING_S):
            await running.task
    assert caught.group_contains(StorageError)
    assert rows.postponed == []
    assert len(running.in_progress) == 0


async def test_the_end_of_a_step_wakes_the_loops_that_follow() -> None:
    """When a step ends, the next loop need not wait for its own time."""
    rows = Rows(["a"])
    async with Running(rows) as running:
        await rows.until(lambda: rows.running == ["a"])
        rows.may_end.release()
        async with asyncio.timeout(CEILING_S):
            await running.next_loop.wait(None)
        assert rows.due == []


async def test_a_wakeup_finds_new_rows() -> None:
    """A loop that sleeps because nothing is due starts a row as soon as it is woken."""
    rows = Rows([])
    async with Running(rows) as running:
        await settle()
        assert rows.started == []
        rows.due.append("a")
        running.wakeup.set()
        await rows.until(lambda: rows.running == ["a"])


async def test_the_stop_lets_running_steps_end() -> None:
    """At the stop no new row is started, and the loop ends only when its steps have ended."""
    rows = Rows(["a", "b"])
    running = Running(rows, concurrency=1)
    await rows.until(lambda: rows.running == ["a"])
    running.stop.set()
    running.wakeup.set()
    await settle()
    assert not running.task.done()
    rows.may_end.release()
    await running.end()
    assert rows.started == ["a"]


async def test_every_round_is_seen_in_the_heartbeat() -> None:
    """Each round of the loop beats under the worker's name."""
    rows = Rows(["a"])
    async with Running(rows) as running:
        await rows.until(lambda: rows.running == ["a"])
    assert running.beats
    assert set(running.beats) == {"rows"}


async def test_row_42_every_running_step_is_seen_in_the_heartbeat() -> None:
    """A step is reported with its row for as long as it runs, and no longer, whether it returns or raises."""
    rows = Rows(["a", "b"])
    async with Running(rows) as running:
        await rows.until(lambda: rows.running == ["a", "b"])
        assert running.steps == {"rows a", "rows b"}
        rows.may_end.release()
        await rows.until(lambda: rows.due == ["b"])
        assert running.steps == {"rows b"}
        rows.error = ValueError("nobody expected this")
    assert running.steps == set()


def test_a_snapshot_has_what_was_in_progress_at_any_time() -> None:
    """A row whose step began or ended while rows were read is in the snapshot: what was read of it may be stale."""
    in_progress = InProgress()
    in_progress.add("before")
    with in_progress.snapshot() as outer:
        in_progress.discard("before")
        in_progress.add("meanwhile")
        with in_progress.snapshot() as inner:
            in_progress.discard("meanwhile")
        assert inner == {"meanwhile"}
    in_progress.add("later")
    assert outer == {"before", "meanwhile"}
    assert len(in_progress) == 1


class Counter:
    """A periodic task that counts, and wakes whoever waits."""

    name = "counter"
    interval = 3600.0

    def __init__(self) -> None:
        self.count = 0
        self.changed = asyncio.Event()

    async def run_once(self) -> None:
        """Count."""
        self.count += 1
        self.changed.set()


async def test_a_periodic_task_runs_at_once_and_when_woken() -> None:
    """The task runs when the loop starts, then sleeps, and runs again when it is woken; each time the heart beats."""
    task, wakeup, beats = Counter(), Wakeup(), list[str]()
    running = asyncio.ensure_future(PeriodicLoop(task, wakeup=wakeup, heartbeat=beats.append).run())
    for count in (1, 2, 3):
        async with asyncio.timeout(CEILING_S):
            await task.changed.wait()
        task.changed.clear()
        await settle()
        assert (task.count, beats) == (count, ["counter"] * count)
        wakeup.set()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
