"""Kling tells of news by itself: a hint, confirmed by a question, and the video leaves at once."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.http.faults import FOREVER, CloseAfter
from storage import State
from tests.assertions import is_video

if TYPE_CHECKING:
    from tests.conftest import Play

POST, POLL = "POST /v1/videos/effects", "GET /v1/videos/effects/*"


def with_callbacks(**more: str) -> dict[str, str]:
    """Settings of a bot that listens, and asks by itself after minutes only."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    own = {"video_service": "kling", "listen": place, "kling_callback_url": f"http://{place}", "poll_interval": "60"}
    return own | more


async def generating(both: Play, photos: list[bytes]) -> tuple[str, Any]:
    """A hug that is being made: the callback address that the service was given, and the task."""
    both.chat.album(photos, "/hug")
    await both.until_state(State.GENERATING)
    (task,) = both.kling.jobs.values()
    return str(task.request.callback_url), task


async def test_the_video_leaves_when_the_service_says_so(both: Play, ada: bytes, ben: bytes) -> None:
    """With callbacks a finished video comes at once, though the bot would ask for it minutes later."""
    await both.start(**with_callbacks())
    both.chat.album([ada, ben], "/hug")
    await both.chat.wait_for(is_video)
    await both.kling.callbacks.wait_idle()
    assert {letter.status for letter in both.kling.callbacks.sent} == {200}
    assert len(both.kling.ledger) == 1


async def test_callbacks_that_are_lost(both: Play, ada: bytes, ben: bytes) -> None:
    """Where no word comes, the bot asks by itself, four times as seldom as else, and the video comes."""
    both.kling.callbacks.copies = 0
    await both.start(**with_callbacks())
    both.chat.album([ada, ben], "/hug")
    job = await both.until_state(State.GENERATING)
    assert job.accepted_at is not None
    assert job.due_at - job.accepted_at == pytest.approx(240)
    await both.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=100)


async def test_callbacks_that_are_repeated(both: Play, ada: bytes, ben: bytes) -> None:
    """The same word five times over makes one video."""
    both.kling.callbacks.copies = 5
    await both.start(**with_callbacks())
    both.chat.album([ada, ben], "/hug")
    await both.chat.wait_for(is_video)
    await both.until_state(State.DELIVERED)
    await both.kling.callbacks.wait_idle()
    assert {letter.status for letter in both.kling.callbacks.sent} == {200}
    assert len([seen for seen in both.chat.messages if is_video(seen)]) == 1


async def test_a_forged_end_moves_nothing(both: Play, ada: bytes, ben: bytes) -> None:
    """Word that a video is done, with an address of its own, leads to a question; the service's answer counts."""
    both.kling.callbacks.copies = 0
    await both.start(**with_callbacks())
    rule = both.kling.faults.add(POLL, CloseAfter(), times=FOREVER)
    url, task = await generating(both, [ada, ben])
    forged = {
        "task_id": task.id,
        "task_status": "succeed",
        "task_result": {"videos": [{"url": "https://evil.example/v.mp4"}]},
    }
    asked = both.kling.faults.request_count
    assert await both.kling.callbacks.send(url, forged) == 200
    await both.until(lambda _: both.kling.faults.request_count > asked)
    job = await both.job()
    assert (job.state, job.video_url) == (State.GENERATING, None)
    rule.remove()
    await both.kling.wait(lambda kling: bool(kling.ledger))
    in_an_envelope = {"data": {"task_info": {"external_task_id": job.client_request_id}}}
    assert await both.kling.callbacks.send(url, in_an_envelope) == 200
    video = await both.chat.wait_for(is_video)
    assert "evil" not in str(video.raw)
    assert "evil" not in ((await both.job()).video_url or "")


async def test_word_of_a_submit_in_doubt(both: Play, ada: bytes, ben: bytes) -> None:
    """A submit whose answer was lost is looked for as soon as the service speaks of it."""
    both.kling.faults.add(POST, CloseAfter())
    both.kling.faults.add(POLL, CloseAfter(), times=2)
    await both.start(**with_callbacks())
    both.chat.album([ada, ben], "/hug")
    await both.until(lambda jobs: bool(jobs) and jobs[0].state is State.IN_DOUBT)
    await both.chat.wait_for(is_video)
    assert len(both.kling.submissions) == 1


async def test_the_address_stays_the_same(both: Play, ada: bytes, ben: bytes) -> None:
    """After a restart the service still reaches the bot at the address that it was given before."""
    both.kling.callbacks.copies = 0
    await both.start(**with_callbacks())
    url, task = await generating(both, [ada, ben])
    await both.kling.wait(lambda kling: bool(kling.ledger))
    await both.stop()
    await both.start()
    asked = len(both.telegram.calls)
    await both.telegram.wait(lambda telegram: len(telegram.calls) > asked)
    assert await both.kling.callbacks.send(url, {"task_id": task.id}) == 200
    await both.chat.wait_for(is_video)


async def test_a_port_that_is_taken(both: Play) -> None:
    """A port that another program uses is told in a sentence at start."""
    settings = with_callbacks()
    host, _, port = settings["listen"].rpartition(":")
    other = await asyncio.start_server(lambda *_: None, host, int(port))
    try:
        await both.start(**settings)
        assert f"LISTEN: {settings['listen']} can't be opened" in str(await both.died())
    finally:
        other.close()
        await other.wait_closed()
