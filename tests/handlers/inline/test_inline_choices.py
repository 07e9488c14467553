"""Inline mode: a result is chosen in any chat, and turns into the video there, or into the reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from tests.assertions import is_video, labels, pop_up
from tests.handlers.inline.typing_person import becomes_video, choose, result, says, seen, sends_photos, typed

if TYPE_CHECKING:
    from tests.conftest import Play

FILE = "GET /files"
START = "▶️ Start"


@pytest.mark.parametrize("feedback", [True, False], ids=["feedback", "no feedback"])
@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_a_choice_becomes_the_video(play: Play, coffee: bytes, *, storage: bool, feedback: bool) -> None:
    """What a person chose in another chat becomes the video there: by itself, or when they press Start."""
    channel = play.telegram.channel("Storage")
    play.telegram.account.inline_feedback = feedback
    await play.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    assert "is being made" in seen(play, message).text
    if not feedback:
        play.telegram.press_inline(play.ada, message, START)
    video = await becomes_video(play, message)
    assert video.video == play.film.video
    assert video.buttons[0][0].url == "https://t.me/kling_sandbox_bot?start=squish"
    job = await play.until_state(State.DELIVERED)
    assert (job.chat_id, job.inline_message_id, job.card_id) == (play.ada.id, message, None)
    assert [one.video for one in channel.messages] == ([play.film.video] if storage else [])
    (edit,) = play.said("editMessageMedia")
    assert edit["media"]["media"].startswith("http") is not storage
    assert len(play.aiml.submissions) == 1


async def test_two_photos(play: Play, ada: bytes, ben: bytes) -> None:
    """A hug takes the last two photos that were sent in private, the older one on the left, and says so."""
    await play.start()
    await sends_photos(play, ada, ben)
    message = await choose(play, "Hug", "hug")
    await says(play, message, "the older one stands on the left")
    await becomes_video(play, message)
    first, second = (await play.job()).photos
    photos = [post.photo for post in play.chat.messages if post.photo]
    assert [play.telegram.files.by_id(one.file_id).data for one in (first, second)] == photos  # type: ignore[union-attr]


async def test_the_photos_are_those_that_were_described(play: Play, coffee: bytes, ada: bytes) -> None:
    """A photo that is sent after the results were shown is not used for them."""
    play.telegram.account.inline_feedback = False
    await play.start()
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    await sends_photos(play, ada)
    play.telegram.press_inline(play.ada, message, START)
    await becomes_video(play, message)
    (photo,) = (await play.job()).photos
    stored = play.telegram.files.by_id(photo.file_id)
    assert stored is not None
    assert stored.data == coffee


async def test_start_after_feedback_makes_no_second_job(play: Play, coffee: bytes) -> None:
    """Whoever presses Start though the work has begun is told so, and pays once."""
    await play.start()
    await sends_photos(play, coffee)
    query, answer = await typed(play, "squish")
    chosen = result(answer, "Squish")
    data = chosen["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    message = play.telegram.choose(play.ada, query, chosen["id"])
    presses = [play.telegram.press_inline(play.ada, message, data=data) for _ in range(2)]
    assert ["already" in await pop_up(play, one) for one in presses] == [True, True]
    await becomes_video(play, message)
    assert len(play.aiml.submissions) == 1


async def test_start_twice_makes_one_job(play: Play, coffee: bytes) -> None:
    """A double tap on Start does it once."""
    play.telegram.account.inline_feedback = False
    await play.start()
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    presses = [play.telegram.press_inline(play.ada, message, START) for _ in range(2)]
    assert ["already" in await pop_up(play, one) for one in presses] == [False, True]
    await becomes_video(play, message)
    await play.until_state(State.DELIVERED)
    assert len(play.aiml.submissions) == 1


async def test_one_result_chosen_in_two_chats(play: Play, coffee: bytes) -> None:
    """A result that a person sends to two chats becomes a video in each."""
    await play.start()
    await sends_photos(play, coffee)
    query, answer = await typed(play, "squish")
    one, two = (play.telegram.choose(play.ada, query, result(answer, "Squish")["id"]) for _ in range(2))
    await becomes_video(play, one)
    await becomes_video(play, two)
    assert len(await play.jobs()) == 2


async def test_a_limit_is_told_in_the_message(play: Play, coffee: bytes) -> None:
    """Over the limit, the message says so with a Start button, which works once the limit allows."""
    await play.start(user_daily_limit="1")
    await sends_photos(play, coffee)
    await becomes_video(play, await choose(play, "Squish", "squish"))
    message = await choose(play, "Squish", "squish")
    told = await says(play, message, "in the last 24 hours")
    assert labels(told) == [START]
    assert "in the last 24 hours" in await pop_up(play, play.telegram.press_inline(play.ada, message, START))
    play.pass_time(86_500)
    play.telegram.press_inline(play.ada, message, START)
    await becomes_video(play, message)


async def test_cancelled_in_the_message(play: Play, coffee: bytes) -> None:
    """The person cancels in the message while the service has no room; nobody else can."""
    play.aiml.concurrency = 0
    await play.start()
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    await says(play, message, "I keep trying by myself")
    ben = play.telegram.person("Ben")
    assert "Only the person" in await pop_up(play, play.telegram.press_inline(ben, message, "Cancel"))
    play.telegram.press_inline(play.ada, message, "Cancel")
    await says(play, message, "Nothing was charged")
    assert (await play.job()).state is State.CANCELLED


async def test_found_after_a_long_outage(play: Play, coffee: bytes) -> None:
    """A choice that is read long after it was made costs nothing until Start is pressed."""
    await play.start()
    await sends_photos(play, coffee)
    query, answer = await typed(play, "squish")
    await play.stop()
    message = play.telegram.choose(play.ada, query, result(answer, "Squish")["id"])
    play.pass_time(3600)
    await play.start()
    play.chat.say("/help")
    await play.chat.wait_for(lambda one: "I turn one or two photos" in one.text)
    assert await play.jobs() == []
    play.telegram.press_inline(play.ada, message, START)
    await becomes_video(play, message)


async def test_why_there_is_no_video(play: Play, ada: bytes) -> None:
    """A failure is told in the message; its button opens the private chat, where something can be done about it."""
    await play.start()
    await sends_photos(play, ada, ada)
    message = await choose(play, "Hug", "hug")
    await play.aiml.wait(lambda aiml: bool(aiml.jobs))
    (job,) = play.aiml.jobs.values()
    job.fail(job_error("face_detection_error", job.request, 0))
    told = await says(play, message, "there is no video this time")
    ((button,),) = told.buttons
    parameter = (button.url or "").rpartition("=")[2]
    assert parameter == f"job_{(await play.job()).id}"
    play.chat.say(f"/start {parameter}")
    here = await play.chat.wait_for(lambda one: "there is no video this time" in one.text)
    play.chat.press(here.id, "🫳 Squish")
    await play.chat.wait_for(is_video)


async def test_telegram_takes_no_url_there(play: Play, coffee: bytes) -> None:
    """Without a storage chat, a video that Telegram can't fetch waits in the private chat, behind a button."""
    await play.start()
    await sends_photos(play, coffee)
    play.aiml.faults.add(FILE, RespondWith(403, body=b"no"), times=2)
    message = await choose(play, "Squish", "squish")
    await play.until(lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, advancing=5)
    told = await says(play, message, "can't be shown in this message")
    ((button,),) = told.buttons
    play.chat.say(f"/start {(button.url or '').rpartition('=')[2]}")
    await play.chat.wait_for(is_video)
    assert len(play.aiml.ledger) == 1


