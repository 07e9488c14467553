"""AIML over real HTTP: a submit, its polls, the lost answers and how they are found again."""

from __future__ import annotations

import asyncio
import itertools
import logging
import socket
from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.aiml import Aiml as PretendAiml
from sandbox.aiml import ErrorShape, job_error
from sandbox.faults import FOREVER, CloseAfter, CloseBefore, CutAnswer, Hang, Reply
from sandbox.serve import Server
from video.aiml import Aiml, Patience
from video.service import (
    Absent,
    Accepted,
    Balance,
    Completed,
    Failed,
    FailureKind,
    Found,
    FoundFailed,
    InDoubt,
    NotSent,
    Order,
    Pending,
    Quality,
    Refused,
    Unanswered,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

KEY = "sandbox-aiml-key"
SUBMIT = "POST /v2/video/generations"
POLL = "GET /v2/video/generations"
LOGS = "GET /v2/logs"
NOW = 1_800_000_000.0
numbers = itertools.count(1)


def photo(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (400, 400), colour).save(file, "JPEG")
    return file.getvalue()


LEFT, RIGHT = photo("red"), photo("blue")


def an_order(*photos: bytes, scene: str = "squish", quality: Quality = Quality.STANDARD) -> Order:
    return Order(f"job-{next(numbers)}:1", scene, 5, quality, photos or (LEFT,))


class World:
    """The pretend service, and ours connected to it."""

    def __init__(self, pretend: PretendAiml, ours: Aiml) -> None:
        self.pretend, self.ours = pretend, ours

    async def accepted(self, order: Order) -> str:
        """The id of a submit that must be taken."""
        outcome = await self.ours.submit(order)
        assert isinstance(outcome, Accepted)
        return outcome.service_job_id


@asynccontextmanager
async def connected(url: str, *, key: str = KEY, path: str = "/v2/video/generations") -> AsyncIterator[Aiml]:
    patience = Patience(connect=5, submit=0.5, submit_whole=5, question=0.5)
    ours = Aiml(key, url=url, path=path, clock=lambda: NOW, patience=patience)
    try:
        yield ours
    finally:
        await ours.aclose()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    pretend = PretendAiml(key=KEY, seconds=None, clock=lambda: NOW, video=b"video", needs_face=())
    async with Server(pretend.app) as server, connected(server.url) as ours:
        pretend.public_url = server.url
        yield World(pretend, ours)


# ---------------------------------------------------------------- from photos to a video
async def test_two_photos_become_a_video(world: World) -> None:
    """A hug of two photos is taken, made and found at an address, and each poll tells how it stands."""
    order = an_order(LEFT, RIGHT, scene="hug", quality=Quality.PRO)
    job = await world.accepted(order)
    submission = world.pretend.submissions[0]
    assert submission.photos == [LEFT, RIGHT]
    assert submission.client_request_id == order.client_request_id
    assert submission.model == "klingai/kling-video-v1.6-pro-effects"
    assert submission.body["duration"] == 5
    assert await world.ours.poll(job) == Pending("queued")
    world.pretend.jobs[job].finish()
    outcome = await world.ours.poll(job)
    assert isinstance(outcome, Completed)
    assert outcome.url.startswith(world.pretend.public_url)
    assert outcome.usd == world.pretend.ledger[0].usd


async def test_one_photo_is_a_string(world: World) -> None:
    """A squish of one photo is sent as the service wants one photo."""
    await world.accepted(an_order())
    assert isinstance(world.pretend.submissions[0].body["image_url"], str)


async def test_old_address_status_and_ids() -> None:
    """The service's older address, its 201 and its older ids with : and / work too."""
    pretend = PretendAiml(key=KEY, seconds=None, clock=lambda: NOW, video=b"video", needs_face=())
    pretend.accept_status, pretend.old_ids, pretend.old_keys, pretend.placeholder_error = 201, True, True, True
    legacy = "v2/generate/video/kling/generation"
    async with Server(pretend.app) as server, connected(server.url + "/", path=legacy) as ours:
        outcome = await ours.submit(an_order())
        assert isinstance(outcome, Accepted)
        assert "/" in outcome.service_job_id
        pretend.jobs[outcome.service_job_id].finish()
        assert isinstance(await ours.poll(outcome.service_job_id), Completed)


@pytest.mark.parametrize(
    ("shape", "photo_number"), [(ErrorShape.FAL, None), (ErrorShape.FAL_INDEXED, 2), (ErrorShape.NAMED, None)]
)
async def test_no_face(world: World, shape: ErrorShape, photo_number: int | None) -> None:
    """A photo without a face is told as such, in either shape, with its number where the service tells."""
    job = await world.accepted(an_order(LEFT, RIGHT, scene="kiss"))
    pretend = world.pretend.jobs[job]
    pretend.fail(job_error("face_detection_error", pretend.order, 1, shape))
    outcome = await world.ours.poll(job)
    assert isinstance(outcome, Failed)
    assert (outcome.failure.kind, outcome.failure.photo) == (FailureKind.NO_FACE, photo_number)
    assert "base64" not in outcome.failure.detail


async def test_unknown_status_is_logged_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A status that nobody has documented counts as pending, and the operator reads of it once."""
    job = await world.accepted(an_order())
    with caplog.at_level(logging.WARNING, "video"):
        for word in ("waiting", "active", "dreaming", "dreaming"):
            world.pretend.jobs[job].say(word)
            assert await world.ours.poll(job) == Pending(word)
    assert [record.getMessage().rpartition(" ")[2] for record in caplog.records] == ["dreaming"]


# ---------------------------------------------------------------- refused, or never sent
async def test_wrong_key(world: World) -> None:
    """With a wrong key nothing is taken, the operator learns why, and the key is in no text."""
    key = "sk-not-the-right-one"
    async with connected(world.pretend.public_url, key=key) as ours:
        submit, balance, poll = await ours.submit(an_order()), await ours.balance(), await ours.poll("x")
    assert isinstance(submit, Refused)
    assert isinstance(balance, Refused)
    assert submit.failure.kind is balance.failure.kind is FailureKind.BAD_KEY
    assert isinstance(poll, Unanswered)
    assert key not in f"{submit}{balance}{poll}{ours!r}"


async def test_out_of_credit(world: World) -> None:
    """With an empty account nothing is taken, and the operator learns why."""
    world.pretend.balance_usd = 0
    outcome = await world.ours.submit(an_order())
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.OUT_OF_CREDIT
    assert await world.ours.balance() == Balance(0)


async def test_retired_effect(world: World) -> None:
    """An effect that the service does not know is told as retired."""
    outcome = await world.ours.submit(an_order(scene="balloon_parade"))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.RETIRED


async def test_busy(world: World) -> None:
    """A service at its limit is asked again later, at its own word."""
    world.pretend.concurrency = 0
    outcome = await world.ours.submit(an_order())
    assert isinstance(outcome, Refused)
    assert (outcome.failure.kind, outcome.again) == (FailureKind.BUSY, True)
    world.pretend.faults.add(SUBMIT, Reply(429, json={"message": "slow down"}, headers={"Retry-After": "7"}))
    outcome = await world.ours.submit(an_order())
    assert isinstance(outcome, Refused)
    assert outcome.retry_after == 7


async def test_redirect_is_not_followed(world: World) -> None:
    """A submit that is sent elsewhere is not repeated there: photos go to the configured address alone."""
    world.pretend.faults.add(SUBMIT, Reply(307, headers={"Location": world.pretend.public_url + "/elsewhere"}))
    outcome = await world.ours.submit(an_order())
    assert isinstance(outcome, Refused)
    assert world.pretend.faults.count == 1


async def test_nobody_listens() -> None:
    """Where no connection can be made nothing was charged."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        async with connected(f"http://127.0.0.1:{port}") as ours:
            assert isinstance(await ours.submit(an_order()), NotSent)
            assert isinstance(await ours.poll("x"), Unanswered)
            assert isinstance(await ours.find("x", submitted_at=NOW), Unanswered)
            assert isinstance(await ours.balance(), Unanswered)


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "ftp://127.0.0.1", "127.0.0.1:80", "http://["])
async def test_wrong_address(url: str) -> None:
    """With an address that leads nowhere nothing was charged."""
    async with connected(url) as ours:
        assert isinstance(await ours.submit(an_order()), NotSent)
        assert isinstance(await ours.poll("x"), Unanswered)


