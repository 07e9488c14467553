"""What many jobs at the service cost: memory, and the processor's time for each poll and for none."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.contenders import OURS, running
from benchmarks.table import Row
from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from sandbox.photos import photo

if TYPE_CHECKING:
    import psutil

    from sandbox.telegram import FakeTelegram

_WAITING = 1000  # jobs at the service that are not polled meanwhile
_POLLED = 100  # jobs that are
_EVERY = 2.0  # seconds from one poll of a job to the next
_WINDOWS, _WINDOW = 5, 4.0  # times in which polls are counted, of so many seconds
_IDLE = 10.0  # seconds without any
_PATIENCE = 600.0  # seconds
_MEGABYTE = 1_000_000
_MEMORY = 150  # megabytes
_GROWTH = 1.2  # of a poll's cost by ten times as many jobs that wait: 1 would be none, 11 a loop over all of them
_IDLE_SHARE = 0.01  # of one core
_LIFTED = {
    "ACTIVE_LIMIT": str(_WAITING + _POLLED),
    "DAILY_LIMIT": "100000",
    "STATUS_INTERVAL": "36000",  # seconds: progress edits are not what is measured
    "DEADLINE_MINUTES": "14400",
}
_SELDOM = {"USUAL_SECONDS": "100000"}  # of which nearly half pass before the first poll
# Long after its usual time a job is polled every second POLL_INTERVAL.
_OFTEN = {"USUAL_SECONDS": "0.1", "POLL_INTERVAL": str(_EVERY / 2)}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What jobs cost while none is polled: megabytes, and the share of one core."""

    memory: float
    processor: float


@dataclass(frozen=True, slots=True)
class _Polled:
    """What polls cost: megabytes in all, milliseconds of the processor for each, and how many there were a second."""

    memory: float
    each: float
    rate: float


async def jobs_in_flight() -> list[Row]:
    """Memory with 1,000 jobs in flight, and what they cost while they wait: by themselves, and to others' polls."""
    async with _stage() as stage:
        with TemporaryDirectory(prefix="bench-") as folder:
            alone = await _while_polled(stage, Path(folder))
    async with _stage() as stage:
        with TemporaryDirectory(prefix="bench-") as folder:
            waiting = await _while_waiting(stage, Path(folder))
            crowded = await _while_polled(stage, Path(folder))
    memory, growth = max(waiting.memory, crowded.memory), crowded.each / alone.each
    return [
        Row(
            f"resident memory with {_WAITING:,} jobs in flight",
            f"≤ {_MEMORY} MB",
            f"{memory:.0f} MB ({alone.memory:.0f} MB with {_POLLED})",
            memory <= _MEMORY,
        ),
        Row(
            f"processor time of one poll while {_WAITING:,} other jobs wait / while none does",
            f"≤ {_GROWTH}",
            f"{growth:.2f} ({crowded.each:.1f} / {alone.each:.1f} ms, {crowded.rate:.0f} / {alone.rate:.0f} polls/s)",
            growth <= _GROWTH,
        ),
        Row(
            f"processor while {_WAITING:,} jobs wait and none is polled",
            f"≤ {_IDLE_SHARE:.0%} of a core",
            f"{waiting.processor:.1%}",
            waiting.processor <= _IDLE_SHARE,
        ),
    ]


def _stage() -> Sandbox:
    """A service that never finishes a job."""
    return Sandbox(aiml=FakeAiml(job_seconds=None, face_scenes=()))


async def _while_waiting(stage: Sandbox, folder: Path) -> _Waiting:
    """Ask for many videos, and look at the bot while it has nothing to do for hours."""
    async with running(OURS, stage, folder, **_LIFTED, **_SELDOM) as bot:
        await _ask_for_videos(stage, _WAITING)
        requests, seconds = stage.aiml.faults.request_count, _processor(bot)
        await asyncio.sleep(_IDLE)
        if stage.aiml.faults.request_count != requests:
            raise RuntimeError("jobs were polled that should have waited")
        return _Waiting(_memory(bot), (_processor(bot) - seconds) / _IDLE)


async def _while_polled(stage: Sandbox, folder: Path) -> _Polled:
    """Ask for a few videos, and look at the bot while it polls these; jobs from before go on waiting."""
    async with running(OURS, stage, folder, **_LIFTED, **_OFTEN) as bot:
        await _ask_for_videos(stage, _POLLED)
        windows = [await _window(stage, bot) for _ in range(_WINDOWS)]
        polls = sum(count for count, _ in windows)
        each = median(seconds * 1000 / count for count, seconds in windows)
        return _Polled(_memory(bot), each, polls / (_WINDOWS * _WINDOW))


async def _window(stage: Sandbox, bot: psutil.Process) -> tuple[int, float]:
    """How many polls came, and what seconds of the processor they took."""
    polls, seconds = stage.aiml.faults.request_count, _processor(bot)
    await asyncio.sleep(_WINDOW)
    return stage.aiml.faults.request_count - polls, _processor(bot) - seconds


async def _ask_for_videos(stage: Sandbox, jobs: int) -> None:
    """Each from somebody else; wait until the service has them all and everyone has been told."""
    before = len(stage.aiml.jobs)
    for number in range(jobs):
        chat = stage.telegram.private_chat(stage.telegram.add_person(f"Ada {number}"))
        chat.send_photo(photo("coffee"), "/squish")
    await stage.aiml.wait(lambda aiml: len(aiml.jobs) == before + jobs, timeout=_PATIENCE)
    await _quiet(stage.telegram)


async def _quiet(telegram: FakeTelegram) -> None:
    """Wait until the bot has not spoken in any chat for two seconds."""
    said = -1
    while said != _said(telegram):
        said = _said(telegram)
        with suppress(AssertionError):  # which says that nothing came
            await telegram.wait(partial(_said_more_than, said), timeout=2)


def _said_more_than(before: int, telegram: FakeTelegram) -> bool:
    return _said(telegram) > before


def _said(telegram: FakeTelegram) -> int:
    return sum(call.method != "getUpdates" for call in telegram.calls)


def _processor(bot: psutil.Process) -> float:
    """Seconds of processor time that the bot has used."""
    times = bot.cpu_times()
    return times.user + times.system


def _memory(bot: psutil.Process) -> float:
    """Megabytes that are resident."""
    return bot.memory_info().rss / _MEGABYTE
