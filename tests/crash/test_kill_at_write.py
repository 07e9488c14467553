"""Row 2: SIGKILL before and after every SQL write, counted in the bot's own process."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.crash import user_requests
from tests.crash.bot_process import COMMAND
from tests.crash.crash_sandbox import CrashSandbox
from tests.crash.kill_sequences import noting_kill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.kill_sequences import MakeRequest

MAX_WRITES = 150
"""More writes than one job makes."""
MIN_WRITES = 20
"""Writes that even the shortest job makes."""


class KillOrders:
    """The file that tells a bot at which of its writes to kill itself."""

    def __init__(self, sandbox: CrashSandbox) -> None:
        self._file = sandbox.folder / "order"
        sandbox.command = ("-m", "tests.crash.dies_at_write", str(self._file))

    def give(self, number: int, moment: str) -> None:
        """Order the kill at this write, counted from now on."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{number} {moment}", "utf-8")
        fresh.replace(self._file)

    def withdraw(self) -> None:
        """Withdraw the order."""
        self._file.unlink(missing_ok=True)


async def kill_at_each_write(
    sandbox: CrashSandbox, ask: MakeRequest, moment: str, numbers: Iterable[int], *, least: int = MIN_WRITES
) -> None:
    """Kill the running bot at these writes of a job, until a job of more than `least` writes ends before the kill."""
    orders = KillOrders(sandbox)
    await sandbox.start_idle()
    for number in numbers:
        orders.give(number, moment)
        ask(sandbox)
        with noting_kill(sandbox, f"write {number} of a job, {moment} it"):
            unharmed = await sandbox.wait_idle()
            orders.withdraw()
            if unharmed:
                assert number > least, f"only {number} writes"
                return
            await sandbox.recover()
    raise AssertionError("no run ended unharmed")


async def kill_starting_at_each_write(sandbox: CrashSandbox, moment: str) -> None:
    """Kill a bot at each write of its first start, which makes the database."""
    orders = KillOrders(sandbox)
    asked = sandbox.request_one_photo()
    for number in range(1, MAX_WRITES, 2):
        orders.give(number, moment)
        await sandbox.start()
        if await sandbox.until(lambda rows: bool(rows.jobs)):
            break
    orders.withdraw()
    await sandbox.bot.kill()
    sandbox.command = COMMAND
    with noting_kill(sandbox, f"each write of the start, {moment} it"):
        await sandbox.recover()
        assert sandbox.rows().jobs[0].message_id in asked.messages


@pytest.mark.parametrize("first", [1, 4])
async def test_row_2_a_sample_of_the_writes_of_a_job(new_sandbox: NewCrashSandbox, first: int) -> None:
    """Wherever between two writes the bot is killed, its person gets one video, paid once."""
    await _both(
        new_sandbox, CrashSandbox.request_one_photo, lambda moment: range(first + (moment == "after"), MAX_WRITES, 8)
    )


async def test_row_2_the_first_start(new_sandbox: NewCrashSandbox) -> None:
    """A bot that is killed again and again while it makes its database comes up in the end, and has lost nothing."""
    async with asyncio.TaskGroup() as group:
        for moment in ("before", "after"):
            group.create_task(_start(new_sandbox(), moment))


@pytest.mark.matrix
@pytest.mark.parametrize("ask", [CrashSandbox.request_one_photo, CrashSandbox.request_album], ids=["photo", "album"])
async def test_row_2_every_write_of_a_job(new_sandbox: NewCrashSandbox, ask: MakeRequest) -> None:
    """As above, at every write."""
    await _both(new_sandbox, ask, lambda _: range(1, MAX_WRITES))


@pytest.mark.matrix
@pytest.mark.parametrize(
    "ask", [user_requests.cancels_in_the_queue, user_requests.cancels_at_the_service], ids=["queue", "service"]
)
async def test_row_2_every_write_of_a_cancelled_job(new_sandbox: NewCrashSandbox, ask: MakeRequest) -> None:
    """Wherever between two writes the bot is killed, a job that its person cancels ends so."""
    await _both(partial(new_sandbox, seconds=None), ask, lambda _: range(1, MAX_WRITES), least=15)


@pytest.mark.matrix
async def test_row_2_every_write_of_a_failed_job_and_the_next(new_sandbox: NewCrashSandbox) -> None:
    """Wherever between two writes the bot is killed, a failure gives the place of the day back once."""
    sandboxes = partial(new_sandbox, seconds=None, USER_DAILY_LIMIT="1")
    await _both(sandboxes, user_requests.fails_and_asks_again, lambda _: range(1, MAX_WRITES))


@pytest.mark.matrix
async def test_row_2_every_write_of_a_video_asked_for_by_a_press(new_sandbox: NewCrashSandbox) -> None:
    """Wherever between two writes the bot is killed, a press of Again makes one more video, paid once."""

    async def one(moment: str) -> None:
        async with new_sandbox(USER_DAILY_LIMIT="1000", DAILY_LIMIT="1000") as sandbox:
            await sandbox.deliver_first_video()
            await sandbox.terminate()
            await kill_at_each_write(sandbox, user_requests.once_more, moment, range(1, MAX_WRITES), least=15)

    async with asyncio.TaskGroup() as group:
        for moment in ("before", "after"):
            group.create_task(one(moment))


async def _both(
    sandboxes: Callable[[], CrashSandbox],
    ask: MakeRequest,
    numbers: Callable[[str], Iterable[int]],
    *,
    least: int = MIN_WRITES,
) -> None:
    """Kill before writes in one sandbox, and after them in another, at the same time."""

    async def one(moment: str) -> None:
        async with sandboxes() as sandbox:
            await kill_at_each_write(sandbox, ask, moment, numbers(moment), least=least)

    async with asyncio.TaskGroup() as group:
        for moment in ("before", "after"):
            group.create_task(one(moment))


async def _start(sandbox: CrashSandbox, moment: str) -> None:
    async with sandbox:
        await kill_starting_at_each_write(sandbox, moment)
