"""Row 14 for inline and guest mode: Telegram did what it was asked, and its answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, HandleThen, RespondWith, TruncateResponse
from storage import State
from tests.handlers.inline.typing_person import becomes_video, choose, says, sends_photos, typed

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from tests.conftest import Play

LOST = [CloseAfter(), TruncateResponse(20), HandleThen(RespondWith(502, body=b"<html>"))]


@pytest.mark.parametrize("lost", LOST, ids=["closed", "cut", "502"])
@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_row_14_the_edit_of_an_inline_message(play: Play, coffee: bytes, lost: Fault, *, storage: bool) -> None:
    """The message had become the video already: it is edited again, and stays one video."""
    channel = play.telegram.channel("Storage")
    play.telegram.faults.add("editMessageMedia", lost)
    await play.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    await play.until_state(State.DELIVERED)
    await becomes_video(play, message)
    assert len(play.said("editMessageMedia")) == 2
    assert len(channel.messages) == storage
    assert not any(one.video for one in play.chat.history)


async def test_row_14_the_video_in_the_storage_chat(play: Play, coffee: bytes) -> None:
    """The storage chat had the video, but its file_id was lost: it gets a second copy, and the message one video."""
    channel = play.telegram.channel("Storage")
    play.telegram.faults.add("sendVideo", CloseAfter())
    await play.start(storage_chat_id=str(channel.id))
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    await play.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=2)
    await becomes_video(play, message)
    assert len(channel.messages) == 2
    assert len(play.aiml.ledger) == 1


async def test_row_14_the_answer_to_an_inline_query(play: Play, coffee: bytes) -> None:
    """The results were shown, but the bot does not know: they are shown again, and whichever is chosen works."""
    play.telegram.faults.add("answerInlineQuery", CloseAfter())
    await play.start()
    await sends_photos(play, coffee)
    query, first = await typed(play, "squish")
    message = play.telegram.choose(play.ada, query, first.results[0]["id"])
    await becomes_video(play, message)
    assert len(play.aiml.ledger) == 1


async def test_row_14_a_refusal_in_the_message(play: Play, coffee: bytes) -> None:
    """The limit was told in the message, but the bot does not know: it is told again, which changes nothing."""
    play.telegram.faults.add("editMessageText", CloseAfter())
    await play.start(user_daily_limit="0")
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    await says(play, message, "in the last 24 hours")
    await play.telegram.wait(lambda _: len(play.said("editMessageText")) == 2)
    assert await play.jobs() == []


async def test_telegram_asks_for_patience_with_one_message(play: Play, coffee: bytes) -> None:
    """A message that Telegram asks patience for waits; the video still comes, and other chats go on."""
    flood = RespondWith(
        429,
        json={
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 60",
            "parameters": {"retry_after": 60},
        },
    )
    play.telegram.faults.add(lambda call: "inline_message_id" in call.params, flood)
    await play.start()
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    play.chat.photo(coffee, "/expansion")
    await play.chat.wait_for(lambda one: one.video is not None)
    await play.until(lambda jobs: all(job.state is State.DELIVERED for job in jobs), advancing=20)
    await becomes_video(play, message)
