"""Inline mode: what is shown above the text field while a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, labels
from tests.handlers.inline.typing_person import becomes_video, choose, result, seen, sends_photos, titles, typed

if TYPE_CHECKING:
    from tests.conftest import Play


async def delivered(play: Play, photo: bytes, command: str, number: int) -> None:
    """A finished video in the private chat."""
    play.chat.photo(photo, command)
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * number)


async def test_nothing_typed(play: Play, ada: bytes, ben: bytes) -> None:
    """Nothing typed shows the main effects, each with how many photos it needs and which they are."""
    await play.start()
    await sends_photos(play, ada, ben)
    _, answer = await typed(play)
    assert titles(answer) == ["🤗 Hug", "💋 Kiss", "🫶 Heart gesture", "🥊 Fight", "🫳 Squish", "🎈 Inflate"]
    hug, squish = result(answer, "Hug"), result(answer, "Squish")
    assert hug["description"].startswith("Needs two photos: the last two that you sent me, just now")
    assert squish["description"] == "Needs one photo: the last one that you sent me, just now"
    assert (answer.cache_time, answer.is_personal) == (0, True)
    assert answer.button == {"text": "Take other photos", "start_parameter": "inline"}
    assert all(one["reply_markup"]["inline_keyboard"] for one in answer.results)


async def test_own_videos(play: Play, coffee: bytes) -> None:
    """Below the effects a person finds their own finished videos, the newest first; nobody finds another's."""
    await play.start(user_active_limit="9")
    await delivered(play, coffee, "/squish", 1)
    await delivered(play, coffee, "/expansion", 2)
    _, answer = await typed(play)
    videos = [one for one in answer.results if one["type"] == "video"]
    assert [one["title"] for one in videos] == ["🎈 Inflate", "🫳 Squish"]
    assert [one["type"] for one in answer.results][-2:] == ["video", "video"]
    _, answer = await typed(play, "squi")
    assert [one["title"] for one in answer.results if one["type"] == "video"] == ["🫳 Squish"]
    query, answer = await typed(play, by=play.telegram.person("Ben"))
    assert [one for one in answer.results if one["type"] == "video"] == []
    query, answer = await typed(play, "squish")
    video = next(one for one in answer.results if one["type"] == "video")
    message = play.telegram.choose(play.ada, query, video["id"])
    assert seen(play, message).video == play.film.video
    assert len(await play.jobs()) == 2


async def test_videos_in_pages(play: Play, coffee: bytes) -> None:
    """Of many videos twenty are shown at once; scrolling on shows the rest, without the effects."""
    await play.start(user_active_limit="99", user_daily_limit="99", active_limit="20")
    for number in range(22):
        play.chat.photo(coffee, "/squish", at=play.clock() + number)
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 22, seconds=60)
    _, first = await typed(play)
    assert sum(one["type"] == "video" for one in first.results) == 20
    _, second = await typed(play, offset=first.next_offset)
    assert [one["type"] for one in second.results] == ["video", "video"]
    assert (second.next_offset, second.button) == ("", None)
    assert not {one["id"] for one in first.results} & {one["id"] for one in second.results}
    _, odd = await typed(play, offset="x²")
    assert len(odd.results) == 20


@pytest.mark.parametrize("text", ["jel", "Jelly", "JEL"])
async def test_text_filters_effects(play: Play, coffee: bytes, text: str) -> None:
    """A few letters show the effects that they may mean."""
    await play.start()
    await sends_photos(play, coffee)
    _, answer = await typed(play, text)
    assert answer.results
    assert all("jel" in title.lower() for title in titles(answer))


async def test_text_that_means_nothing(play: Play, coffee: bytes) -> None:
    """Letters that mean nothing show nothing, and the way to send photos."""
    await play.start()
    await sends_photos(play, coffee)
    _, answer = await typed(play, "qqqq'; --")
    assert answer.results == []
    assert answer.button is not None


async def test_profile_picture(play: Play, ben: bytes) -> None:
    """Without photos, effects for one photo take the person's profile picture, and say so."""
    person = play.telegram.person("Ben", picture=ben)
    await play.start()
    _, answer = await typed(play, by=person)
    assert titles(answer) == ["🫳 Squish", "🎈 Inflate"]
    assert {one["description"] for one in answer.results} == {"Needs one photo: your profile picture"}
    assert answer.button == {"text": "Send me photos first", "start_parameter": "inline"}
    message = await choose(play, "Squish", "squish", by=person)
    await becomes_video(play, message)
    (photo,) = (await play.job()).photos
    stored = play.telegram.files.by_id(photo.file_id)
    assert stored is not None
    assert stored.data == ben


async def test_photos_of_yesterday(play: Play, coffee: bytes) -> None:
    """After a day a photo is not at hand any more."""
    await play.start()
    await sends_photos(play, coffee)
    play.pass_time(86_500)
    _, answer = await typed(play, "squish")
    assert answer.results == []


