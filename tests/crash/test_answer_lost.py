"""Row 14: Telegram did what it was asked, and its answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, CloseBefore, HandleThen, RespondWith, TruncateResponse
from storage import State

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from tests.bot_under_test import BotUnderTest


@pytest.mark.parametrize(
    "lost",
    [CloseAfter(), TruncateResponse(20), HandleThen(RespondWith(502, body=b"<html>"))],
    ids=["closed", "cut", "502"],
)
async def test_row_14_the_edit_that_shows_the_video(bot: BotUnderTest, coffee: bytes, lost: Fault) -> None:
    """The message had become the video already: it is edited again, and the person sees one video."""
    bot.telegram.faults.add("editMessageMedia", lost)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    job = await bot.until_state(State.DELIVERED)
    assert len(bot.params_of("editMessageMedia")) == 2
    assert [seen.id for seen in bot.chat.messages if "video" in seen.raw] == [job.card_id]
    assert len({seen.id for seen in bot.chat.history if "video" in seen.raw}) == 1
    await bot.chat.wait_for(lambda seen: seen.reply_to == job.card_id)


@pytest.mark.parametrize(("lost", "told"), [(CloseAfter(), 2), (CloseBefore(), 1)], ids=["answer", "question"])
async def test_row_14_the_reply_that_tells_of_the_video(
    bot: BotUnderTest, coffee: bytes, lost: Fault, told: int
) -> None:
    """Where nobody knows whether the person was told that the video is there, they are told once more."""
    bot.telegram.faults.add(lambda call: "is ready" in str(call.params.get("text")), lost)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: [job.announced for job in jobs] == ["delivered"])
    assert len([seen for seen in bot.chat.messages if "is ready" in seen.text]) == told
    assert len([seen for seen in bot.chat.messages if "video" in seen.raw]) == 1


async def test_row_14_the_status_message(bot: BotUnderTest, coffee: bytes) -> None:
    """The status message was shown but its id was lost: another one is sent, and there is one video."""
    bot.telegram.faults.add("sendMessage", CloseAfter())
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    job = await bot.until_state(State.DELIVERED)
    assert [seen.id for seen in bot.chat.messages if "video" in seen.raw] == [job.card_id]


async def test_row_14_every_reply_that_tells_of_the_video(bot: BotUnderTest, coffee: bytes) -> None:
    """Where every answer of Telegram is lost for an hour, a person hears of their video a few times, not hundreds."""
    bot.telegram.faults.add(lambda call: "is ready" in str(call.params.get("text")), CloseAfter(), times=1000)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    await bot.until(lambda jobs: jobs[0].announced == "delivered", advancing=60)
    assert 2 <= len([seen for seen in bot.chat.messages if "is ready" in seen.text]) <= 12
