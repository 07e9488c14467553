"""Inline mode: what is shown above the text field while a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, labels
from tests.handlers.inline.inline_chat import becomes_video, choose, result, send_photos, snapshot, titles, type_query

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


async def delivered(bot: BotUnderTest, photo: bytes, command: str, number: int) -> None:
    """Deliver a video in the private chat."""
    bot.chat.send_photo(photo, command)
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * number)


async def test_nothing_typed(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Nothing typed shows the main effects, each with how many photos it needs and which they are."""
    await bot.start()
    await send_photos(bot, ada, ben)
    _, answer = await type_query(bot)
    assert titles(answer) == ["🤗 Hug", "💋 Kiss", "🫶 Heart gesture", "🥊 Fight", "🫳 Squish", "🎈 Inflate"]
    hug, squish = result(answer, "Hug"), result(answer, "Squish")
    assert hug["description"].startswith("Needs two photos: the last two that you sent me, just now")
    assert squish["description"] == "Needs one photo: the last one that you sent me, just now"
    assert (answer.cache_time, answer.is_personal) == (0, True)
    assert answer.button == {"text": "Take other photos", "start_parameter": "inline"}
    assert all(one["reply_markup"]["inline_keyboard"] for one in answer.results)


async def test_own_videos(bot: BotUnderTest, coffee: bytes) -> None:
    """Below the effects a person finds their own finished videos, the newest first; nobody finds another's."""
    await bot.start(user_active_limit="9")
    await delivered(bot, coffee, "/squish", 1)
    await delivered(bot, coffee, "/expansion", 2)
    _, answer = await type_query(bot)
    videos = [one for one in answer.results if one["type"] == "video"]
    assert [one["title"] for one in videos] == ["🎈 Inflate", "🫳 Squish"]
    assert [one["type"] for one in answer.results][-2:] == ["video", "video"]
    _, answer = await type_query(bot, "squi")
    assert [one["title"] for one in answer.results if one["type"] == "video"] == ["🫳 Squish"]
    query, answer = await type_query(bot, by=bot.telegram.add_person("Ben"))
    assert [one for one in answer.results if one["type"] == "video"] == []
    query, answer = await type_query(bot, "squish")
    video = next(one for one in answer.results if one["type"] == "video")
    message = bot.telegram.choose_inline_result(bot.ada, query, video["id"])
    assert snapshot(bot, message).video == bot.video.data
    assert len(await bot.jobs()) == 2


async def test_videos_in_pages(bot: BotUnderTest, coffee: bytes) -> None:
    """Of many videos twenty are shown at once; scrolling on shows the rest, without the effects."""
    await bot.start(user_active_limit="99", user_daily_limit="99", active_limit="20")
    for number in range(22):
        bot.chat.send_photo(coffee, "/squish", date=bot.clock() + number)
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 22, seconds=60)
    _, first = await type_query(bot)
    assert sum(one["type"] == "video" for one in first.results) == 20
    _, second = await type_query(bot, offset=first.next_offset)
    assert [one["type"] for one in second.results] == ["video", "video"]
    assert (second.next_offset, second.button) == ("", None)
    assert not {one["id"] for one in first.results} & {one["id"] for one in second.results}
    _, odd = await type_query(bot, offset="x²")
    assert len(odd.results) == 20


@pytest.mark.parametrize("text", ["jel", "Jelly", "JEL"])
async def test_text_filters_effects(bot: BotUnderTest, coffee: bytes, text: str) -> None:
    """A few letters show the effects that they may mean."""
    await bot.start()
    await send_photos(bot, coffee)
    _, answer = await type_query(bot, text)
    assert answer.results
    assert all("jel" in title.lower() for title in titles(answer))


async def test_text_that_means_nothing(bot: BotUnderTest, coffee: bytes) -> None:
    """Letters that mean nothing show nothing, and the way to send photos."""
    await bot.start()
    await send_photos(bot, coffee)
    _, answer = await type_query(bot, "qqqq'; --")
    assert answer.results == []
    assert answer.button is not None


async def test_profile_picture(bot: BotUnderTest, ben: bytes) -> None:
    """Without photos, effects for one photo take the person's profile picture, and say so."""
    person = bot.telegram.add_person("Ben", profile_photo=ben)
    await bot.start()
    _, answer = await type_query(bot, by=person)
    assert titles(answer) == ["🫳 Squish", "🎈 Inflate"]
    assert {one["description"] for one in answer.results} == {"Needs one photo: your profile picture"}
    assert answer.button == {"text": "Send me photos first", "start_parameter": "inline"}
    message = await choose(bot, "Squish", "squish", by=person)
    await becomes_video(bot, message)
    (photo,) = (await bot.job()).photos
    stored = bot.telegram.files.by_id(photo.file_id)
    assert stored is not None
    assert stored.data == ben


async def test_photos_of_yesterday(bot: BotUnderTest, coffee: bytes) -> None:
    """After a day a photo is not at hand any more."""
    await bot.start()
    await send_photos(bot, coffee)
    bot.advance(86_500)
    _, answer = await type_query(bot, "squish")
    assert answer.results == []