async def test_ill_formed_header(world: World) -> None:
    """A request that HTTP does not allow never leaves."""
    order = Order("two\nlines", "squish", 5, Quality.STANDARD, (LEFT,))
    assert isinstance(await world.ours.submit(order), NotSent)
    assert world.pretend.faults.count == 0


@pytest.mark.parametrize("key", ["", " ", "ключ", "a\nb"])
def test_impossible_keys(key: str) -> None:
    """A key that no HTTP header may carry is refused at start."""
    with pytest.raises(ValueError, match="printable ASCII"):
        Aiml(key)


# ---------------------------------------------------------------- lost answers
@pytest.mark.parametrize(
    "fault",
    [
        CloseAfter(),
        CutAnswer(12),
        Reply(502, body=b"<html>Bad Gateway</html>"),
        Reply(500, json={"message": "Internal server error", "statusCode": 500}),
        Reply(504),
        Reply(200, body=b"{}"),
        Hang(),
        CloseBefore(),
    ],
    ids=lambda fault: type(fault).__name__,
)
async def test_lost_answers(world: World, fault: CloseAfter) -> None:
    """A submit whose answer is lost is in doubt; one request was made, and the log tells what became of it."""
    world.pretend.faults.add(SUBMIT, fault)
    order = an_order()
    assert isinstance(await world.ours.submit(order), InDoubt)
    assert world.pretend.faults.count == 1
    found = await world.ours.find(order.client_request_id, submitted_at=NOW - 1)
    if world.pretend.submissions:
        assert found == Found(world.pretend.submissions[0].id)
    else:
        assert found == Absent()


