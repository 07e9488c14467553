"""Kling tells of news by itself: a hint, confirmed by a question, and the video leaves at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.http.faults import FOREVER, CloseAfter
from storage import State
from tests.assertions import is_video
from tests.free_ports import free_port

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

POST, POLL = "POST /v1/videos/effects", "GET /v1/videos/effects/*"


def with_callbacks(**more: str) -> dict[str, str]:
    """Return settings of a bot that listens for callbacks, and polls only after minutes."""
    place = f"127.0.0.1:{free_port()}"
    own = {"video_service": "kling", "listen": place, "kling_callback_url": f"http://{place}", "poll_interval": "60"}
    return own | more


async def generating(bot_with_kling: BotUnderTest, photos: list[bytes]) -> tuple[str, Any]:
    """Start a hug; return the callback address that the service was given, and the task."""
    bot_with_kling.chat.send_album(photos, "/hug")
    await bot_with_kling.until_state(State.GENERATING)
    (task,) = bot_with_kling.kling.jobs.values()
    return str(task.request.callback_url), task


async def test_the_video_leaves_when_the_service_says_so(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """With callbacks a finished video comes at once, though the bot would ask for it minutes later."""
    await bot_with_kling.start(**with_callbacks())
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(is_video)
    await bot_with_kling.kling.callbacks.wait_idle()
    assert {letter.status for letter in bot_with_kling.kling.callbacks.sent} == {200}
    assert len(bot_with_kling.kling.ledger) == 1


async def test_callbacks_that_are_lost(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Where no word comes, the bot asks by itself, four times as seldom as else, and the video comes."""
    bot_with_kling.kling.callbacks.copies = 0
    await bot_with_kling.start(**with_callbacks())
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    job = await bot_with_kling.until_state(State.GENERATING)
    assert job.accepted_at is not None
    assert job.due_at - job.accepted_at == pytest.approx(240)
    await bot_with_kling.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=100)


async def test_callbacks_that_are_repeated(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """The same word five times over makes one video."""
    bot_with_kling.kling.callbacks.copies = 5
    await bot_with_kling.start(**with_callbacks())
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.chat.wait_for(is_video)
    await bot_with_kling.until_state(State.DELIVERED)
    await bot_with_kling.kling.callbacks.wait_idle()
    assert {letter.status for letter in bot_with_kling.kling.callbacks.sent} == {200}
    assert len([seen for seen in bot_with_kling.chat.messages if is_video(seen)]) == 1


async def test_a_forged_end_moves_nothing(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Word that a video is done, with an address of its own, leads to a question; the service's answer counts."""
    bot_with_kling.kling.callbacks.copies = 0
    await bot_with_kling.start(**with_callbacks())
    rule = bot_with_kling.kling.faults.add(POLL, CloseAfter(), times=FOREVER)
    url, task = await generating(bot_with_kling, [ada, ben])
    forged = {
        "task_id": task.id,
        "task_status": "succeed",
        "task_result": {"videos": [{"url": "https://evil.example/v.mp4"}]},
    }
    asked = bot_with_kling.kling.faults.request_count
    assert await bot_with_kling.kling.callbacks.send(url, forged) == 200
    await bot_with_kling.until(lambda _: bot_with_kling.kling.faults.request_count > asked)
    job = await bot_with_kling.job()
    assert (job.state, job.video_url) == (State.GENERATING, None)
    rule.remove()
    await bot_with_kling.kling.wait(lambda kling: bool(kling.ledger))
    in_an_envelope = {"data": {"task_info": {"external_task_id": job.client_request_id}}}
    assert await bot_with_kling.kling.callbacks.send(url, in_an_envelope) == 200
    video = await bot_with_kling.chat.wait_for(is_video)
    assert "evil" not in str(video.raw)
    assert "evil" not in ((await bot_with_kling.job()).video_url or "")


async def test_word_of_a_submit_in_doubt(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A submit whose answer was lost is looked for as soon as the service speaks of it."""
    bot_with_kling.kling.faults.add(POST, CloseAfter())
    bot_with_kling.kling.faults.add(POLL, CloseAfter(), times=2)
    await bot_with_kling.start(**with_callbacks())
    bot_with_kling.chat.send_album([ada, ben], "/hug")
    await bot_with_kling.until(lambda jobs: bool(jobs) and jobs[0].state is State.IN_DOUBT)
    await bot_with_kling.chat.wait_for(is_video)
    assert len(bot_with_kling.kling.submissions) == 1


async def test_the_address_stays_the_same(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """After a restart the service still reaches the bot at the address that it was given before."""
    bot_with_kling.kling.callbacks.copies = 0
    await bot_with_kling.start(**with_callbacks())
    url, task = await generating(bot_with_kling, [ada, ben])
    await bot_with_kling.kling.wait(lambda kling: bool(kling.ledger))
    await bot_with_kling.stop()
    await bot_with_kling.start()
    asked = len(bot_with_kling.telegram.calls)
    await bot_with_kling.telegram.wait(lambda telegram: len(telegram.calls) > asked)
    assert await bot_with_kling.kling.callbacks.send(url, {"task_id": task.id}) == 200
    await bot_with_kling.chat.wait_for(is_video)


async def test_a_port_that_is_taken(bot_with_kling: BotUnderTest) -> None:
    """A port that another program uses is told in a sentence at start."""
    settings = with_callbacks()
    host, _, port = settings["listen"].rpartition(":")
    other = await asyncio.start_server(lambda *_: None, host, int(port))
    try:
        await bot_with_kling.start(**settings)
        assert f"LISTEN: {settings['listen']} can't be opened" in str(await bot_with_kling.died())
    finally:
        other.close()
        await other.wait_closed()
