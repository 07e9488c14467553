"""Row 1 with Kling alone: killed wherever it was, the bot finds its task by the id that it gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crash.crash_sandbox import World
from tests.crash.kill_sequences import FAR, in_three_worlds, kill_at_each
from tests.crash.killer import MOMENTS, Shot, is_

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewWorld

POST = is_("POST /v1/videos/effects")


async def test_row_1_every_third_request_with_kling(new_world: NewWorld) -> None:
    """Wherever the bot is killed on the way of an album to Kling, its person gets one video, paid once."""

    async def work(world: World, moment: Phase) -> None:
        await kill_at_each(world, World.album, moment, range(1 + MOMENTS.index(moment), FAR, 3))
        assert world.aiml.faults.request_count == 0

    await in_three_worlds(lambda: new_world(kling=True, AIML_API_KEY=""), work)


@pytest.mark.parametrize("moment", ["handled", "answered"])
async def test_row_1_a_task_that_kling_has_is_found_by_our_id(new_world: NewWorld, moment: Phase) -> None:
    """Killed when Kling had taken the task: it is found there, and nobody is asked anything."""
    async with new_world(kling=True, AIML_API_KEY="") as world:
        await world.start(Shot(1, moment, POST))
        asked = world.album()
        assert not await world.settle()
        await world.recover()
        assert "adopted" in world.bot.said
        assert not [seen for seen in asked.chat.history if "Try again" in str(seen)]


async def test_row_1_a_submit_that_kling_has_not_read_waits_for_the_persons_word(new_world: NewWorld) -> None:
    """Killed before Kling had read it: the person is asked, presses "Try again", and pays once."""
    async with new_world(kling=True, AIML_API_KEY="") as world:
        assert world.kling is not None
        await world.start(Shot(1, "before", POST))
        asked = world.album()
        assert not await world.settle()
        await world.recover()
        (submission,) = world.kling.submissions
        assert (submission.client_request_id or "").endswith(".2"), "the second submit has an id of its own"
        assert [seen for seen in asked.chat.history if "Try again" in str(seen)]


@pytest.mark.matrix
async def test_row_1_every_request_with_kling(new_world: NewWorld) -> None:
    """As above, at every request."""

    async def work(world: World, moment: Phase) -> None:
        victims = await kill_at_each(world, World.album, moment, range(1, FAR))
        assert "POST /v1/videos/effects" in victims

    await in_three_worlds(lambda: new_world(kling=True, AIML_API_KEY=""), work)
