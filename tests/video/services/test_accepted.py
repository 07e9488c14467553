"""From photos to a video, at every service."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from sandbox.http.faults import CloseBefore, Hang, RespondWith
from tests.video.services.service_under_test import LEFT, RIGHT, World
from video.effects.models import Quality
from video.services.protocol import Completed, Failed, Pending, Unanswered

if TYPE_CHECKING:
    from tests.video.services.case import Case


async def test_one_photo_becomes_a_video(world: World) -> None:
    """One photo arrives whole, the job is followed to its end, and the video is where the service says."""
    order = world.order()
    job = await world.accepted(order)
    (sent,) = world.pretend.submissions
    assert (sent.photos, sent.client_request_id) == ([LEFT], order.client_request_id)
    assert isinstance(await world.ours.poll(job.id), Pending)
    assert world.pretend.ledger == []
    job.finish()
    outcome = await world.ours.poll(job.id)
    assert isinstance(outcome, Completed)
    async with httpx.AsyncClient() as client:
        assert (await client.get(outcome.url)).content == b"video"
    assert [charge.client_request_id for charge in world.pretend.ledger] == [order.client_request_id]


async def test_two_photos_keep_their_sides(world: World) -> None:
    """Of two photos the first stays the left person."""
    await world.accepted(world.order(LEFT, RIGHT))
    assert world.pretend.submissions[0].photos == [LEFT, RIGHT]


@pytest.mark.parametrize("quality", Quality)
async def test_either_quality(world: World, quality: Quality) -> None:
    """Either quality may be asked for, of one photo and of two."""
    await world.accepted(world.order(LEFT, quality=quality))
    await world.accepted(world.order(LEFT, RIGHT, quality=quality))


async def test_a_video_costs_what_the_service_says(world: World) -> None:
    """Where the service tells what a video cost, that is what it cost."""
    job = await world.accepted()
    job.finish()
    outcome = await world.ours.poll(job.id)
    assert isinstance(outcome, Completed)
    assert outcome.usd in {None, world.pretend.ledger[0].usd}


async def test_each_failure_has_its_meaning(world: World) -> None:
    """A job that ends without a video tells why, in the terms that a person can do something about."""
    for error, kind in world.case.failures:
        job = await world.accepted()
        job.fail(error)
        outcome = await world.ours.poll(job.id)
        assert isinstance(outcome, Failed)
        assert outcome.failure.kind is kind, error
    assert world.pretend.ledger == []


async def test_an_unknown_status_is_a_job_being_made(world: World) -> None:
    """A word that nobody has documented never ends a job."""
    job = await world.accepted()
    job.show_status("dreaming")
    assert await world.ours.poll(job.id) == Pending("dreaming")


async def test_done_without_an_address(world: World) -> None:
    """A job that is done with no usable address of a video is asked about again."""
    for answer in world.case.no_video:
        world.pretend.faults.add(world.case.poll, RespondWith(200, json=answer))
        assert isinstance(await world.ours.poll("1"), Unanswered), answer


async def test_polls_survive_faults(world: World) -> None:
    """A poll that fails in any way is unanswered, and the next one works."""
    job = await world.accepted()
    faults = (
        RespondWith(404),
        RespondWith(401, json={"message": "no"}),
        RespondWith(503, headers={"Retry-After": "5"}),
        RespondWith(502, body=b"<html>"),
        RespondWith(200, body=b"{"),
        RespondWith(200, body=b"[]"),
        CloseBefore(),
        Hang(),
    )
    world.pretend.faults.add(world.case.poll, *faults)
    outcomes = [await world.ours.poll(job.id) for _ in faults]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert isinstance(outcomes[2], Unanswered)
    assert outcomes[2].retry_after == 5
    assert isinstance(await world.ours.poll(job.id), Pending)


@pytest.mark.parametrize("job_id", ["nobody-has-this", "../../etc", "a/b?c=d&e#f", "%2e%2e", "ä ö"])
async def test_an_id_is_only_a_value(world: World, job_id: str) -> None:
    """Whatever an id holds, the question goes to the address of that job and to no other."""
    await world.accepted()
    asked: list[str] = []
    world.pretend.faults.on_request = lambda incoming, _moment: asked.append(incoming.method)
    outcome = await world.ours.poll(job_id)
    assert isinstance(outcome, Unanswered)
    assert set(asked) <= {world.case.poll}


async def test_submits_at_once(world: World) -> None:
    """Several submits on their way at once do not mix."""
    orders = [world.order() for _ in range(5)]
    jobs = await asyncio.gather(*(world.accepted(order) for order in orders))
    by_id = {sent.id: sent.client_request_id for sent in world.pretend.submissions}
    assert [by_id[job.id] for job in jobs] == [order.client_request_id for order in orders]


def test_it_is_named(case: Case) -> None:
    """A service has the name by which settings and the catalogue know it."""
    assert case.name.isidentifier()
