"""What many jobs at the service cost: memory, and processor time with and without polls."""

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

_WAITING_JOBS = 1000  # jobs at the service that are not polled meanwhile
_POLLED_JOBS = 100  # jobs that are
_POLL_INTERVAL_S = 2.0  # seconds from one poll of a job to the next
_WINDOWS, _WINDOW_S = 5, 4.0  # times in which polls are counted, of so many seconds
_IDLE_S = 10.0  # seconds without any
_TIMEOUT_S = 600.0  # seconds
_MEGABYTE = 1_000_000
_MAX_MEMORY_MB = 150  # megabytes
_MAX_GROWTH = 1.2  # of a poll's cost by ten times as many jobs that wait: 1 would be none, 11 a loop over all of them
_MAX_IDLE_SHARE = 0.01  # of one core
_SETTINGS = {
    "ACTIVE_LIMIT": str(_WAITING_JOBS + _POLLED_JOBS),
    "DAILY_LIMIT": "100000",
    "STATUS_INTERVAL": "36000",  # seconds: progress edits are not what is measured
    "DEADLINE_MINUTES": "14400",
}
_POLLED_RARELY = {"USUAL_SECONDS": "100000"}  # of which nearly half pass before the first poll
# Long after its usual time a job is polled every second POLL_INTERVAL.
_POLLED_OFTEN = {"USUAL_SECONDS": "0.1", "POLL_INTERVAL": str(_POLL_INTERVAL_S / 2)}


@dataclass(frozen=True, slots=True)
class _WaitingCost:
    """The cost of jobs while none is polled: megabytes, and the share of one core."""

    memory: float
    processor: float


@dataclass(frozen=True, slots=True)
class _PollCost:
    """The cost of polls: megabytes in all, milliseconds of processor time for each, and polls per second."""

    memory: float
    each: float
    rate: float


async def jobs_in_flight() -> list[Row]:
    """Measure memory with 1,000 waiting jobs, their processor time, and how they slow the polls of others."""
    async with _sandbox() as sandbox:
        with TemporaryDirectory(prefix="bench-") as folder:
            alone = await _while_polled(sandbox, Path(folder))
    async with _sandbox() as sandbox:
        with TemporaryDirectory(prefix="bench-") as folder:
            waiting = await _while_waiting(sandbox, Path(folder))
            crowded = await _while_polled(sandbox, Path(folder))
    memory, growth = max(waiting.memory, crowded.memory), crowded.each / alone.each
    return [
        Row(
            f"resident memory with {_WAITING_JOBS:,} jobs in flight",
            f"≤ {_MAX_MEMORY_MB} MB",
            f"{memory:.0f} MB ({alone.memory:.0f} MB with {_POLLED_JOBS})",
            memory <= _MAX_MEMORY_MB,
        ),
        Row(
            f"processor time of one poll while {_WAITING_JOBS:,} other jobs wait / while none does",
            f"≤ {_MAX_GROWTH}",
            f"{growth:.2f} ({crowded.each:.1f} / {alone.each:.1f} ms, {crowded.rate:.0f} / {alone.rate:.0f} polls/s)",
            growth <= _MAX_GROWTH,
        ),
        Row(
            f"processor while {_WAITING_JOBS:,} jobs wait and none is polled",
            f"≤ {_MAX_IDLE_SHARE:.0%} of a core",
            f"{waiting.processor:.1%}",
            waiting.processor <= _MAX_IDLE_SHARE,
        ),
    ]


def _sandbox() -> Sandbox:
    """Return a sandbox whose service never finishes a job."""
    return Sandbox(FakeAiml(job_seconds=None, face_scenes=()))


async def _while_waiting(sandbox: Sandbox, folder: Path) -> _WaitingCost:
    """Ask for many videos, and measure the bot while it has nothing to do."""
    async with running(OURS, sandbox, folder, **_SETTINGS, **_POLLED_RARELY) as bot:
        await _ask_for_videos(sandbox, _WAITING_JOBS)
        requests, seconds = sandbox.service(FakeAiml).faults.request_count, _processor_seconds(bot)
        await asyncio.sleep(_IDLE_S)
        if sandbox.service(FakeAiml).faults.request_count != requests:
            raise RuntimeError("jobs were polled that should have waited")
        return _WaitingCost(_resident_megabytes(bot), (_processor_seconds(bot) - seconds) / _IDLE_S)


async def _while_polled(sandbox: Sandbox, folder: Path) -> _PollCost:
    """Ask for a few videos, and measure the bot while it polls these; earlier jobs go on waiting."""
    async with running(OURS, sandbox, folder, **_SETTINGS, **_POLLED_OFTEN) as bot:
        await _ask_for_videos(sandbox, _POLLED_JOBS)
        windows = [await _window(sandbox, bot) for _ in range(_WINDOWS)]
        polls = sum(count for count, _ in windows)
        each = median(seconds * 1000 / count for count, seconds in windows)
        return _PollCost(_resident_megabytes(bot), each, polls / (_WINDOWS * _WINDOW_S))


async def _window(sandbox: Sandbox, bot: psutil.Process) -> tuple[int, float]:
    """Return the number of polls in one window, and the processor time in seconds."""
    polls, seconds = sandbox.service(FakeAiml).faults.request_count, _processor_seconds(bot)
    await asyncio.sleep(_WINDOW_S)
    return sandbox.service(FakeAiml).faults.request_count - polls, _processor_seconds(bot) - seconds


async def _ask_for_videos(sandbox: Sandbox, jobs: int) -> None:
    """Ask for videos as different people; wait until the service has all jobs and everyone has been told."""
    before = len(sandbox.service(FakeAiml).jobs)
    for number in range(jobs):
        chat = sandbox.telegram.private_chat(sandbox.telegram.add_person(f"Ada {number}"))
        chat.send_photo(photo("coffee"), "/squish")
    await sandbox.service(FakeAiml).wait(lambda aiml: len(aiml.jobs) == before + jobs, timeout=_TIMEOUT_S)
    await _wait_quiet(sandbox.telegram)


async def _wait_quiet(telegram: FakeTelegram) -> None:
    """Wait until the bot has not spoken in any chat for two seconds."""
    said = -1
    while said != _message_count(telegram):
        said = _message_count(telegram)
        with suppress(AssertionError):  # which says that nothing came
            await telegram.wait(partial(_has_more_messages, said), timeout=2)


def _has_more_messages(before: int, telegram: FakeTelegram) -> bool:
    return _message_count(telegram) > before


def _message_count(telegram: FakeTelegram) -> int:
    return sum(call.method != "getUpdates" for call in telegram.calls)


def _processor_seconds(bot: psutil.Process) -> float:
    """Return the processor time that the bot has used, in seconds."""
    times = bot.cpu_times()
    return times.user + times.system


def _resident_megabytes(bot: psutil.Process) -> float:
    """Return the resident memory in megabytes."""
    return bot.memory_info().rss / _MEGABYTE
