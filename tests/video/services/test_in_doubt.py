"""Answers that are lost, at every service: one request, no guess, and found again."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, CloseBefore, HandleThen, Hang, RespondWith, TruncateResponse
from tests.video.services.case import KEY, NOW
from tests.video.services.service_under_test import LEFT, World
from video.services.protocol import Absent, Found, InDoubt, Unanswered

if TYPE_CHECKING:
    from sandbox.http.faults import Fault

TAKEN = (
    CloseAfter(),
    TruncateResponse(12),
    HandleThen(RespondWith(502, body=b"<html>Bad Gateway</html>")),
    HandleThen(RespondWith(504)),
    HandleThen(RespondWith(200, body=b"{}")),
    HandleThen(RespondWith(200, body=b'{"id": 5, "code": 0')),
)
NOT_TAKEN = (
    CloseBefore(),
    RespondWith(500, json={"message": "Internal server error"}),
    RespondWith(502),
    RespondWith(504),
    Hang(),
)


def _name(answer: Fault) -> str:
    inner = answer.response if isinstance(answer, HandleThen) else answer
    return f"{type(answer).__name__}-{inner.status}" if isinstance(inner, RespondWith) else type(answer).__name__


async def _in_doubt(world: World, fault: Fault) -> str:
    """Our own id of a submit that is answered so, asked once, and in doubt."""
    world.pretend.faults.add(world.case.submit, fault)
    order = world.order()
    assert isinstance(await world.ours.submit(order), InDoubt)
    assert world.pretend.faults.request_count == 1
    return order.client_request_id


@pytest.mark.parametrize("fault", TAKEN, ids=_name)
async def test_taken_and_the_answer_is_lost(world: World, fault: Fault) -> None:
    """A job that was taken is in doubt; no second request is made, and it is found by our own id."""
    own_id = await _in_doubt(world, fault)
    (sent,) = world.pretend.submissions
    assert await world.ours.find(own_id, submitted_at=NOW - 1) == Found(sent.id)


@pytest.mark.parametrize("fault", NOT_TAKEN, ids=_name)
async def test_not_taken_and_nobody_knows(world: World, fault: Fault) -> None:
    """A submit that never became a job is in doubt all the same, and the service's record does not show it."""
    own_id = await _in_doubt(world, fault)
    assert await world.ours.find(own_id, submitted_at=NOW - 1) == Absent()


async def test_answers_that_only_this_service_gives(world: World) -> None:
    """What leaves the charge open in the service's own words is in doubt too."""
    for reply in world.case.lost:
        world.pretend.faults.add(world.case.submit, reply)
        assert isinstance(await world.ours.submit(world.order()), InDoubt), reply


async def test_found_whatever_became_of_it(world: World) -> None:
    """A lost submit whose video is done is found, and so is one among many others."""
    order = world.order()
    world.pretend.faults.add(world.case.submit, CloseAfter())
    await world.ours.submit(order)
    for _ in range(3):
        await world.accepted()
    (sent,) = [sent for sent in world.pretend.submissions if sent.client_request_id == order.client_request_id]
    assert await world.ours.find(order.client_request_id, submitted_at=NOW) == Found(sent.id)
    world.pretend.jobs[sent.id].finish()
    assert await world.ours.find(order.client_request_id, submitted_at=NOW) == Found(sent.id)


async def test_a_record_that_cannot_be_read(world: World) -> None:
    """A record that is down, strange or slow never counts as one that does not show the submit."""
    order = world.order()
    await world.accepted(order)
    faults: list[Fault] = [
        RespondWith(503, headers={"Retry-After": "3"}),
        RespondWith(401, json={"message": "no"}),
        RespondWith(404),
        RespondWith(404, body=b"404 page not found"),
        RespondWith(429),
        RespondWith(500),
        RespondWith(200, body=b"{"),
        *(RespondWith(200, json=record) for record in world.case.strange_records),
        CloseBefore(),
        Hang(),
    ]
    world.pretend.faults.add(world.case.record, *faults)
    outcomes = [await world.ours.find(order.client_request_id, submitted_at=NOW) for _ in faults]
    assert [type(outcome) for outcome in outcomes] == [Unanswered] * len(faults)
    assert isinstance(outcomes[0], Unanswered)
    assert outcomes[0].retry_after == 3
    assert isinstance(await world.ours.find(order.client_request_id, submitted_at=NOW), Found)


async def test_stopped_in_the_middle(world: World) -> None:
    """At shutdown a submit on its way is let go of at once."""
    begun = asyncio.Event()
    world.pretend.faults.on_request = lambda _incoming, _moment: begun.set()
    world.pretend.faults.add(world.case.submit, Hang())
    submit = asyncio.create_task(world.ours.submit(world.order()))
    await begun.wait()
    submit.cancel()
    with pytest.raises(asyncio.CancelledError):
        await submit


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 422, 429, 500, 502, 503])
async def test_no_key_and_no_photo_in_any_words(world: World, status: int) -> None:
    """Whatever a service echoes, the key and the photos are in no outcome's text."""
    photo = b64encode(LEFT).decode()
    echo = f"Bearer {KEY} data:image/jpeg;base64,{photo} {photo}"
    answers = (
        RespondWith(status, body=echo.encode()),
        RespondWith(status, json={"message": echo, "error": {"message": echo}, "code": echo, "status": echo}),
        RespondWith(status, json={"data": {"task_status": "failed", "task_status_msg": echo}, "status": "error"}),
        RespondWith(status, json=json.loads(json.dumps({"detail": [{"msg": echo, "type": echo, "input": echo}]}))),
    )
    told = []
    for name in (world.case.submit, world.case.poll, world.case.record, world.case.account):
        for answer in answers:
            world.pretend.faults.clear()
            world.pretend.faults.add(name, answer)
            told.append(
                await world.ours.submit(world.order())
                if name == world.case.submit
                else await world.ours.balance()
                if name == world.case.account
                else (await world.ours.poll("1"), await world.ours.find("1", submitted_at=NOW))
            )
    assert KEY not in repr(told)
    assert photo[:40] not in repr(told)
    assert photo[-60:-20] not in repr(told)
