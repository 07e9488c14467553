"""Row 2: SIGKILL at every SQL write, before it and after it. The writes are counted in the bot's own process."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.crash import user_requests
from tests.crash.bot_process import COMMAND
from tests.crash.crash_sandbox import World
from tests.crash.kill_sequences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.crash.conftest import NewWorld
    from tests.crash.kill_sequences import Ask

FAR = 150
"""More writes than one job makes."""
JOB = 20
"""Writes that even the shortest job makes."""


class Orders:
    """The file that tells a bot at which of its writes to die."""

    def __init__(self, world: World) -> None:
        self._file = world.folder / "order"
        world.command = ("-m", "tests.crash.dies_at_write", str(self._file))

    def give(self, number: int, moment: str) -> None:
        """Die at this write, counted from now on."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{number} {moment}", "utf-8")
        fresh.replace(self._file)

    def withdraw(self) -> None:
        """Live."""
        self._file.unlink(missing_ok=True)


async def kill_at_each_write(world: World, ask: Ask, moment: str, numbers: Iterable[int], *, least: int = JOB) -> None:
    """Kill the living bot at these writes of a job, until a run ends unharmed: not one of `least` writes or fewer."""
    orders = Orders(world)
    await world.begin()
    for number in numbers:
        orders.give(number, moment)
        ask(world)
        with told(world, f"write {number} of a job, {moment} it"):
            unharmed = await world.settle()
            orders.withdraw()
            if unharmed:
                assert number > least, f"only {number} writes"
                return
            await world.recover()
    raise AssertionError("no run ended unharmed")


async def kill_starting_at_each_write(world: World, moment: str) -> None:
    """Kill a bot at each write of its start, which makes the database where there is none."""
    orders = Orders(world)
    asked = world.one_photo()
    for number in range(1, FAR, 2):
        orders.give(number, moment)
        await world.start()
        if await world.until(lambda rows: bool(rows.jobs)):
            break
    orders.withdraw()
    await world.bot.kill()
    world.command = COMMAND
    with told(world, f"each write of the start, {moment} it"):
        await world.recover()
        assert world.rows().jobs[0].message_id in asked.messages


@pytest.mark.parametrize("first", [1, 4])
async def test_row_2_a_sample_of_the_writes_of_a_job(new_world: NewWorld, first: int) -> None:
    """Wherever between two writes the bot is killed, its person gets one video, paid once."""
    await _both(new_world, World.one_photo, lambda moment: range(first + (moment == "after"), FAR, 8))


async def test_row_2_the_first_start(new_world: NewWorld) -> None:
    """A bot that is killed again and again while it makes its database comes up in the end, and has lost nothing."""
    async with asyncio.TaskGroup() as group:
        for moment in ("before", "after"):
            group.create_task(_start(new_world(), moment))


@pytest.mark.matrix
@pytest.mark.parametrize("ask", [World.one_photo, World.album], ids=["photo", "album"])
async def test_row_2_every_write_of_a_job(new_world: NewWorld, ask: Ask) -> None:
    """As above, at every write."""
    await _both(new_world, ask, lambda _: range(1, FAR))


@pytest.mark.matrix
@pytest.mark.parametrize(
    "ask", [user_requests.cancels_in_the_queue, user_requests.cancels_at_the_service], ids=["queue", "service"]
)
async def test_row_2_every_write_of_a_cancelled_job(new_world: NewWorld, ask: Ask) -> None:
    """Wherever between two writes the bot is killed, a job that its person cancels ends so."""
    await _both(partial(new_world, seconds=None), ask, lambda _: range(1, FAR), least=15)


@pytest.mark.matrix
async def test_row_2_every_write_of_a_failed_job_and_the_next(new_world: NewWorld) -> None:
    """Wherever between two writes the bot is killed, a failure gives the place of the day back once."""
    worlds = partial(new_world, seconds=None, USER_DAILY_LIMIT="1")
    await _both(worlds, user_requests.fails_and_asks_again, lambda _: range(1, FAR))


@pytest.mark.matrix
async def test_row_2_every_write_of_a_video_asked_for_by_a_press(new_world: NewWorld) -> None:
    """Wherever between two writes the bot is killed, a press of Again makes one more video, paid once."""

    async def one(moment: str) -> None:
        async with new_world(USER_DAILY_LIMIT="1000", DAILY_LIMIT="1000") as world:
            await world.have_a_video()
            await world.end()
            await kill_at_each_write(world, user_requests.once_more, moment, range(1, FAR), least=15)

    async with asyncio.TaskGroup() as group:
        for moment in ("before", "after"):
            group.create_task(one(moment))


async def _both(
    worlds: Callable[[], World], ask: Ask, numbers: Callable[[str], Iterable[int]], *, least: int = JOB
) -> None:
    """Before a write and after it, side by side."""

    async def one(moment: str) -> None:
        async with worlds() as world:
            await kill_at_each_write(world, ask, moment, numbers(moment), least=least)

    async with asyncio.TaskGroup() as group:
        for moment in ("before", "after"):
            group.create_task(one(moment))


async def _start(world: World, moment: str) -> None:
    async with world:
        await kill_starting_at_each_write(world, moment)
