"""A job that moves to the other video service, killed on its way: paid once over both ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.crash.crash_sandbox import World
from tests.crash.kill_sequences import FAR, in_three_worlds, kill_at_each
from tests.crash.killer import MOMENTS, Shot, is_

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewWorld
    from tests.crash.evidence import Asked

AIML, KLING = "POST /v2/video/generations", "POST /v1/videos/effects"
JOB = 10
"""Requests that such a job makes at least: as any, and one submit more."""


async def _killed_at_every(step: int, new_world: NewWorld) -> set[str]:
    """Kill at every `step`-th request, at each moment from another one on; the names of those requests."""
    shot_at: set[str] = set()

    async def work(world: World, moment: Phase) -> None:
        world.aiml.balance_usd = 0
        numbers = range(1 + MOMENTS.index(moment) % step, FAR, step)
        victims = await kill_at_each(world, World.album, moment, numbers)
        assert len(victims) >= JOB // step, victims
        shot_at.update(victims)
        assert world.aiml.ledger == []

    await in_three_worlds(lambda: new_world(kling=True), work)
    return shot_at


async def test_killed_at_every_fourth_request_of_a_fallback(new_world: NewWorld) -> None:
    """A sample of what `make crash` tries: wherever the bot is killed on that way, the job is paid once."""
    assert await _killed_at_every(4, new_world)


@pytest.mark.matrix
async def test_killed_at_every_request_of_a_fallback(new_world: NewWorld) -> None:
    """Wherever the bot is killed while the empty account's job moves to the other, it is paid once, and there."""
    assert {AIML, KLING} <= await _killed_at_every(1, new_world)


async def _killed(world: World, shot: Shot) -> Asked:
    """A job that the empty account refuses; the bot is killed by `shot` on its way, and started again."""
    world.aiml.balance_usd = 0
    await world.start(shot)
    asked = world.album()
    assert not await world.settle()
    await world.recover()
    return asked


async def test_killed_when_the_first_one_said_no(new_world: NewWorld) -> None:
    """Killed before it was noted that the service said no: the service's record says so, and the job still moves."""
    async with new_world(kling=True) as world:
        await _killed(world, Shot(1, "answered", is_(AIML)))
        assert (len(world.aiml.ledger), len(world.kling.ledger if world.kling else ())) == (0, 1)


@pytest.mark.parametrize("moment", ["handled", "answered"])
async def test_killed_when_the_second_one_had_it(new_world: NewWorld, moment: Phase) -> None:
    """Killed when the other service had taken the job: it is found there by our id, and nobody is asked anything."""
    async with new_world(kling=True) as world:
        asked = await _killed(world, Shot(1, moment, is_(KLING)))
        assert "adopted" in world.bot.said
        assert not [seen for seen in asked.chat.history if "Try again" in str(seen)]


async def test_killed_before_the_second_one_had_it(new_world: NewWorld) -> None:
    """Killed before the other service had read it: the person's word sends it there again, not to the first one."""
    async with new_world(kling=True) as world:
        await _killed(world, Shot(1, "before", is_(KLING)))
        (job,) = world.rows().jobs
        assert job.state == State.DELIVERED
        assert (len(world.aiml.submissions), len(world.kling.submissions if world.kling else ())) == (1, 1)
