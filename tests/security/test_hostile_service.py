"""Answers of the video service that no service should give: bombs, giants, things of the wrong kind."""

from __future__ import annotations

import gzip
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.cli.check import check
from sandbox.http.faults import FOREVER, CloseAfter, HandleThen, IncomingRequest, RespondWith
from sandbox.http.server import Server
from storage import State
from tests.assertions import is_video, says
from tests.hostile_bodies import HOSTILE_BODIES, MIB
from tests.security.assertions import LOGS, POLL, SUBMIT, video_is_delivered
from video.services.aiml.client import AimlService
from video.services.protocol import Unanswered

if TYPE_CHECKING:
    from starlette.requests import Request

    from tests.bot_under_test import BotUnderTest

hostile_bodies = pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES.keys())


@hostile_bodies
async def test_bomb_after_a_submit(bot: BotUnderTest, coffee: bytes, body: bytes) -> None:
    """A submit answered with a bomb is in doubt: looked for in the log, adopted, charged once."""
    bot.aiml.faults.add(SUBMIT, HandleThen(RespondWith(200, body=body)))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, seconds=20, advancing=1)
    assert len(bot.aiml.submissions) == 1
    assert len(bot.aiml.ledger) == 1


async def test_bombs_after_polls(bot: BotUnderTest, coffee: bytes) -> None:
    """A poll answered with a bomb is asked again, and the person gets the video in the end."""
    bot.aiml.faults.add(
        POLL, *(RespondWith(200, body=body) for name, body in HOSTILE_BODIES.items() if name != "deep in a message")
    )
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)


async def test_bombs_in_the_log(bot: BotUnderTest, coffee: bytes) -> None:
    """A log that answers with bombs never counts as "not there": nothing is sent again, and the job is adopted."""
    bot.aiml.faults.add(SUBMIT, CloseAfter())
    bot.aiml.faults.add(LOGS, *(RespondWith(200, body=body) for body in HOSTILE_BODIES.values()))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, seconds=20, advancing=5)
    assert len(bot.aiml.submissions) == 1
    assert len(bot.aiml.ledger) == 1


@pytest.mark.parametrize(
    "body", [HOSTILE_BODIES["deep object"], HOSTILE_BODIES["giant text"], HOSTILE_BODIES["wrong types"]]
)
async def test_bomb_as_balance(bot: BotUnderTest, body: bytes) -> None:
    """`python -m bot check` says in a short sentence that a balance can't be read."""
    bot.aiml.faults.add("GET /v2/billing", RespondWith(200, body=body), times=FOREVER)
    findings = await check(bot.settings())
    (wrong,) = (finding for finding in findings if finding.failed)
    assert len(wrong.text) < 400


@pytest.mark.parametrize("status", ["completed", "error"])
async def test_giant_address_and_giant_failure(bot: BotUnderTest, coffee: bytes, status: str) -> None:
    """An address of a megabyte is never handed on, and of a long failure a line is kept."""
    video = {"url": "https://cdn.example/" + "x" * (MIB if status == "completed" else 1)}
    error = {"message": "<b>" + "no face " * (1 if status == "completed" else 500_000)}
    bot.aiml.faults.add(
        POLL, RespondWith(200, {"id": "x", "status": status, "video": video, "error": error}), times=FOREVER
    )
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    (job,) = await bot.until(lambda jobs: jobs[0].finished_at is not None, seconds=20, advancing=100)
    assert bot.params_of("editMessageMedia") == []
    assert len(job.reason_detail or "") <= 200
    assert max(len(seen.text_or_caption) for seen in bot.chat.history) < 1000


async def test_an_id_from_the_service_is_only_a_value(bot: BotUnderTest, coffee: bytes) -> None:
    """A job's id with a path, a query or SQL in it goes to the service as one value of one parameter."""
    name = "../../v2/billing?x=1&generation_id=other#' OR 1=1 --"
    asked: list[str] = []

    def listen(incoming: IncomingRequest, _: object) -> None:
        if incoming.method == POLL:
            asked.append(incoming.params["generation_id"])

    bot.aiml.faults.on_request = listen
    bot.aiml.faults.add(SUBMIT, RespondWith(200, {"id": name, "status": "queued"}))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda _: bool(asked))
    assert set(asked) == {name}


async def test_an_id_that_another_job_has_is_not_believed(bot: BotUnderTest, coffee: bytes, ada: bytes) -> None:
    """A service that gives one person's job the id of another's shows nobody somebody else's video."""
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    await bot.start()
    hers, _ = await video_is_delivered(bot, ada)
    bot.aiml.faults.add(SUBMIT, RespondWith(200, {"id": hers.service_job_id, "status": "completed"}))
    bob.send_photo(coffee, "/squish")
    await bob.wait_for(says("didn't answer clearly"))
    await bot.until(lambda jobs: jobs[1].state is State.NEEDS_DECISION, advancing=100)
    assert not any(is_video(seen) for seen in bob.history)


async def bombed(layers: int) -> int:
    """Return the peak memory in bytes while an answer of 128 MiB, compressed so many times, is read."""
    body = bytes(128 * MIB)
    for _ in range(layers):
        body = gzip.compress(body)
    headers = {"Content-Encoding": ", ".join(["gzip"] * layers)}

    async def answer(_: Request) -> Response:
        return Response(body, headers=headers)

    async with Server(Starlette(routes=[Route("/{path:path}", answer)])) as server:
        service = AimlService("key", url=server.url)
        tracemalloc.start()
        try:
            assert isinstance(await service.poll("x"), Unanswered)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            await service.aclose()


@pytest.mark.parametrize("layers", [1, 2])
async def test_an_answer_that_unpacks_into_a_huge_one(layers: int) -> None:
    """Some kilobytes that unpack into 128 megabytes do not take the memory of 128 megabytes."""
    assert await bombed(layers) < 32 * MIB
