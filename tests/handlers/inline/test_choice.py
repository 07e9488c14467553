"""Inline mode: a result is chosen in any chat, and turns into the video there, or into the reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from tests.assertions import callback_answer, is_video, labels
from tests.handlers.inline.inline_chat import becomes_video, choose, result, says, send_photos, snapshot, type_query

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

FILE = "GET /files"
START = "▶️ Start"


@pytest.mark.parametrize("feedback", [True, False], ids=["feedback", "no feedback"])
@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_a_choice_becomes_the_video(bot: BotUnderTest, coffee: bytes, *, storage: bool, feedback: bool) -> None:
    """What a person chose in another chat becomes the video there: by itself, or when they press Start."""
    channel = bot.telegram.add_channel("Storage")
    bot.telegram.account.inline_feedback = feedback
    await bot.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    assert "is being made" in snapshot(bot, message).text
    if not feedback:
        bot.telegram.press_inline(bot.ada, message, START)
    video = await becomes_video(bot, message)
    assert video.video == bot.video.data
    assert video.buttons[0][0].url == "https://t.me/kling_sandbox_bot?start=squish"
    job = await bot.until_state(State.DELIVERED)
    assert (job.chat_id, job.inline_message_id, job.card_id) == (bot.ada.id, message, None)
    assert [one.video for one in channel.messages] == ([bot.video.data] if storage else [])
    (edit,) = bot.params_of("editMessageMedia")
    assert edit["media"]["media"].startswith("http") is not storage
    assert len(bot.aiml.submissions) == 1


async def test_two_photos(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A hug takes the last two photos that were sent in private, the older one on the left, and says so."""
    await bot.start()
    await send_photos(bot, ada, ben)
    message = await choose(bot, "Hug", "hug")
    await says(bot, message, "the older one stands on the left")
    await becomes_video(bot, message)
    first, second = (await bot.job()).photos
    photos = [post.photo for post in bot.chat.messages if post.photo]
    assert [bot.telegram.files.by_id(one.file_id).data for one in (first, second)] == photos  # type: ignore[union-attr]


async def test_the_photos_are_those_that_were_described(bot: BotUnderTest, coffee: bytes, ada: bytes) -> None:
    """A photo that is sent after the results were shown is not used for them."""
    bot.telegram.account.inline_feedback = False
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await send_photos(bot, ada)
    bot.telegram.press_inline(bot.ada, message, START)
    await becomes_video(bot, message)
    (photo,) = (await bot.job()).photos
    stored = bot.telegram.files.by_id(photo.file_id)
    assert stored is not None
    assert stored.data == coffee


async def test_start_after_feedback_makes_no_second_job(bot: BotUnderTest, coffee: bytes) -> None:
    """Whoever presses Start though the work has begun is told so, and pays once."""
    await bot.start()
    await send_photos(bot, coffee)
    query, answer = await type_query(bot, "squish")
    chosen = result(answer, "Squish")
    data = chosen["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    message = bot.telegram.choose_inline_result(bot.ada, query, chosen["id"])
    presses = [bot.telegram.press_inline(bot.ada, message, data=data) for _ in range(2)]
    assert ["already" in await callback_answer(bot, one) for one in presses] == [True, True]
    await becomes_video(bot, message)
    assert len(bot.aiml.submissions) == 1


async def test_start_twice_makes_one_job(bot: BotUnderTest, coffee: bytes) -> None:
    """A double tap on Start does it once."""
    bot.telegram.account.inline_feedback = False
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    presses = [bot.telegram.press_inline(bot.ada, message, START) for _ in range(2)]
    assert ["already" in await callback_answer(bot, one) for one in presses] == [False, True]
    await becomes_video(bot, message)
    await bot.until_state(State.DELIVERED)
    assert len(bot.aiml.submissions) == 1


async def test_one_result_chosen_in_two_chats(bot: BotUnderTest, coffee: bytes) -> None:
    """A result that a person sends to two chats becomes a video in each."""
    await bot.start()
    await send_photos(bot, coffee)
    query, answer = await type_query(bot, "squish")
    one, two = (bot.telegram.choose_inline_result(bot.ada, query, result(answer, "Squish")["id"]) for _ in range(2))
    await becomes_video(bot, one)
    await becomes_video(bot, two)
    assert len(await bot.jobs()) == 2


async def test_a_limit_is_told_in_the_message(bot: BotUnderTest, coffee: bytes) -> None:
    """Over the limit, the message says so with a Start button, which works once the limit allows."""
    await bot.start(user_daily_limit="1")
    await send_photos(bot, coffee)
    await becomes_video(bot, await choose(bot, "Squish", "squish"))
    message = await choose(bot, "Squish", "squish")
    told = await says(bot, message, "in the last 24 hours")
    assert labels(told) == [START]
    assert "in the last 24 hours" in await callback_answer(bot, bot.telegram.press_inline(bot.ada, message, START))
    bot.advance(86_500)
    bot.telegram.press_inline(bot.ada, message, START)
    await becomes_video(bot, message)


async def test_cancelled_in_the_message(bot: BotUnderTest, coffee: bytes) -> None:
    """The person cancels in the message while the service has no room; nobody else can."""
    bot.aiml.concurrency = 0
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await says(bot, message, "I keep trying by myself")
    ben = bot.telegram.add_person("Ben")
    assert "Only the person" in await callback_answer(bot, bot.telegram.press_inline(ben, message, "Cancel"))
    bot.telegram.press_inline(bot.ada, message, "Cancel")
    await says(bot, message, "Nothing was charged")
    assert (await bot.job()).state is State.CANCELLED


async def test_found_after_a_long_outage(bot: BotUnderTest, coffee: bytes) -> None:
    """A choice that is read long after it was made costs nothing until Start is pressed."""
    await bot.start()
    await send_photos(bot, coffee)
    query, answer = await type_query(bot, "squish")
    await bot.stop()
    message = bot.telegram.choose_inline_result(bot.ada, query, result(answer, "Squish")["id"])
    bot.advance(3600)
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda one: "I turn one or two photos" in one.text)
    assert await bot.jobs() == []
    bot.telegram.press_inline(bot.ada, message, START)
    await becomes_video(bot, message)


