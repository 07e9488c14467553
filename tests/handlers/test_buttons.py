"""Buttons, /status, /cancel and /start, as a person meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import callback_answer, is_video, says
from tests.handlers.private_chat import get_video

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest


async def test_again(bot: BotUnderTest, coffee: bytes) -> None:
    """Again makes the same video once more, as an answer to the first; a double tap makes one, not two."""
    await bot.start()
    first = await get_video(bot, coffee)
    one = bot.chat.press(first.id, "🔁 Again")
    two = bot.chat.press(first.id, "🔁 Again")
    again = await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert again.reply_to == first.id
    assert "in the queue" in await callback_answer(bot, one)
    assert "already being made" in await callback_answer(bot, two)
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)


async def test_swap_sides(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Swap sides makes a two-photo video with the other one on the left."""
    await bot.start()
    bot.chat.send_album([ada, ben], "/hug")
    first = await bot.chat.wait_for(is_video)
    bot.chat.press(first.id, "↔️ Swap sides")
    await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    before, after = bot.aiml.submissions
    assert list(after.photos) == list(reversed(before.photos))


async def test_another_effect(bot: BotUnderTest, coffee: bytes) -> None:
    """Another effect offers the effects for the same photo, and the choice makes the video."""
    await bot.start()
    first = await get_video(bot, coffee)
    bot.chat.press(first.id, "🎨 Another effect")
    offered = await bot.chat.wait_for(says("What shall I do"))
    bot.chat.press(offered.id, "🎈 Inflate")
    second = await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert second.id == offered.id
    assert bot.aiml.submissions[1].scene == "expansion"


async def test_only_the_owner_may_press(bot: BotUnderTest, group: Chat, bob: Person, coffee: bytes) -> None:
    """In a group another person's press changes nothing and says so."""
    await bot.start()
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bot.ada)
    video = await group.wait_for(is_video)
    answer = await callback_answer(bot, group.press(video.id, "🔁 Again", by=bob))
    assert "Only the person who asked" in answer
    assert len(await bot.jobs()) == 1


async def test_cancel_before_the_submit(bot: BotUnderTest, coffee: bytes) -> None:
    """Cancel while it waits costs nothing, and the status message says so."""
    bot.aiml.concurrency = 0
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    status = await bot.chat.wait_for(says("busy just now"))
    answer = await callback_answer(bot, bot.chat.press(status.id, "Cancel"))
    assert "Nothing was charged" in answer
    await bot.chat.wait_for(says("cancelled. Nothing was charged"))
    await bot.until_state(State.CANCELLED)
    assert bot.aiml.ledger == []


async def test_cancel_command(bot: BotUnderTest, coffee: bytes) -> None:
    """/cancel gives up what is asked for; then, with nothing left, it says so."""
    await bot.start()
    bot.chat.send_text("/hug")
    question = await bot.chat.wait_for(says("send me two photos"))
    bot.chat.send_text("/cancel")
    await bot.chat.wait_for(says("cancelled. Nothing was charged"))
    await bot.chat.wait(lambda chat: not any("send me two photos" in seen.text for seen in chat.messages))
    assert question.id in [seen.id for seen in bot.chat.messages]
    bot.chat.send_text("/cancel")
    await bot.chat.wait_for(says("nothing to cancel"))
    bot.chat.send_photo(coffee)
    await bot.chat.wait_for(says("What shall I do"))


async def test_status(bot: BotUnderTest, coffee: bytes) -> None:
    """/status lists a person's videos with their states, and how many they may still ask for."""
    await bot.start()
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("None yet"))
    await get_video(bot, coffee)
    await bot.until_state(State.DELIVERED)
    bot.chat.send_text("/status")
    listed = await bot.chat.wait_for(says("Squish — done"))
    assert "9 more" in listed.text


async def test_photos_that_are_seen_in_turn(bot_with_kling: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Where two photos are seen one after the other, nobody stands on the left, and they are swapped as photos."""
    await bot_with_kling.start()
    bot_with_kling.chat.send_text("/smooth_transition")
    asked = await bot_with_kling.chat.wait_for(says("send me two photos"))
    assert "They are used in this order." in asked.text_or_caption
    bot_with_kling.chat.send_photo(ada)
    await bot_with_kling.chat.wait_for(says("I have the first photo. Now send me the other one."))
    bot_with_kling.chat.send_photo(coffee)
    video = await bot_with_kling.chat.wait_for(is_video)
    assert not any("left" in seen.text_or_caption for seen in bot_with_kling.chat.history if seen.sender == "bot")
    bot_with_kling.chat.press(video.id, "↔️ Swap photos")
    await bot_with_kling.until(lambda jobs: len(jobs) == 2 and jobs[1].finished_at is not None)
    first, second = bot_with_kling.kling.submissions
    assert first.photos == second.photos[::-1]


async def test_found_after_a_long_outage(bot: BotUnderTest, coffee: bytes) -> None:
    """A command found more than ten minutes late is not charged silently: a tap runs it."""
    bot.chat.send_photo(coffee, "/squish", date=bot.clock() - 3600)
    await bot.start()
    held = await bot.chat.wait_for(says("I was away"))
    assert await bot.jobs() == []
    bot.chat.press(held.id, "Run it now")
    video = await bot.chat.wait_for(is_video)
    assert video.id == held.id


async def test_a_draft_expires(bot: BotUnderTest, ada: bytes) -> None:
    """What is missing for ten minutes is let go of, and the question says so."""
    await bot.start()
    bot.chat.send_photo(ada, "/hug")
    question = await bot.chat.wait_for(says("send me the other one"))
    await bot.stop()
    bot.clock.advance(700)
    await bot.start()
    await bot.chat.wait_for(lambda seen: seen.id == question.id and "I let it go" in seen.text)


@pytest.mark.first_start
async def test_start_help_and_menu(bot: BotUnderTest) -> None:
    """/start and /help tell what the bot does with each main effect; the menu has the commands in every scope."""
    await bot.start()
    bot.chat.send_text("/start")
    greeting = await bot.chat.wait_for(says("I turn one or two photos"))
    for command in ("/hug", "/kiss", "/heart", "/fight", "/squish", "/expansion"):
        assert command in greeting.text
    assert "Your photos" in greeting.text
    await bot.telegram.wait(lambda telegram: len({scope for scope, _ in telegram.commands}) == 4)
    assert all(
        {"hug", "squish", "effects", "help"} <= {one["command"] for one in commands}
        for commands in bot.telegram.commands.values()
    )


async def test_a_link_starts_an_effect(bot: BotUnderTest) -> None:
    """A link with an effect's name asks for its photo at once."""
    await bot.start()
    bot.chat.send_text("/start squish")
    await bot.chat.wait_for(says("send me the photo"))


async def test_forged_buttons_do_nothing(bot: BotUnderTest) -> None:
    """A press with made-up data is answered, and changes nothing."""
    await bot.start()
    bot.chat.send_text("/help")
    help_ = await bot.chat.wait_for(says("I turn one or two photos"))
    for data in ("again:nothing", "pick:x:hug", "shelf:-:pets:x", "shelf:-:nope:0", "want:nothing", "x", "cancel", ":"):
        query = bot.chat.press(help_.id, data=data)
        await callback_answer(bot, query)
    assert await bot.jobs() == []
