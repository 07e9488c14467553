"""A service that has gone mad, or that somebody took over: every service's answers are read with the same care."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import HandleThen, RespondWith
from tests.hostile_bodies import HOSTILE_BODIES
from tests.video.services.case import NOW
from video.services.protocol import Failed, Found, InDoubt, Pending, Unanswered

if TYPE_CHECKING:
    from tests.video.services.service_under_test import World

hostile_bodies = pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES.keys())


@hostile_bodies
async def test_a_bomb_after_a_submit(world: World, body: bytes) -> None:
    """A submit answered with a bomb is in doubt, and found."""
    world.pretend.faults.add(world.case.submit, HandleThen(RespondWith(200, body=body)))
    order = world.order()
    assert isinstance(await world.ours.submit(order), InDoubt)
    assert isinstance(await world.ours.find(order.client_request_id, submitted_at=NOW), Found)


@hostile_bodies
async def test_bombs_after_questions(world: World, body: bytes) -> None:
    """A bomb after any question makes no video, finds nothing, and says nothing of the account."""
    for name in (world.case.poll, world.case.record, world.case.account):
        world.pretend.faults.clear()
        world.pretend.faults.add(name, RespondWith(200, body=body), times=2)
        if name == world.case.poll:
            outcome: object = await world.ours.poll("1")
            assert isinstance(outcome, Unanswered | Pending | Failed), outcome
        if name == world.case.record:
            assert isinstance(await world.ours.find("job-1.1", submitted_at=NOW), Unanswered)
        if name == world.case.account:
            assert isinstance(await world.ours.balance(), Unanswered)
