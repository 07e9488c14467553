"""AIML over real HTTP: answers that are lost, and how they are found again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, Hang, RespondWith
from sandbox.http.server import Server
from video.services.protocol import Absent, Accepted, Found, FoundFailed, InDoubt, Pending, Unanswered

if TYPE_CHECKING:
    from starlette.requests import Request

from tests.video.services.aiml.connection import LOGS, POLL, SUBMIT, AimlUnderTest, connected, new_request
from tests.video.services.case import NOW


# ---------------------------------------------------------------- lost answers
@pytest.mark.parametrize(
    "fault",
    [
        CloseAfter(),
        RespondWith(502, body=b"<html>Bad Gateway</html>"),
        RespondWith(500, json={"message": "Internal server error", "statusCode": 500}),
        RespondWith(504),
        RespondWith(200, body=b"{}"),
        Hang(),
        CloseBefore(),
    ],
    ids=lambda fault: type(fault).__name__,
)
async def test_lost_answers(service: AimlUnderTest, fault: CloseAfter) -> None:
    """A submit whose answer is lost is in doubt; one request was made, and the log tells what became of it."""
    service.fake.faults.add(SUBMIT, fault)
    request = new_request()
    assert isinstance(await service.client.submit(request), InDoubt)
    assert service.fake.faults.request_count == 1
    found = await service.client.find(request.client_request_id, submitted_at=NOW - 1)
    if service.fake.submissions:
        assert found == Found(service.fake.submissions[0].id)
    else:
        assert found == Absent()


async def test_found_as_failed(service: AimlUnderTest) -> None:
    """A lost submit that the service had refused is known as not charged."""
    service.fake.balance_usd = 0
    request = new_request()
    await service.client.submit(request)
    assert isinstance(await service.client.find(request.client_request_id, submitted_at=NOW), FoundFailed)


@pytest.mark.parametrize("skew", [-120.0, 0.0, 120.0])
async def test_found_in_pages_and_by_another_clock(service: AimlUnderTest, skew: float) -> None:
    """A lost submit is found behind hundreds of newer rows, by a service whose clock is two minutes off."""
    service.fake.clock_skew = skew
    request = new_request()
    job = await service.accepted(request)
    for number in range(250):
        service.fake.record({}, f"other-{number}", None, accepted=False)
    before = service.fake.faults.request_count
    assert await service.client.find(request.client_request_id, submitted_at=NOW) == Found(job)
    assert service.fake.faults.request_count - before == 3


@pytest.mark.parametrize("skew", [-86_400.0, -1200.0, 1200.0, 7200.0])
@pytest.mark.parametrize("fresh", [True, False], ids=["another-process", "this-process"])
async def test_row_37_found_by_the_services_own_clock(service: AimlUnderTest, skew: float, *, fresh: bool) -> None:
    """A lost submit is found though the clocks are far apart, also by a process that has not heard from AIML yet."""
    service.fake.clock_skew = skew
    request = new_request()
    job = await service.accepted(request)
    if fresh:
        async with connected(service.fake.public_url) as client:
            assert await client.find(request.client_request_id, submitted_at=NOW) == Found(job)
    assert await service.client.find(request.client_request_id, submitted_at=NOW) == Found(job)
    assert await service.client.find("another", submitted_at=NOW) == Absent()


async def test_log_out_of_order(service: AimlUnderTest) -> None:
    """A log that is down, strange or slow never counts as one that does not show the submit."""
    request = new_request()
    await service.accepted(request)
    strange = {"data": [], "pagination": {"has_more": True}}
    service.fake.faults.add(
        LOGS,
        RespondWith(503, headers={"Retry-After": "3"}),
        RespondWith(401, json={"message": "no"}),
        RespondWith(404),
        RespondWith(200, json=strange),
        RespondWith(200, json={"data": []}),
        RespondWith(200, body=b"{"),
        RespondWith(200, json={"data": [{"client_request_id": request.client_request_id}], "pagination": {}}),
        CloseBefore(),
        Hang(),
    )
    outcomes = [await service.client.find(request.client_request_id, submitted_at=NOW) for _ in range(9)]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert isinstance(outcomes[0], Unanswered)
    assert outcomes[0].retry_after == 3
    assert isinstance(await service.client.find(request.client_request_id, submitted_at=NOW), Found)


async def test_endless_log(service: AimlUnderTest) -> None:
    """A log without an end is given up after fifty pages."""
    page = {"data": [{"client_request_id": "other"}], "pagination": {"has_more": True}}
    service.fake.faults.add(LOGS, RespondWith(200, json=page), times=FOREVER)
    assert isinstance(await service.client.find("job-x", submitted_at=NOW), Unanswered)
    assert service.fake.faults.request_count == 50


async def test_a_failed_row_beside_an_accepted_one(service: AimlUnderTest) -> None:
    """Where the log shows the same submit twice, the accepted one counts."""
    rows = [
        {"client_request_id": "job-x", "status": "failed", "inference_id": "a"},
        {"client_request_id": "job-x", "status": "succeeded", "inference_id": "b"},
    ]
    service.fake.faults.add(LOGS, RespondWith(200, json={"data": rows, "pagination": {"has_more": False}}))
    assert await service.client.find("job-x", submitted_at=NOW) == Found("b")


# ---------------------------------------------------------------- connections
async def test_polls_survive_faults(service: AimlUnderTest) -> None:
    """A poll that fails in any way is told as unanswered, and the next one works."""
    job = await service.accepted(new_request())
    faults = (
        RespondWith(404),
        RespondWith(503, headers={"Retry-After": "5"}),
        RespondWith(200, body=b"{"),
        CloseBefore(),
        Hang(),
    )
    service.fake.faults.add(POLL, *faults)
    outcomes = [await service.client.poll(job) for _ in faults]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert outcomes[1] == Unanswered("HTTP 503 with nothing in it", 5)
    assert await service.client.poll(job) == Pending("queued")


async def test_connections() -> None:
    """Each submit has a connection of its own, so that none dies of an idle one; polls share theirs."""
    ports: dict[str, list[int]] = {"POST": [], "GET": []}

    async def note(request: Request) -> JSONResponse:
        await request.body()
        assert request.client is not None
        ports[request.method].append(request.client.port)
        assert request.headers["accept-encoding"] == "identity"
        return JSONResponse({"id": "a", "status": "queued"})

    app = Starlette(routes=[Route("/v2/video/generations", note, methods=["GET", "POST"])])
    async with Server(app) as server, connected(server.url) as client:
        for _ in range(3):
            assert await client.submit(new_request()) == Accepted("a")
            assert await client.poll("a") == Pending("queued")
    assert len(set(ports["POST"])) == 3
    assert len(set(ports["GET"])) == 1


async def test_cancelled(service: AimlUnderTest) -> None:
    """At shutdown a submit on its way is let go of at once."""
    submit_began = asyncio.Event()
    service.fake.faults.on_request = lambda _incoming, _moment: submit_began.set()
    service.fake.faults.add(SUBMIT, Hang())
    submit = asyncio.create_task(service.client.submit(new_request()))
    await submit_began.wait()
    submit.cancel()
    with pytest.raises(asyncio.CancelledError):
        await submit
