"""Guest mode: the bot is called in a chat that it is not in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import CloseAfter
from storage import State
from tests.assertions import callback_answer
from tests.handlers.inline.inline_chat import becomes_video, says, snapshot

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest

BOT = "@kling_sandbox_bot"
START = "▶️ Start"


async def answered(bot: BotUnderTest, number: int = 1) -> str:
    """Wait for the answer to the latest guest query, and return the message's id."""
    await bot.telegram.wait(lambda telegram: len(telegram.guest_answers) >= number)
    return list(bot.telegram.guest_answers.values())[-1]


def elsewhere(bot: BotUnderTest, ben: Person) -> Chat:
    """Return a chat of Ada and Ben, without the bot."""
    return bot.telegram.add_group_without_bot("Elsewhere", [bot.ada, ben])


@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_in_reply_to_a_photo(bot: BotUnderTest, coffee: bytes, *, storage: bool) -> None:
    """The bot's name and an effect, in reply to a photo: a placeholder at once, and then the video in its place."""
    channel = bot.telegram.add_channel("Storage")
    await bot.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    bot.telegram.send_guest_message(bot.ada, f"{BOT} squish", reply_to_photo=coffee)
    message = await answered(bot)
    placed = next(call for call in bot.params_of("answerGuestQuery"))
    assert "is being made" in str(placed)
    video = await becomes_video(bot, message)
    assert video.video == bot.video.data
    assert len([one for one in channel.messages if one.video]) == storage
    (photo,) = (await bot.job()).photos
    stored = bot.telegram.files.by_id(photo.file_id)
    assert stored is not None
    assert stored.data == coffee


async def test_in_a_chat_on_the_stage(bot: BotUnderTest, coffee: bytes) -> None:
    """Both people of the chat see the video there; anybody's photo may be replied to."""
    ben = bot.telegram.add_person("Ben")
    room = elsewhere(bot, ben)
    await bot.start()
    photo = room.send_photo(coffee, by=ben)
    room.send_text(f"{BOT} Squish", by=bot.ada, reply_to=photo)
    await room.wait_for(lambda one: one.video is not None)


async def test_two_photos_take_the_profile_picture(bot: BotUnderTest, ben: bytes, ada: bytes) -> None:
    """For a hug, the summoner's profile picture stands on the left, the replied-to photo on the right; it says so."""
    bot.ada.profile_photo = ada
    await bot.start()
    bot.aiml.concurrency = 0
    bot.telegram.send_guest_message(bot.ada, f"{BOT} hug", reply_to_photo=ben)
    message = await answered(bot)
    assert "Your profile picture stands on the left" in snapshot(bot, message).text
    await says(bot, message, "I keep trying by myself")
    assert "Your profile picture stands on the left" in snapshot(bot, message).text
    bot.aiml.concurrency = None
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=10)
    await becomes_video(bot, message)
    left, right = (bot.telegram.files.by_id(photo.file_id) for photo in (await bot.job()).photos)
    assert left is not None
    assert right is not None
    assert (left.data, right.data) == (ada, ben)


async def test_two_photos_without_a_profile_picture(bot: BotUnderTest, coffee: bytes) -> None:
    """Who has no picture that the bot can see is told what to do instead; nothing is made."""
    await bot.start()
    bot.telegram.send_guest_message(bot.ada, f"{BOT} hug", reply_to_photo=coffee)
    message = await answered(bot)
    assert "can't see a profile picture of yours" in snapshot(bot, message).text
    assert await bot.jobs() == []


async def test_the_photo_of_the_message_itself(bot: BotUnderTest, coffee: bytes) -> None:
    """A photo with the bot's name and the effect in its caption is the input."""
    await bot.start()
    bot.telegram.send_guest_message(bot.ada, f"{BOT} squish", photo=coffee)
    await becomes_video(bot, await answered(bot))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{BOT}", "Reply to a photo, and write my name and an effect"),
        (f"{BOT} squish", "I need a photo for that"),
        (f"{BOT} hug", "your profile picture stands on the left"),
        (f"{BOT} jely squish", "Did you mean"),
        (f"{BOT} <b>qqqq", "I don't know the effect “<b>qqqq”"),
    ],
)
async def test_words_on_how_it_is_done(bot: BotUnderTest, text: str, words: str) -> None:
    """Without a photo, or without an effect that there is, the answer says in words how it is done."""
    await bot.start()
    bot.telegram.send_guest_message(bot.ada, text)
    assert words in snapshot(bot, await answered(bot)).text
    assert await bot.jobs() == []


async def test_the_reason_why_not(bot: BotUnderTest, ada: bytes) -> None:
    """A failure is told in the message, with a button that opens the private chat."""
    bot.ada.profile_photo = ada
    await bot.start()
    bot.telegram.send_guest_message(bot.ada, f"{BOT} kiss", reply_to_photo=ada)
    message = await answered(bot)
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    (job,) = bot.aiml.jobs.values()
    job.fail(job_error("face_detection_error", job.request, 0))
    told = await says(bot, message, "there is no video this time")
    assert "start=job_" in (told.buttons[0][0].url or "")


async def test_a_limit(bot: BotUnderTest, coffee: bytes) -> None:
    """Over the limit the message says so."""
    await bot.start(user_daily_limit="0")
    bot.telegram.send_guest_message(bot.ada, f"{BOT} squish", reply_to_photo=coffee)
    await says(bot, await answered(bot), "in the last 24 hours")
    assert await bot.jobs() == []


async def test_the_answer_is_lost(bot: BotUnderTest, coffee: bytes) -> None:
    """Where Telegram's answer is lost, Start under the placeholder goes on: once, and for the summoner alone."""
    bot.telegram.faults.add("answerGuestQuery", CloseAfter())
    await bot.start()
    bot.telegram.send_guest_message(bot.ada, f"{BOT} squish", reply_to_photo=coffee)
    message = await answered(bot)
    await bot.telegram.wait(lambda _: len(bot.params_of("answerGuestQuery")) == 2)
    ben = bot.telegram.add_person("Ben")
    assert "Only the person" in await callback_answer(bot, bot.telegram.press_inline(ben, message, START))
    assert await bot.jobs() == []
    bot.telegram.press_inline(bot.ada, message, START)
    await becomes_video(bot, message)
    assert len(bot.aiml.submissions) == 1


async def test_nobody_in_particular(bot: BotUnderTest, coffee: bytes) -> None:
    """Who writes in a chat's name is told that videos are counted for people."""
    await bot.start()
    bot.telegram.send_guest_message(bot.ada, f"{BOT} squish", reply_to_photo=coffee)
    await answered(bot)
    update = {
        "update_id": 990_000,
        "guest_message": {
            "message_id": 7,
            "date": int(bot.clock()),
            "chat": {"id": -100_999, "type": "supergroup", "title": "Elsewhere"},
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "sender_chat": {"id": -100_999, "type": "supergroup", "title": "Elsewhere"},
            "guest_query_id": bot.telegram.inline.open_guest_query(bot.ada),
            "text": f"{BOT} squish",
        },
    }
    bot.telegram.push_update(update)
    message = await answered(bot, 2)
    assert "I can't see who you are" in snapshot(bot, message).text
