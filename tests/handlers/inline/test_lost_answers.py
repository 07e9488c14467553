"""Row 14 for inline and guest mode: Telegram did what it was asked, and its answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, HandleThen, RespondWith, TruncateResponse
from storage import State
from tests.handlers.inline.inline_chat import becomes_video, choose, says, send_photos, type_query

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from tests.bot_under_test import BotUnderTest

LOST = [CloseAfter(), TruncateResponse(20), HandleThen(RespondWith(502, body=b"<html>"))]


@pytest.mark.parametrize("lost", LOST, ids=["closed", "cut", "502"])
@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_row_14_the_edit_of_an_inline_message(
    bot: BotUnderTest, coffee: bytes, lost: Fault, *, storage: bool
) -> None:
    """The message had become the video already: it is edited again, and stays one video."""
    channel = bot.telegram.add_channel("Storage")
    bot.telegram.faults.add("editMessageMedia", lost)
    await bot.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await bot.until_state(State.DELIVERED)
    await becomes_video(bot, message)
    assert len(bot.params_of("editMessageMedia")) == 2
    assert len(channel.messages) == storage
    assert not any(one.video for one in bot.chat.history)


async def test_row_14_the_video_in_the_storage_chat(bot: BotUnderTest, coffee: bytes) -> None:
    """The storage chat had the video, but its file_id was lost: it gets a second copy, and the message one video."""
    channel = bot.telegram.add_channel("Storage")
    bot.telegram.faults.add("sendVideo", CloseAfter())
    await bot.start(storage_chat_id=str(channel.id))
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.DELIVERED, advancing=2)
    await becomes_video(bot, message)
    assert len(channel.messages) == 2
    assert len(bot.aiml.ledger) == 1


async def test_row_14_the_answer_to_an_inline_query(bot: BotUnderTest, coffee: bytes) -> None:
    """The results were shown, but the bot does not know: they are shown again, and whichever is chosen works."""
    bot.telegram.faults.add("answerInlineQuery", CloseAfter())
    await bot.start()
    await send_photos(bot, coffee)
    query, first = await type_query(bot, "squish")
    message = bot.telegram.choose_inline_result(bot.ada, query, first.results[0]["id"])
    await becomes_video(bot, message)
    assert len(bot.aiml.ledger) == 1


async def test_row_14_a_refusal_in_the_message(bot: BotUnderTest, coffee: bytes) -> None:
    """The limit was told in the message, but the bot does not know: it is told again, which changes nothing."""
    bot.telegram.faults.add("editMessageText", CloseAfter())
    await bot.start(user_daily_limit="0")
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await says(bot, message, "in the last 24 hours")
    await bot.telegram.wait(lambda _: len(bot.params_of("editMessageText")) == 2)
    assert await bot.jobs() == []


async def test_telegram_asks_for_patience_with_one_message(bot: BotUnderTest, coffee: bytes) -> None:
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
    bot.telegram.faults.add(lambda call: "inline_message_id" in call.params, flood)
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    bot.chat.send_photo(coffee, "/expansion")
    await bot.chat.wait_for(lambda one: one.video is not None)
    await bot.until(lambda jobs: all(job.state is State.DELIVERED for job in jobs), advancing=20)
    await becomes_video(bot, message)