async def test_why_there_is_no_video(bot: BotUnderTest, ada: bytes) -> None:
    """A failure is told in the message; its button opens the private chat, where something can be done about it."""
    await bot.start()
    await send_photos(bot, ada, ada)
    message = await choose(bot, "Hug", "hug")
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    (job,) = bot.aiml.jobs.values()
    job.fail(job_error("face_detection_error", job.request, 0))
    told = await says(bot, message, "there is no video this time")
    ((button,),) = told.buttons
    parameter = (button.url or "").rpartition("=")[2]
    assert parameter == f"job_{(await bot.job()).id}"
    bot.chat.send_text(f"/start {parameter}")
    here = await bot.chat.wait_for(lambda one: "there is no video this time" in one.text)
    bot.chat.press(here.id, "🫳 Squish")
    await bot.chat.wait_for(is_video)


async def test_telegram_takes_no_url_there(bot: BotUnderTest, coffee: bytes) -> None:
    """Without a storage chat, a video that Telegram can't fetch waits in the private chat, behind a button."""
    await bot.start()
    await send_photos(bot, coffee)
    bot.aiml.faults.add(FILE, RespondWith(403, body=b"no"), times=2)
    message = await choose(bot, "Squish", "squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, advancing=5)
    told = await says(bot, message, "can't be shown in this message")
    ((button,),) = told.buttons
    bot.chat.send_text(f"/start {(button.url or '').rpartition('=')[2]}")
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


async def test_no_videos_in_that_chat(bot: BotUnderTest, coffee: bytes) -> None:
    """Where the chat takes no videos, the message says so, and the video waits in the private chat."""
    text = "Bad Request: CHAT_SEND_VIDEOS_FORBIDDEN"
    refusal = RespondWith(400, json={"ok": False, "error_code": 400, "description": text})
    bot.telegram.faults.add("editMessageMedia", refusal, times=2)
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, advancing=5)
    await says(bot, message, "can't be shown in this message")
    for _ in range(2):
        bot.chat.send_text(f"/start job_{(await bot.job()).id}")
        await bot.chat.wait_for(is_video)
        await bot.until_state(State.DELIVERED)
    await bot.chat.wait_for(lambda one: "it is in this chat, further up" in one.text)
    assert sum(is_video(one) for one in bot.chat.messages) == 1


async def test_the_storage_chat_gets_an_upload(bot: BotUnderTest, coffee: bytes, clip: bytes) -> None:
    """A video over 20 MB is uploaded to the storage chat, and shown from there."""
    bot.video.data = clip + bytes(21 * 1024 * 1024)
    channel = bot.telegram.add_channel("Storage")
    await bot.start(storage_chat_id=str(channel.id))
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    video = await becomes_video(bot, message)
    assert video.video == bot.video.data


async def test_the_storage_chat_is_not_there(bot: BotUnderTest, coffee: bytes) -> None:
    """A storage chat that takes nothing is told to the operator once; the video comes by its address."""
    boss = bot.telegram.private_chat(bot.telegram.add_person("Boss"))
    await bot.start(storage_chat_id="-100123", admin_ids=str(boss.id))
    await send_photos(bot, coffee)
    await becomes_video(bot, await choose(bot, "Squish", "squish"))
    await becomes_video(bot, await choose(bot, "Squish", "squish"))
    await boss.wait_for(lambda one: "STORAGE_CHAT_ID" in one.text)
    assert len([one for one in boss.messages if one.sender == "bot"]) == 1


@pytest.mark.parametrize("made", [True, False], ids=["finished", "being made"])
async def test_the_message_is_deleted(bot: BotUnderTest, coffee: bytes, *, made: bool) -> None:
    """Where the message is deleted meanwhile, the video comes to the private chat: it is paid for."""
    room = bot.telegram.add_group_without_bot("Elsewhere", [bot.ada])
    await bot.start()
    await send_photos(bot, coffee)
    if made:
        gone = RespondWith(400, json={"ok": False, "error_code": 400, "description": "Bad Request: MESSAGE_ID_INVALID"})
        bot.telegram.faults.add("editMessageMedia", gone)
    message = await choose(bot, "Squish", "squish", room=room)
    if not made:
        room.remove_message(room.messages[-1].id)
    await bot.chat.wait_for(is_video)
    job = await bot.until_state(State.DELIVERED)
    assert job.inline_message_id is None
    assert snapshot(bot, message).video is None
    assert len(bot.aiml.ledger) == 1


async def test_the_video_can_never_be_fetched(bot: BotUnderTest, coffee: bytes) -> None:
    """A video that nobody can fetch is told in the message and, asked for there, in the private chat."""
    await bot.start()
    await send_photos(bot, coffee)
    bot.aiml.faults.add(FILE, RespondWith(403, body=b"no"), times=FOREVER)
    message = await choose(bot, "Squish", "squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, advancing=5)
    told = await says(bot, message, "can't be shown in this message")
    bot.chat.send_text(f"/start {(told.buttons[0][0].url or '').rpartition('=')[2]}")
    await bot.until(lambda jobs: jobs[0].reason == "no_video", advancing=100)
    await bot.chat.wait_for(lambda one: "couldn't fetch it" in one.text)