async def test_found_as_failed(world: World) -> None:
    """A lost submit that the service had refused is known as not charged."""
    world.pretend.balance_usd = 0
    order = an_order()
    await world.ours.submit(order)
    assert isinstance(await world.ours.find(order.client_request_id, submitted_at=NOW), FoundFailed)


@pytest.mark.parametrize("skew", [-120.0, 0.0, 120.0])
async def test_found_in_pages_and_by_another_clock(world: World, skew: float) -> None:
    """A lost submit is found behind hundreds of newer rows, by a service whose clock is two minutes off."""
    world.pretend.clock_skew = skew
    order = an_order()
    job = await world.accepted(order)
    for number in range(250):
        world.pretend.record({}, f"other-{number}", None, accepted=False)
    before = world.pretend.faults.count
    assert await world.ours.find(order.client_request_id, submitted_at=NOW) == Found(job)
    assert world.pretend.faults.count - before == 3


async def test_log_out_of_order(world: World) -> None:
    """A log that is down, strange or slow never counts as one that does not show the submit."""
    order = an_order()
    await world.accepted(order)
    strange = {"data": [], "pagination": {"has_more": True}}
    world.pretend.faults.add(
        LOGS,
        Reply(503, headers={"Retry-After": "3"}),
        Reply(401, json={"message": "no"}),
        Reply(404),
        Reply(200, json=strange),
        Reply(200, json={"data": []}),
        Reply(200, body=b"{"),
        Reply(200, json={"data": [{"client_request_id": order.client_request_id}], "pagination": {}}),
        CloseBefore(),
        Hang(),
    )
    outcomes = [await world.ours.find(order.client_request_id, submitted_at=NOW) for _ in range(9)]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert isinstance(outcomes[0], Unanswered)
    assert outcomes[0].retry_after == 3
    assert isinstance(await world.ours.find(order.client_request_id, submitted_at=NOW), Found)


async def test_endless_log(world: World) -> None:
    """A log without an end is given up after fifty pages."""
    page = {"data": [{"client_request_id": "other"}], "pagination": {"has_more": True}}
    world.pretend.faults.add(LOGS, Reply(200, json=page), times=FOREVER)
    assert isinstance(await world.ours.find("job-x", submitted_at=NOW), Unanswered)
    assert world.pretend.faults.count == 50


async def test_a_failed_row_beside_an_accepted_one(world: World) -> None:
    """Where the log shows the same submit twice, the accepted one counts."""
    rows = [
        {"client_request_id": "job-x", "status": "failed", "inference_id": "a"},
        {"client_request_id": "job-x", "status": "succeeded", "inference_id": "b"},
    ]
    world.pretend.faults.add(LOGS, Reply(200, json={"data": rows, "pagination": {"has_more": False}}))
    assert await world.ours.find("job-x", submitted_at=NOW) == Found("b")


# ---------------------------------------------------------------- connections
async def test_polls_survive_faults(world: World) -> None:
    """A poll that fails in any way is told as unanswered, and the next one works."""
    job = await world.accepted(an_order())
    faults = (Reply(404), Reply(503, headers={"Retry-After": "5"}), Reply(200, body=b"{"), CloseBefore(), Hang())
    world.pretend.faults.add(POLL, *faults)
    outcomes = [await world.ours.poll(job) for _ in faults]
    assert all(isinstance(outcome, Unanswered) for outcome in outcomes)
    assert outcomes[1] == Unanswered("HTTP 503 with nothing in it", 5)
    assert await world.ours.poll(job) == Pending("queued")


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
    async with Server(app) as server, connected(server.url) as ours:
        for _ in range(3):
            assert await ours.submit(an_order()) == Accepted("a")
            assert await ours.poll("a") == Pending("queued")
    assert len(set(ports["POST"])) == 3
    assert len(set(ports["GET"])) == 1


async def test_cancelled(world: World) -> None:
    """At shutdown a submit on its way is let go of at once."""
    begun = asyncio.Event()
    world.pretend.faults.on_request = lambda _incoming, _moment: begun.set()
    world.pretend.faults.add(SUBMIT, Hang())
    submit = asyncio.create_task(world.ours.submit(an_order()))
    await begun.wait()
    submit.cancel()
    with pytest.raises(asyncio.CancelledError):
        await submit