async def test_photos_of_a_group(play: Play, coffee: bytes) -> None:
    """Photos that were sent to a group are not at hand: only those of the private chat are."""
    group = play.telegram.group("Friends", [play.ada])
    await play.start()
    group.photo(coffee, "/squish@kling_sandbox_bot", by=play.ada)
    await group.wait_for(is_video)
    _, answer = await typed(play, "expansion")
    assert [one for one in answer.results if one["type"] == "article"] == []


async def test_no_photos_yet(play: Play, ada: bytes, ben: bytes) -> None:
    """A person without photos is led to the private chat, and back with the query filled in."""
    await play.start()
    _, answer = await typed(play, "hug")
    assert answer.results == []
    assert answer.button == {"text": "Send me photos first", "start_parameter": "inline-hug"}
    play.chat.say("/start inline-hug")
    asked = await play.chat.wait_for(lambda one: "send me two photos" in one.text)
    play.chat.photo(ada)
    await play.chat.wait_for(lambda one: "Now send me the other one" in one.text)
    play.chat.photo(ben)
    back = await play.chat.wait_for(lambda one: "Thank you" in one.text)
    assert back.id == asked.id
    assert [(button.text, button.switch) for row in back.buttons for button in row] == [("↩️ To the chat", "hug")]
    assert await play.jobs() == []
    message = await choose(play, "Hug", "hug")
    await becomes_video(play, message)


async def test_one_photo_of_two(play: Play, ada: bytes, ben: bytes) -> None:
    """A photo that is at hand counts: one more is asked for."""
    await play.start()
    await sends_photos(play, ada)
    _, answer = await typed(play, "hug")
    assert "🤗 Hug" not in titles(answer)
    assert answer.button == {"text": "Send me one more photo", "start_parameter": "inline-hug"}
    play.chat.say("/start inline-hug")
    await play.chat.wait_for(lambda one: "Now send me the other one" in one.text)
    play.chat.photo(ben)
    await play.chat.wait_for(lambda one: "Thank you" in one.text)
    assert titles((await typed(play, "hug"))[1])[0] == "🤗 Hug"


async def test_photos_in_an_album(play: Play, ada: bytes, ben: bytes) -> None:
    """Both photos at once, for no effect in particular, lead back with nothing typed; the way back stays."""
    await play.start()
    play.chat.say("/start inline")
    await play.chat.wait_for(lambda one: "Then I take you back" in one.text)
    play.chat.album([ada, ben])
    back = await play.chat.wait_for(lambda one: "Thank you" in one.text)
    assert back.buttons[0][0].switch == ""
    play.pass_time(700)
    assert titles((await typed(play))[1])[0] == "🤗 Hug"
    assert [one.buttons[0][0].text for one in play.chat.messages if "Thank you" in one.text] == ["↩️ To the chat"]


async def test_share(play: Play, coffee: bytes) -> None:
    """Share under a video in the private chat shows that very video in inline mode, to nobody else."""
    await play.start()
    await delivered(play, coffee, "/squish", 1)
    await delivered(play, coffee, "/expansion", 2)
    video = await play.chat.wait_for(is_video)
    (share,) = [button for row in video.buttons for button in row if button.text == "↗️ Share"]
    query, answer = await typed(play, share.switch or "")
    assert titles(answer) == ["🫳 Squish"]
    message = play.telegram.choose(play.ada, query, answer.results[0]["id"])
    assert seen(play, message).video == play.film.video
    _, answer = await typed(play, share.switch or "", by=play.telegram.person("Ben"))
    assert answer.results == []


async def test_share_is_for_private_chats(play: Play, coffee: bytes) -> None:
    """In a group, and where inline mode is off, there is no Share."""
    group = play.telegram.group("Friends", [play.ada])
    await play.start()
    group.photo(coffee, "/squish@kling_sandbox_bot", by=play.ada)
    video = await group.wait_for(is_video)
    assert "Share" not in str(labels(video))
    await play.stop()
    play.telegram.account.inline = False
    await play.start()
    await delivered(play, coffee, "/squish", 2)
    video = await play.chat.wait_for(is_video)
    assert "Share" not in str(labels(video))


async def test_a_query_that_is_too_old(play: Play) -> None:
    """A query that nobody waits for any more is let go, and the next one is answered."""
    await play.start()
    old = play.telegram.inline_query(play.ada, "hug")
    play.telegram.expire(old)
    await typed(play, "hug")
    assert old not in play.telegram.inline_answers


async def test_a_video_that_telegram_has_lost(play: Play, coffee: bytes) -> None:
    """Where Telegram refuses a video as a result, the effects are shown all the same."""
    await play.start()
    await delivered(play, coffee, "/squish", 1)
    job = await play.job()
    play.telegram.files._by_id.pop(job.video_file_id or "")
    _, answer = await typed(play)
    assert [one["type"] for one in answer.results] == ["article", "article"]


async def test_help_tells_of_inline_mode(play: Play) -> None:
    """The greeting says what to type in other chats, where inline mode is on."""
    await play.start()
    play.chat.say("/help")
    await play.chat.wait_for(lambda one: "In any other chat, type @kling_sandbox_bot hug" in one.text)
