"""Presses that the bot finds late: as Telegram tells no time of a press, the bot knows when nothing waited for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseBefore
from storage import State
from tests.assertions import MENTION, callback_answer, is_video, says
from tests.handlers.group_chat import asks_for_consent
from tests.handlers.inline.inline_chat import becomes_video, choose, send_photos
from tests.handlers.private_chat import get_video

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

HELD = "I was away when you asked for this"
PRESS_AGAIN = "I was away when you pressed that"
TWENTY_MINUTES = 1200.0


async def comes_back(bot: BotUnderTest, query_id: str, seconds: float = TWENTY_MINUTES) -> None:
    """Start the bot so many seconds later, when the press is too old for a pop-up."""
    bot.advance(seconds)
    bot.telegram.expire_query(query_id)
    await bot.start()


@pytest.mark.parametrize("label", ["🔁 Again", "↔️ Swap sides"])
async def test_row_50_again_is_asked_first(bot: BotUnderTest, ada: bytes, ben: bytes, label: str) -> None:
    """Again, pressed twice while the bot was away, is asked about once; a tap makes the video."""
    await bot.start()
    bot.chat.send_album([ada, ben], "/hug")
    first = await bot.chat.wait_for(is_video)
    await bot.stop()
    bot.chat.press(first.id, label)
    await comes_back(bot, bot.chat.press(first.id, label))
    held = await bot.chat.wait_for(says(HELD))
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("more in these 24 hours"))
    assert len([seen for seen in bot.chat.history if HELD in seen.text]) == 1
    assert len(bot.aiml.submissions) == 1
    bot.chat.press(held.id, "Run it now")
    await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    before, after = (sent.photos for sent in bot.aiml.submissions)
    assert list(after) == (list(before) if "Again" in label else list(reversed(before)))


async def test_row_50_a_short_absence_asks_nobody(bot: BotUnderTest, coffee: bytes) -> None:
    """After a restart of a few minutes, a press makes the video without another question."""
    await bot.start()
    first = await get_video(bot, coffee)
    await bot.stop()
    await comes_back(bot, bot.chat.press(first.id, "🔁 Again"), 300)
    await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)


async def test_row_50_later_presses_are_fresh(bot: BotUnderTest, coffee: bytes) -> None:
    """A press after the bot has come back is fresh, though the one before was not."""
    await bot.start()
    first = await get_video(bot, coffee)
    await bot.stop()
    await comes_back(bot, bot.chat.press(first.id, "🔁 Again"))
    held = await bot.chat.wait_for(says(HELD))
    bot.chat.press(held.id, "Cancel")
    await bot.chat.wait_for(says("All right, cancelled"))
    bot.chat.press(first.id, "🔁 Again")
    await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)


async def test_row_50_an_effect_chosen_late(bot: BotUnderTest, coffee: bytes) -> None:
    """An effect that was chosen for a photo while the bot was away makes no video."""
    await bot.start()
    bot.chat.send_photo(coffee)
    question = await bot.chat.wait_for(says("What shall I do"))
    await bot.stop()
    query = bot.chat.press(question.id, "🫳 Squish")
    bot.advance(TWENTY_MINUTES)
    await bot.start()
    await callback_answer(bot, query)
    assert await bot.jobs() == []


async def test_row_50_consent_found_late(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Accept, found late, keeps the person's word, and asks the one who wanted the video before anything is paid."""
    bot.ada.profile_photo = ada
    ben_himself = bot.telegram.add_person("Ben", username="Ben_Here", profile_photo=ben)
    group = bot.telegram.add_group("Friends", [bot.ada, ben_himself])
    await bot.start()
    words = group.send_text("good morning", by=ben_himself)
    group.send_text(f"/hug{MENTION}", by=bot.ada, reply_to=words)
    question = await group.wait_for(asks_for_consent)
    await bot.stop()
    await comes_back(bot, group.press(question.id, "✅ Accept", by=ben_himself))
    held = await group.wait_for(says(HELD))
    assert await bot.jobs() == []
    group.press(held.id, "Run it now", by=bot.ada)
    await group.wait_for(is_video)
    assert len([seen for seen in group.history if asks_for_consent(seen)]) == 1


async def test_row_50_try_again_found_late(bot: BotUnderTest, coffee: bytes) -> None:
    """Try again under a lost submit, found late, sends nothing, and the person is asked in the chat to press again."""
    bot.aiml.faults.add("POST /v2/video/generations", CloseBefore())
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.NEEDS_DECISION, advancing=100)
    question = await bot.chat.wait_for(says("Shall I send them again?"))
    await bot.stop()
    await comes_back(bot, bot.chat.press(question.id, "🔁 Try again"))
    await bot.chat.wait_for(says(PRESS_AGAIN))
    assert (await bot.job()).state is State.NEEDS_DECISION
    assert bot.aiml.submissions == []


async def test_row_50_start_found_late(bot: BotUnderTest, coffee: bytes) -> None:
    """Start under a message in another chat, found late, makes nothing until it is pressed again."""
    bot.telegram.account.inline_feedback = False
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await bot.stop()
    query = bot.telegram.press_inline(bot.ada, message, "▶️ Start")
    bot.advance(TWENTY_MINUTES)
    await bot.start()
    assert PRESS_AGAIN in await callback_answer(bot, query)
    assert await bot.jobs() == []
    bot.telegram.press_inline(bot.ada, message, "▶️ Start")
    await becomes_video(bot, message)


async def test_row_50_again_in_another_chat_found_late(bot: BotUnderTest, coffee: bytes) -> None:
    """Again under a video in another chat, found late, makes nothing until it is pressed again."""
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await becomes_video(bot, message)
    (job,) = await bot.until(lambda jobs: [one.state for one in jobs] == [State.DELIVERED])
    await bot.stop()
    query = bot.telegram.press_inline(bot.ada, message, data=f"again:{job.id}")
    bot.advance(TWENTY_MINUTES)
    await bot.start()
    assert PRESS_AGAIN in await callback_answer(bot, query)
    assert len(await bot.jobs()) == 1
