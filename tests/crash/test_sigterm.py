"""Row 17: SIGTERM, whatever the bot is doing: exit code 0 soon enough for Docker, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, CloseBefore, Hang, RespondWith
from tests.crash.kill_sequences import FAR, told
from tests.crash.killer import Shot, is_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.http.faults import Fault
    from tests.crash.conftest import NewWorld
    from tests.crash.crash_sandbox import World

POST, GET, LOGS = "POST /v2/video/generations", "GET /v2/video/generations", "GET /v2/logs"
GRACE = float(os.environ.get("SIGTERM_GRACE", "25"))
"""Seconds: Docker kills after ten, and `make crash` allows eight.

A busy machine may need longer; but a bot that waited for an answer that does not come would take thirty.
"""


async def test_row_17_while_it_waits_for_an_answer_that_does_not_come(new_world: NewWorld) -> None:
    """The bot is told to stop while Telegram or the service is silent: it stops, and goes on after the next start."""
    async with asyncio.TaskGroup() as group:
        for method in ("getFile", "file", "sendMessage", POST, GET, "editMessageMedia"):
            group.create_task(_silent(new_world(), method))


async def test_row_17_while_it_greets_telegram(new_world: NewWorld) -> None:
    """A bot that is told to stop before Telegram has answered its first question stops all the same."""
    async with new_world() as world:
        world.telegram.faults.add("getMe", Hang())
        await world.start(Shot(1, "before", is_("getMe")), by_term=True)
        await world.victim()
        assert await world.bot.ended(GRACE) == 0
        world.one_photo()
        await world.recover()


async def test_row_17_while_telegram_is_out_of_reach(new_world: NewWorld) -> None:
    """A bot that is told to stop while it waits to greet Telegram again stops at once."""
    async with new_world() as world:
        world.telegram.faults.add("getMe", RespondWith(502), times=2)
        await world.start(Shot(2, "answered", is_("getMe")), by_term=True)
        await world.victim()
        assert await world.bot.ended(GRACE) == 0
        world.one_photo()
        await world.recover()


async def test_row_17_in_each_state_in_which_a_job_waits(new_world: NewWorld) -> None:
    """The bot is told to stop while a job waits for the service, for its record, or for its person."""
    busy = RespondWith(429, json={"message": "Too Many Requests"})
    states: dict[str, dict[str, Fault]] = {
        "queued": {POST: busy},
        "generating": {GET: RespondWith(503)},
        "in_doubt": {POST: CloseAfter(), LOGS: RespondWith(503)},
        "needs_decision": {POST: CloseBefore()},
        "ready": {"editMessageMedia": RespondWith(502)},
    }
    async with asyncio.TaskGroup() as group:
        for state, troubles in states.items():
            group.create_task(_waiting(new_world(), state, troubles))


@pytest.mark.matrix
async def test_row_17_at_every_request_of_a_job(new_world: NewWorld) -> None:
    """As above, told to stop at each request in turn."""
    async with new_world() as world:
        await world.start()
        for number in range(1, FAR):
            world.aim(Shot(number, "before"), by_term=True)
            world.one_photo()
            with told(world, f"request {number}, told to stop"):
                if await world.settle(ended=0):
                    return
                await world.recover()
    raise AssertionError("no run ended unharmed")


async def _silent(world: World, method: str) -> None:
    async with world:
        world.telegram.faults.add(method, Hang())
        world.aiml.faults.add(method, Hang())
        world.one_photo()
        await world.start(Shot(1, "before", is_(method)), by_term=True)
        with told(world, f"{method}, told to stop"):
            await world.victim()
            assert await world.bot.ended(GRACE) == 0
            world.telegram.faults.clear()
            world.aiml.faults.clear()
            await world.recover()


async def _waiting(world: World, state: str, troubles: Mapping[str, Fault]) -> None:
    async with world:
        for method, answer in troubles.items():
            world.telegram.faults.add(method, answer)
            world.aiml.faults.add(method, answer)
        world.one_photo()
        await world.start()
        with told(world, f"{state}, told to stop"):
            assert await world.until(lambda rows: [job.state for job in rows.jobs] == [state])
            await world.end()
            await world.recover()