async def test_no_videos_in_that_chat(play: Play, coffee: bytes) -> None:
    """Where the chat takes no videos, the message says so, and the video waits in the private chat."""
    text = "Bad Request: CHAT_SEND_VIDEOS_FORBIDDEN"
    refusal = RespondWith(400, json={"ok": False, "error_code": 400, "description": text})
    play.telegram.faults.add("editMessageMedia", refusal, times=2)
    await play.start()
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    await play.until(lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, advancing=5)
    await says(play, message, "can't be shown in this message")
    for _ in range(2):
        play.chat.say(f"/start job_{(await play.job()).id}")
        await play.chat.wait_for(is_video)
        await play.until_state(State.DELIVERED)
    await play.chat.wait_for(lambda one: "it is in this chat, further up" in one.text)
    assert sum(is_video(one) for one in play.chat.messages) == 1


async def test_the_storage_chat_gets_an_upload(play: Play, coffee: bytes, clip: bytes) -> None:
    """A video over 20 MB is uploaded to the storage chat, and shown from there."""
    play.film.video = clip + bytes(21 * 1024 * 1024)
    channel = play.telegram.channel("Storage")
    await play.start(storage_chat_id=str(channel.id))
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    video = await becomes_video(play, message, 30)
    assert video.video == play.film.video


async def test_the_storage_chat_is_not_there(play: Play, coffee: bytes) -> None:
    """A storage chat that takes nothing is told to the operator once; the video comes by its address."""
    boss = play.telegram.private(play.telegram.person("Boss"))
    await play.start(storage_chat_id="-100123", admin_ids=str(boss.id))
    await sends_photos(play, coffee)
    await becomes_video(play, await choose(play, "Squish", "squish"))
    await becomes_video(play, await choose(play, "Squish", "squish"))
    await boss.wait_for(lambda one: "STORAGE_CHAT_ID" in one.text)
    assert len([one for one in boss.messages if one.sender == "bot"]) == 1


@pytest.mark.parametrize("made", [True, False], ids=["finished", "being made"])
async def test_the_message_is_deleted(play: Play, coffee: bytes, *, made: bool) -> None:
    """Where the message is deleted meanwhile, the video comes to the private chat: it is paid for."""
    room = play.telegram.group_without_bot("Elsewhere", [play.ada])
    await play.start()
    await sends_photos(play, coffee)
    if made:
        gone = RespondWith(400, json={"ok": False, "error_code": 400, "description": "Bad Request: MESSAGE_ID_INVALID"})
        play.telegram.faults.add("editMessageMedia", gone)
    message = await choose(play, "Squish", "squish", room=room)
    if not made:
        room.remove(room.messages[-1].id)
    await play.chat.wait_for(is_video)
    job = await play.until_state(State.DELIVERED)
    assert job.inline_message_id is None
    assert seen(play, message).video is None
    assert len(play.aiml.ledger) == 1


async def test_the_video_can_never_be_fetched(play: Play, coffee: bytes) -> None:
    """A video that nobody can fetch is told in the message and, asked for there, in the private chat."""
    await play.start()
    await sends_photos(play, coffee)
    play.aiml.faults.add(FILE, RespondWith(403, body=b"no"), times=FOREVER)
    message = await choose(play, "Squish", "squish")
    await play.until(lambda jobs: bool(jobs) and jobs[0].state is State.UNDELIVERABLE, advancing=5)
    told = await says(play, message, "can't be shown in this message")
    play.chat.say(f"/start {(told.buttons[0][0].url or '').rpartition('=')[2]}")
    await play.until(lambda jobs: jobs[0].reason == "no_video", advancing=100)
    await play.chat.wait_for(lambda one: "couldn't fetch it" in one.text)
