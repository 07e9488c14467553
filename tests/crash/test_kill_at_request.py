"""Row 1: SIGKILL at every request, whoever it goes to, before it is read, when handled, when answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crash.crash_sandbox import World
from tests.crash.kill_sequences import FAR, in_three_worlds, kill_at_each, kill_recovering, kill_starting
from tests.crash.killer import MOMENTS, Shot, is_

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewWorld
    from tests.crash.kill_sequences import Ask

POST = is_("POST /v2/video/generations")
JOB = 9
"""Requests that even the shortest job makes: an update and its confirmation, photo, status, submit, poll, video."""


async def test_row_1_every_request_of_a_one_photo_job(new_world: NewWorld) -> None:
    """Wherever the bot is killed on the way of one photo, its person gets one video, paid once."""

    async def work(world: World, moment: Phase) -> None:
        victims = await kill_at_each(world, World.one_photo, moment, range(1, FAR))
        assert len(victims) >= JOB, victims

    await in_three_worlds(new_world, work)


async def test_row_1_every_third_request_of_an_album(new_world: NewWorld) -> None:
    """Wherever the bot is killed on the way of an album, its person gets one video, paid once."""

    async def work(world: World, moment: Phase) -> None:
        await kill_at_each(world, World.album, moment, range(1 + MOMENTS.index(moment), FAR, 3))

    await in_three_worlds(new_world, work)


async def test_row_1_every_start_is_killed(new_world: NewWorld) -> None:
    """One start after the other is killed a request later, while people go on asking: each gets one video."""

    async def work(world: World, moment: Phase) -> None:
        for number in range(1 + MOMENTS.index(moment) % 2, 13, 2):
            world.one_photo()
            await world.start(Shot(number, moment))
            await world.settle()
            assert not world.bot.running, f"start {number} was not killed"
        await world.recover()

    await in_three_worlds(new_world, work)


@pytest.mark.parametrize(
    "first",
    [
        Shot(1, "handled", is_("getUpdates")),
        Shot(1, "handled", is_("sendMessage")),
        Shot(1, "handled", POST),
        Shot(1, "handled", is_("editMessageMedia")),
    ],
    ids=["getUpdates", "sendMessage", "POST", "editMessageMedia"],
)
async def test_row_1_killed_again_while_recovering(new_world: NewWorld, first: Shot) -> None:
    """A bot that is killed, and killed again while it recovers, still charges once and shows one video."""

    async def work(world: World, moment: Phase) -> None:
        await kill_recovering(world, World.one_photo, first, [Shot(8 + 2 * MOMENTS.index(moment), moment)])

    await in_three_worlds(new_world, work)


async def test_row_1_a_submit_that_arrived_is_found_in_the_log(new_world: NewWorld) -> None:
    """Killed when the service had taken the job: it is found there, and nobody is asked anything."""
    for moment in ("handled", "answered"):
        async with new_world() as world:
            await world.start(Shot(1, moment, POST))
            asked = world.one_photo()
            assert not await world.settle()
            await world.recover()
            assert len(world.aiml.submissions) == 1
            assert "adopted" in world.bot.said
            assert not [seen for seen in asked.chat.history if "Try again" in str(seen)]


async def test_row_1_a_submit_that_did_not_arrive_waits_for_the_persons_word(new_world: NewWorld) -> None:
    """Killed before the service had read the job: the person is asked, presses "Try again", and pays once."""
    async with new_world() as world:
        await world.start(Shot(1, "before", POST))
        asked = world.one_photo()
        assert not await world.settle()
        await world.recover()
        (submission,) = world.aiml.submissions
        assert (submission.client_request_id or "").endswith(".2"), "the second submit has an id of its own"
        assert [seen for seen in asked.chat.history if "Try again" in str(seen)]


# ---------------------------------------------------------------- all of it: make crash
@pytest.mark.matrix
async def test_row_1_every_request_of_an_album(new_world: NewWorld) -> None:
    """As above, at every request of an album."""

    async def work(world: World, moment: Phase) -> None:
        victims = await kill_at_each(world, World.album, moment, range(1, FAR))
        assert len(victims) >= JOB, victims

    await in_three_worlds(new_world, work)


@pytest.mark.matrix
@pytest.mark.parametrize("ask", [World.one_photo, World.album], ids=["photo", "album"])
async def test_row_1_every_request_from_the_start_on(new_world: NewWorld, ask: Ask) -> None:
    """As above, at every request of a bot that finds the photos waiting at its start."""

    async def work(world: World, moment: Phase) -> None:
        await kill_starting(world, ask, moment, range(1, FAR))

    await in_three_worlds(new_world, work)


@pytest.mark.matrix
@pytest.mark.parametrize("number", range(1, 13))
async def test_row_1_every_request_of_a_recovery(new_world: NewWorld, number: int) -> None:
    """As above, killed at this request of a job, and again at each request of the recovery."""

    async def work(world: World, moment: Phase) -> None:
        seconds = [Shot(second, moment) for second in range(1 + number % 2, 22, 2)]
        await kill_recovering(world, World.one_photo, Shot(number, "handled"), seconds)

    await in_three_worlds(new_world, work)
