"""Guest mode: the bot is called in a chat that it is not in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import CloseAfter
from storage import State
from tests.assertions import pop_up
from tests.handlers.inline.typing_person import becomes_video, says, seen

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.conftest import Play

BOT = "@kling_sandbox_bot"
START = "▶️ Start"


async def answered(play: Play, number: int = 1) -> str:
    """Wait for the answer to the latest guest query: the message's id."""
    await play.telegram.wait(lambda telegram: len(telegram.guest_answers) >= number)
    return list(play.telegram.guest_answers.values())[-1]


def elsewhere(play: Play, ben: Person) -> Chat:
    """A chat of Ada and Ben, without the bot."""
    return play.telegram.group_without_bot("Elsewhere", [play.ada, ben])


@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_in_reply_to_a_photo(play: Play, coffee: bytes, *, storage: bool) -> None:
    """The bot's name and an effect, in reply to a photo: a placeholder at once, and then the video in its place."""
    channel = play.telegram.channel("Storage")
    await play.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    play.telegram.guest_message(play.ada, f"{BOT} squish", reply_to_photo=coffee)
    message = await answered(play)
    placed = next(call for call in play.said("answerGuestQuery"))
    assert "is being made" in str(placed)
    video = await becomes_video(play, message)
    assert video.video == play.film.video
    assert len([one for one in channel.messages if one.video]) == storage
    (photo,) = (await play.job()).photos
    stored = play.telegram.files.by_id(photo.file_id)
    assert stored is not None
    assert stored.data == coffee


async def test_in_a_chat_on_the_stage(play: Play, coffee: bytes) -> None:
    """Both people of the chat see the video there; anybody's photo may be replied to."""
    ben = play.telegram.person("Ben")
    room = elsewhere(play, ben)
    await play.start()
    photo = room.photo(coffee, by=ben)
    room.say(f"{BOT} Squish", by=play.ada, reply_to=photo)
    await room.wait_for(lambda one: one.video is not None)


async def test_two_photos_take_the_profile_picture(play: Play, ben: bytes, ada: bytes) -> None:
    """For a hug, the summoner's profile picture stands on the left, the replied-to photo on the right; it says so."""
    play.ada.picture = ada
    await play.start()
    play.aiml.concurrency = 0
    play.telegram.guest_message(play.ada, f"{BOT} hug", reply_to_photo=ben)
    message = await answered(play)
    assert "Your profile picture stands on the left" in seen(play, message).text
    await says(play, message, "I keep trying by myself")
    assert "Your profile picture stands on the left" in seen(play, message).text
    play.aiml.concurrency = None
    await play.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=10)
    await becomes_video(play, message)
    left, right = (play.telegram.files.by_id(photo.file_id) for photo in (await play.job()).photos)
    assert left is not None
    assert right is not None
    assert (left.data, right.data) == (ada, ben)


async def test_two_photos_without_a_profile_picture(play: Play, coffee: bytes) -> None:
    """Who has no picture that the bot can see is told what to do instead; nothing is made."""
    await play.start()
    play.telegram.guest_message(play.ada, f"{BOT} hug", reply_to_photo=coffee)
    message = await answered(play)
    assert "can't see a profile picture of yours" in seen(play, message).text
    assert await play.jobs() == []


async def test_the_photo_of_the_message_itself(play: Play, coffee: bytes) -> None:
    """A photo with the bot's name and the effect in its caption is the input."""
    await play.start()
    play.telegram.guest_message(play.ada, f"{BOT} squish", photo=coffee)
    await becomes_video(play, await answered(play))


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
async def test_words_on_how_it_is_done(play: Play, text: str, words: str) -> None:
    """Without a photo, or without an effect that there is, the answer says in words how it is done."""
    await play.start()
    play.telegram.guest_message(play.ada, text)
    assert words in seen(play, await answered(play)).text
    assert await play.jobs() == []


async def test_the_reason_why_not(play: Play, ada: bytes) -> None:
    """A failure is told in the message, with a button that opens the private chat."""
    play.ada.picture = ada
    await play.start()
    play.telegram.guest_message(play.ada, f"{BOT} kiss", reply_to_photo=ada)
    message = await answered(play)
    await play.aiml.wait(lambda aiml: bool(aiml.jobs))
    (job,) = play.aiml.jobs.values()
    job.fail(job_error("face_detection_error", job.request, 0))
    told = await says(play, message, "there is no video this time")
    assert "start=job_" in (told.buttons[0][0].url or "")


async def test_a_limit(play: Play, coffee: bytes) -> None:
    """Over the limit the message says so."""
    await play.start(user_daily_limit="0")
    play.telegram.guest_message(play.ada, f"{BOT} squish", reply_to_photo=coffee)
    await says(play, await answered(play), "in the last 24 hours")
    assert await play.jobs() == []


async def test_the_answer_is_lost(play: Play, coffee: bytes) -> None:
    """Where Telegram's answer is lost, Start under the placeholder goes on: once, and for the summoner alone."""
    play.telegram.faults.add("answerGuestQuery", CloseAfter())
    await play.start()
    play.telegram.guest_message(play.ada, f"{BOT} squish", reply_to_photo=coffee)
    message = await answered(play)
    await play.telegram.wait(lambda _: len(play.said("answerGuestQuery")) == 2)
    ben = play.telegram.person("Ben")
    assert "Only the person" in await pop_up(play, play.telegram.press_inline(ben, message, START))
    assert await play.jobs() == []
    play.telegram.press_inline(play.ada, message, START)
    await becomes_video(play, message)
    assert len(play.aiml.submissions) == 1


async def test_nobody_in_particular(play: Play, coffee: bytes) -> None:
    """Who writes in a chat's name is told that videos are counted for people."""
    await play.start()
    play.telegram.guest_message(play.ada, f"{BOT} squish", reply_to_photo=coffee)
    await answered(play)
    update = {
        "update_id": 990_000,
        "guest_message": {
            "message_id": 7,
            "date": int(play.clock()),
            "chat": {"id": -100_999, "type": "supergroup", "title": "Elsewhere"},
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "sender_chat": {"id": -100_999, "type": "supergroup", "title": "Elsewhere"},
            "guest_query_id": play.telegram.inline.summon(play.ada),
            "text": f"{BOT} squish",
        },
    }
    play.telegram.push(update)
    message = await answered(play, 2)
    assert "I can't see who you are" in seen(play, message).text