async def test_photos_of_a_group(bot: BotUnderTest, coffee: bytes) -> None:
    """Photos that were sent to a group are not at hand: only those of the private chat are."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    await bot.start()
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bot.ada)
    await group.wait_for(is_video)
    _, answer = await type_query(bot, "expansion")
    assert [one for one in answer.results if one["type"] == "article"] == []


async def test_no_photos_yet(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A person without photos is led to the private chat, and back with the query filled in."""
    await bot.start()
    _, answer = await type_query(bot, "hug")
    assert answer.results == []
    assert answer.button == {"text": "Send me photos first", "start_parameter": "inline-hug"}
    bot.chat.send_text("/start inline-hug")
    asked = await bot.chat.wait_for(lambda one: "send me two photos" in one.text)
    bot.chat.send_photo(ada)
    await bot.chat.wait_for(lambda one: "Now send me the other one" in one.text)
    bot.chat.send_photo(ben)
    back = await bot.chat.wait_for(lambda one: "Thank you" in one.text)
    assert back.id == asked.id
    assert [(button.text, button.switch_inline_query) for row in back.buttons for button in row] == [
        ("↩️ To the chat", "hug")
    ]
    assert await bot.jobs() == []
    message = await choose(bot, "Hug", "hug")
    await becomes_video(bot, message)


async def test_one_photo_of_two(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A photo that is at hand counts: one more is asked for."""
    await bot.start()
    await send_photos(bot, ada)
    _, answer = await type_query(bot, "hug")
    assert "🤗 Hug" not in titles(answer)
    assert answer.button == {"text": "Send me one more photo", "start_parameter": "inline-hug"}
    bot.chat.send_text("/start inline-hug")
    await bot.chat.wait_for(lambda one: "Now send me the other one" in one.text)
    bot.chat.send_photo(ben)
    await bot.chat.wait_for(lambda one: "Thank you" in one.text)
    assert titles((await type_query(bot, "hug"))[1])[0] == "🤗 Hug"


async def test_photos_in_an_album(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Both photos at once, for no effect in particular, lead back with nothing typed; the way back stays."""
    await bot.start()
    bot.chat.send_text("/start inline")
    await bot.chat.wait_for(lambda one: "Then I take you back" in one.text)
    bot.chat.send_album([ada, ben])
    back = await bot.chat.wait_for(lambda one: "Thank you" in one.text)
    assert back.buttons[0][0].switch_inline_query == ""
    bot.advance(700)
    assert titles((await type_query(bot))[1])[0] == "🤗 Hug"
    assert [one.buttons[0][0].text for one in bot.chat.messages if "Thank you" in one.text] == ["↩️ To the chat"]


async def test_share(bot: BotUnderTest, coffee: bytes) -> None:
    """Share under a video in the private chat shows that very video in inline mode, to nobody else."""
    await bot.start()
    await delivered(bot, coffee, "/squish", 1)
    await delivered(bot, coffee, "/expansion", 2)
    video = await bot.chat.wait_for(is_video)
    (share,) = [button for row in video.buttons for button in row if button.text == "↗️ Share"]
    query, answer = await type_query(bot, share.switch_inline_query or "")
    assert titles(answer) == ["🫳 Squish"]
    message = bot.telegram.choose_inline_result(bot.ada, query, answer.results[0]["id"])
    assert snapshot(bot, message).video == bot.video.data
    _, answer = await type_query(bot, share.switch_inline_query or "", by=bot.telegram.add_person("Ben"))
    assert answer.results == []


async def test_share_is_for_private_chats(bot: BotUnderTest, coffee: bytes) -> None:
    """In a group, and where inline mode is off, there is no Share."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    await bot.start()
    group.send_photo(coffee, "/squish@kling_sandbox_bot", by=bot.ada)
    video = await group.wait_for(is_video)
    assert "Share" not in str(labels(video))
    await bot.stop()
    bot.telegram.account.inline = False
    await bot.start()
    await delivered(bot, coffee, "/squish", 2)
    video = await bot.chat.wait_for(is_video)
    assert "Share" not in str(labels(video))


async def test_a_query_that_is_too_old(bot: BotUnderTest) -> None:
    """A query that nobody waits for any more is let go, and the next one is answered."""
    await bot.start()
    old = bot.telegram.send_inline_query(bot.ada, "hug")
    bot.telegram.expire_query(old)
    await type_query(bot, "hug")
    assert old not in bot.telegram.inline_answers


async def test_a_video_that_telegram_has_lost(bot: BotUnderTest, coffee: bytes) -> None:
    """Where Telegram refuses a video as a result, the effects are shown all the same."""
    await bot.start()
    await delivered(bot, coffee, "/squish", 1)
    job = await bot.job()
    bot.telegram.files._by_id.pop(job.video_file_id or "")
    _, answer = await type_query(bot)
    assert [one["type"] for one in answer.results] == ["article", "article"]


async def test_help_tells_of_inline_mode(bot: BotUnderTest) -> None:
    """The greeting says what to type in other chats, where inline mode is on."""
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda one: "In any other chat, type @kling_sandbox_bot hug" in one.text)
