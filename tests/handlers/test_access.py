"""Who may use the bot: the operator's list of people and groups, and bans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import callback_answer, is_video, says
from tests.handlers.inline import inline_chat
from tests.handlers.private_chat import get_video

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest

AT = "@kling_sandbox_bot"
BANNED = "You can't use this bot any more"
PRIVATE = "This bot is private"


@pytest.fixture
def boss(bot: BotUnderTest) -> Chat:
    """Return the private chat of an admin of the bot."""
    return bot.telegram.private_chat(bot.telegram.add_person("Boss", language_code="en"))


def person_of(chat: Chat) -> Person:
    """Return whose private chat it is."""
    assert chat.owner is not None
    return chat.owner


async def test_a_banned_person_is_told_once(bot: BotUnderTest, boss: Chat, coffee: bytes) -> None:
    """Who is banned reads so once, whatever they try after that; /unban lets them go on."""
    await bot.start(admin_ids=str(boss.id))
    await get_video(bot, coffee)
    boss.send_text(f"/ban {bot.ada.id}")
    done = await boss.wait_for(says("can't use the bot any more"))
    assert bot.ada.first_name in done.text
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says(BANNED))
    bot.chat.send_text("/help")
    bot.chat.send_photo(coffee, "squish")
    video = next(seen for seen in bot.chat.messages if is_video(seen))
    assert BANNED in await callback_answer(bot, bot.chat.press(video.id, "🔁 Again"))
    query = bot.telegram.send_inline_query(bot.ada, "squish")
    await bot.telegram.wait(lambda telegram: query in telegram.inline_answers)
    assert bot.telegram.inline_answers[query].results == []
    assert len([seen for seen in bot.chat.messages if BANNED in seen.text]) == 1
    assert len(await bot.jobs()) == 1
    boss.send_text(f"/unban {bot.ada.id}")
    await boss.wait_for(says("can use the bot again"))
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("/effects"))


async def test_a_banned_person_keeps_their_data_in_hand(bot: BotUnderTest, boss: Chat, coffee: bytes) -> None:
    """Who is banned still gets a copy of their data, and deletes it."""
    await bot.start(admin_ids=str(boss.id))
    await get_video(bot, coffee)
    boss.send_text(f"/ban {bot.ada.id}")
    await boss.wait_for(says("can't use the bot any more"))
    bot.chat.send_text("/mydata")
    await bot.chat.wait_for(says("Everything that I keep about you"))
    bot.chat.send_text("/deletemydata")
    question = await bot.chat.wait_for(says("Delete everything"))
    bot.chat.press(question.id, "🗑 Delete now")
    await bot.chat.wait_for(says("Everything is deleted"))
    assert await bot.jobs() == []


async def test_open_jobs_of_a_banned_person_end(bot: BotUnderTest, boss: Chat, coffee: bytes) -> None:
    """What is not paid for is cancelled at a ban, and what may be is not posted."""
    bot.aiml.job_seconds = None
    await bot.start(admin_ids=str(boss.id), active_limit="1", user_active_limit="3")
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    bot.chat.send_photo(coffee, "/inflate")
    await bot.until(lambda jobs: len(jobs) == 2)
    bot.chat.send_text("/hug")
    await bot.chat.wait_for(says("two photos"))
    boss.send_text(f"/ban {bot.ada.id}")
    await boss.wait_for(says("has ended"))
    made, waiting = await bot.jobs()
    assert waiting.state is State.CANCELLED
    assert (made.cancel_requested, made.cancel_confirmed) == (True, True)
    for job in bot.aiml.jobs.values():
        job.finish()
    await bot.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE)
    assert not any(is_video(seen) for seen in bot.chat.history)
    assert len(bot.aiml.ledger) == 1


async def test_banned_in_a_group(bot: BotUnderTest, boss: Chat, bob: Person, coffee: bytes) -> None:
    """/ban in reply bans who wrote it, or who asked for the video; others in the group go on."""
    group = bot.telegram.add_group("Friends", [bot.ada, bob, person_of(boss)])
    await bot.start(admin_ids=str(boss.id))
    group.send_photo(coffee, f"/squish{AT}", by=bob)
    video = await group.wait_for(is_video)
    group.send_text(f"/ban{AT}", by=bot.ada, reply_to=video.id)
    group.send_text(f"/ban{AT}", by=boss.owner, reply_to=video.id)
    done = await group.wait_for(says("can't use the bot any more"))
    assert str(bob.id) in done.text
    group.send_photo(coffee, f"/squish{AT}", by=bob)
    await group.wait_for(says(BANNED))
    asked = group.send_photo(coffee, f"/squish{AT}", by=bot.ada)
    await group.wait_for(lambda seen: is_video(seen) and seen.reply_to == asked)
    assert len(bot.aiml.submissions) == 2


async def test_by_name_and_of_an_admin(bot: BotUnderTest, boss: Chat) -> None:
    """/ban takes an @name that the bot has seen; admins can't be banned, and others can't ban."""
    eve = bot.telegram.add_person("Eve", username="eve_here", language_code="en")
    room = bot.telegram.private_chat(eve)
    await bot.start(admin_ids=str(boss.id))
    room.send_text(f"/ban {bot.ada.id}")
    await room.wait_for(says("“ban”"))
    boss.send_text("/ban @eve_here")
    await boss.wait_for(says("Eve"))
    boss.send_text("/bans")
    assert str(eve.id) in (await boss.wait_for(says("Banned"))).text
    boss.send_text("/ban @nobody_knows")
    await boss.wait_for(says("Who?"))
    boss.send_text(f"/ban {boss.id}")
    await boss.wait_for(says("an admin of this bot"))
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("/effects"))


async def test_only_who_is_on_the_list(bot: BotUnderTest, boss: Chat, bob: Person, coffee: bytes) -> None:
    """With ALLOWED_IDS everybody else reads once a day that the bot is private; /allow lets them in."""
    await bot.start(admin_ids=str(boss.id), allowed_ids=str(bot.ada.id))
    await get_video(bot, coffee)
    room = bot.telegram.private_chat(bob)
    for _ in range(3):
        room.send_text("/start")
    await room.wait_for(says(PRIVATE))
    boss.send_text(f"/allow {bob.id}")
    await boss.wait_for(says("may use the bot"))
    room.send_photo(coffee, "/squish")
    await room.wait_for(is_video)
    assert len([seen for seen in room.messages if PRIVATE in seen.text]) == 1


async def test_a_group_that_is_not_on_the_list(bot: BotUnderTest, boss: Chat, bob: Person, coffee: bytes) -> None:
    """The bot leaves a group that may not use it with a sentence, and stays where an admin of the bot let it in."""
    group = bot.telegram.add_group("Strangers", [bob])
    own = bot.telegram.add_group("Friends", [bob, person_of(boss)])
    await bot.start(admin_ids=str(boss.id), allowed_ids="1")
    own.send_text(f"/allow{AT}", by=boss.owner)
    await own.wait_for(says("may use the bot"))
    group.send_text(f"/help{AT}", by=bob)
    await group.wait_for(says("may not work in this group"))
    await bot.telegram.wait(lambda _: any(call.method == "leaveChat" for call in bot.telegram.calls))
    own.send_photo(coffee, f"/squish{AT}", by=bob)
    await own.wait_for(is_video)


async def test_a_banned_person_in_inline_mode(bot: BotUnderTest, boss: Chat, coffee: bytes) -> None:
    """A result that was shown before the ban makes no video."""
    bot.telegram.account.inline_feedback = False
    await bot.start(admin_ids=str(boss.id))
    await inline_chat.send_photos(bot, coffee)
    message = await inline_chat.choose(bot, "Squish", "squish")
    boss.send_text(f"/ban {bot.ada.id}")
    await boss.wait_for(says("has ended"))
    press = bot.telegram.press_inline(bot.ada, message, "▶️ Start")
    assert BANNED in await callback_answer(bot, press)
    assert await bot.jobs() == []
