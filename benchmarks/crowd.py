"""What many jobs at the service cost: memory, and the processor's time for each poll and for none."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.contenders import OURS, running
from benchmarks.table import Row
from sandbox.aiml import Aiml
from sandbox.photos import photo
from sandbox.stage import Stage

if TYPE_CHECKING:
    import psutil

    from sandbox.faults import Incoming, Moment
    from sandbox.telegram import Telegram

_MANY, _FEW = 1000, 100  # jobs
_RATE = 50.0  # polls a second, with many jobs and with few
_WINDOW = 20.0  # seconds: many jobs are polled once each, few ten times
_IDLE = 10.0  # seconds
_PATIENCE = 600.0  # seconds
_MEGABYTE = 1_000_000
_MEMORY = 150  # megabytes
_GROWTH = 1.2  # of a poll's cost with ten times the jobs: 1 would be no growth, 10 would be a loop over all jobs
_IDLE_SHARE = 0.01  # of one core
_LIFTED = {
    "ACTIVE_LIMIT": "1000",
    "USER_DAILY_LIMIT": "1000",
    "USER_ACTIVE_LIMIT": "1000",
    "STATUS_INTERVAL": "36000",  # seconds: progress edits are not what is measured
    "DEADLINE_MINUTES": "1440",
}


@dataclass(frozen=True, slots=True)
class _Cost:
    """What so many jobs cost.

    Attributes:
        memory: resident, in megabytes.
        per_poll: seconds of the processor.
        rate: polls a second.
        idle: the share of one core that is used while jobs wait and none is polled.
    """

    memory: float
    per_poll: float
    rate: float
    idle: float


async def jobs_in_flight() -> list[Row]:
    """Memory with 1,000 jobs in flight, and how the processor's time grows from 100 of them."""
    few, many = await _cost(_FEW), await _cost(_MANY)
    growth = many.per_poll / few.per_poll
    return [
        Row(
            f"resident memory with {_MANY:,} jobs in flight",
            f"≤ {_MEMORY} MB",
            f"{many.memory:.0f} MB ({few.memory:.0f} MB with {_FEW})",
            many.memory <= _MEMORY,
        ),
        Row(
            f"processor time of one poll, {_MANY:,} jobs in flight / {_FEW}",
            f"≤ {_GROWTH}",
            f"{growth:.2f} ({many.per_poll * 1000:.1f} / {few.per_poll * 1000:.1f} ms, "
            f"at {many.rate:.0f} / {few.rate:.0f} polls/s)",
            growth <= _GROWTH,
        ),
        Row(
            f"processor while {_MANY:,} jobs wait and none is polled",
            f"≤ {_IDLE_SHARE:.0%} of a core",
            f"{many.idle:.1%} ({few.idle:.1%} with {_FEW})",
            many.idle <= _IDLE_SHARE,
        ),
    ]


async def _cost(jobs: int) -> _Cost:
    with TemporaryDirectory(prefix="bench-") as folder:
        async with Stage(aiml=Aiml(seconds=None, needs_face=())) as stage:
            for number in range(jobs):
                chat = stage.telegram.private(stage.telegram.person(f"Ada {number}"))
                chat.photo(photo("coffee"), "/squish")
            memory, per_poll, rate = await _while_polled(stage, jobs, Path(folder))
            return _Cost(memory, per_poll, rate, await _while_waiting(stage, jobs, Path(folder)))


async def _while_polled(stage: Stage, jobs: int, folder: Path) -> tuple[float, float, float]:
    """Megabytes, seconds of the processor for each poll, and polls a second, with the jobs in flight."""
    # Long after its usual time a job is polled every second POLL_INTERVAL.
    pace = {"USUAL_SECONDS": "0.1", "POLL_INTERVAL": str(jobs / _RATE / 2)}
    async with running(OURS, stage, folder, **_LIFTED, **pace) as bot:
        await stage.aiml.wait(lambda aiml: len(aiml.jobs) == jobs, timeout=_PATIENCE)
        await _quiet(stage)
        polls, seconds = stage.aiml.faults.count, _processor(bot)
        await asyncio.sleep(_WINDOW)
        polls, seconds = stage.aiml.faults.count - polls, _processor(bot) - seconds
        return bot.memory_info().rss / _MEGABYTE, seconds / polls, polls / _WINDOW


async def _while_waiting(stage: Stage, jobs: int, folder: Path) -> float:
    """The share of one core that is used between polls that are hours apart."""
    pace = {"USUAL_SECONDS": "100000", "POLL_INTERVAL": "36000", "DEADLINE_MINUTES": "14400"}
    async with running(OURS, stage, folder, **_LIFTED | pace) as bot:
        # Each job's next poll is still soon, at the old pace; after it the new one holds.
        await _all_polled(stage, jobs)
        await _quiet(stage)
        polls, seconds = stage.aiml.faults.count, _processor(bot)
        await asyncio.sleep(_IDLE)
        if stage.aiml.faults.count != polls:
            raise RuntimeError("jobs were polled that should have waited")
        return (_processor(bot) - seconds) / _IDLE


async def _all_polled(stage: Stage, jobs: int) -> None:
    """Wait until each of so many jobs has been polled once more."""
    polled: set[str] = set()
    done = asyncio.Event()

    def note(incoming: Incoming, moment: Moment) -> None:
        if moment == "handled":
            polled.add(incoming.params["generation_id"])
        if len(polled) == jobs:
            done.set()

    stage.aiml.faults.on_request = note
    async with asyncio.timeout(_PATIENCE):
        await done.wait()
    stage.aiml.faults.on_request = None


async def _quiet(stage: Stage) -> None:
    """Wait until the bot has not spoken in any chat for two seconds."""
    telegram = stage.telegram
    said = -1
    while said != _said(telegram):
        said = _said(telegram)
        with suppress(AssertionError):  # which says that nothing came
            await telegram.wait(partial(_said_more_than, said), timeout=2)


def _said_more_than(before: int, telegram: Telegram) -> bool:
    return _said(telegram) > before


def _said(telegram: Telegram) -> int:
    return sum(call.method != "getUpdates" for call in telegram.calls)


def _processor(bot: psutil.Process) -> float:
    """Seconds of processor time that the bot has used."""
    times = bot.cpu_times()
    return times.user + times.system
