from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram import FakeTelegram
    from tests.sandbox.telegram.minimal_bot import MinimalBot

MP4 = b"\0\0\0\x14ftypisom\0\0\2\0isom"
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
BUTTONS = {"inline_keyboard": [[{"text": "Make it", "callback_data": "make"}]]}


def article(result_id: str = "hug", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Hug</b> is coming", "parse_mode": "HTML"}
    return {"type": "article", "id": result_id, "title": "Hug", "input_message_content": content, **more}


async def test_an_inline_result_becomes_a_message(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A chosen result becomes a message, whose button works and which can be edited into a video."""
    ada = tg.add_person("Ada")
    query_id = tg.send_inline_query(ada, "hug")
    (update,) = await bot.updates()
    assert (update["inline_query"]["query"], update["inline_query"]["chat_type"]) == ("hug", "group")
    button = {"text": "Send photos first", "start_parameter": "photos"}
    results = [article(reply_markup=BUTTONS)]
    await bot(
        "answerInlineQuery",
        inline_query_id=query_id,
        results=results,
        cache_time=0,
        is_personal=True,
        button=button,
    )
    answer = tg.inline_answers[query_id]
    assert (answer.cache_time, answer.is_personal, answer.button) == (0, True, button)
    message_id = tg.choose_inline_result(ada, query_id, "hug")
    chosen = (await bot.updates())[-1]["chosen_inline_result"]
    assert (chosen["inline_message_id"], chosen["result_id"]) == (message_id, "hug")
    assert tg.inline_messages[message_id].html == "<b>Hug</b> is coming"
    pressed = tg.press_inline(ada, message_id, "Make it")
    query = (await bot.updates())[-1]["callback_query"]
    assert (query["id"], query["inline_message_id"]) == (pressed, message_id)
    await bot("answerCallbackQuery", callback_query_id=pressed)

    storage = tg.add_channel("Storage")
    stored = await bot("sendVideo", {"video": MP4}, chat_id=storage.id)
    media = {"type": "video", "media": stored["video"]["file_id"]}
    assert await bot("editMessageMedia", inline_message_id=message_id, media=media) is True
    assert tg.inline_messages[message_id].video == MP4
    assert "message is not modified" in await bot.refused("editMessageMedia", inline_message_id=message_id, media=media)


async def test_inline_messages_take_no_upload(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A file can't be uploaded into an inline message, only named by its id or URL."""
    ada = tg.add_person("Ada")
    query_id = tg.send_inline_query(ada, "hug")
    await bot("answerInlineQuery", inline_query_id=query_id, results=[article(reply_markup=BUTTONS)])
    message_id = tg.choose_inline_result(ada, query_id, "hug")
    media = '{"type":"video","media":"attach://clip"}'
    assert await bot.refused("editMessageMedia", {"clip": MP4}, inline_message_id=message_id, media=media) == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await bot.refused("editMessageText", inline_message_id="other", text="x") == (
        "Bad Request: MESSAGE_ID_INVALID"
    )
    await bot("editMessageText", inline_message_id=message_id, text="sorry")
    assert tg.inline_messages[message_id].text == "sorry"


async def test_without_buttons_or_feedback_the_bot_learns_less(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A bot gets no inline_message_id without a keyboard, and no chosen_inline_result without inline feedback."""
    ada = tg.add_person("Ada")
    query_id = tg.send_inline_query(ada, "hug")
    await bot("answerInlineQuery", inline_query_id=query_id, results=[article()])
    tg.choose_inline_result(ada, query_id, "hug")
    assert "inline_message_id" not in (await bot.updates())[-1]["chosen_inline_result"]
    tg.account.inline_feedback = False
    tg.choose_inline_result(ada, query_id, "hug")
    assert len(await bot.updates()) == 2


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("ü" * 33)], "RESULT_ID_INVALID"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([{"type": "article", "id": "1"}], "can't parse inline query result: Can't find field \"title\""),
        (
            [{"type": "video", "id": "1", "title": "x", "mime_type": "video/mp4", "video_url": "https://e.org/v"}],
            "can't parse inline query result: Can't find field \"thumbnail_url\"",
        ),
        ([{"type": "video", "id": "1", "title": "x", "video_file_id": "no"}], "FILE_REFERENCE_INVALID"),
        (
            [{"type": "dice", "id": "1"}],
            "can't parse inline query result: unsupported inline query result type",
        ),
    ],
)
async def test_results_that_telegram_refuses(
    tg: FakeTelegram, bot: MinimalBot, results: list[dict[str, Any]], reason: str
) -> None:
    """Invalid results are refused with Telegram's description."""
    query_id = tg.send_inline_query(tg.add_person("Ada"), "hug")
    assert await bot.refused("answerInlineQuery", inline_query_id=query_id, results=results) == (
        f"Bad Request: {reason}"
    )


async def test_an_inline_query_grows_old(tg: FakeTelegram, bot: MinimalBot) -> None:
    """An answer after more than 30 seconds is refused."""
    now = tg.clock()
    tg.clock = lambda: now
    query_id = tg.send_inline_query(tg.add_person("Ada"), "hug")
    now += 31
    assert await bot.refused("answerInlineQuery", inline_query_id=query_id, results=[]) == TOO_OLD
    other = tg.send_inline_query(tg.add_person("Bob"), "hug")
    tg.expire_query(other)
    assert await bot.refused("answerInlineQuery", inline_query_id=other, results=[]) == TOO_OLD


async def test_a_guest_message_is_answered_once_and_edited(
    tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]
) -> None:
    """A guest message is answered once, and the answer can be edited."""
    ada = tg.add_person("Ada")
    query_id = tg.send_guest_message(ada, "@kling_sandbox_bot squish", reply_to_photo=jpeg())
    tg.send_guest_message(ada, "@kling_sandbox_bot squish", photo=jpeg())
    first, second = [update["guest_message"] for update in await bot.updates()]
    assert first["guest_query_id"] == query_id
    assert first["entities"][0]["type"] == "mention"
    assert await bot("getFile", file_id=first["reply_to_message"]["photo"][-1]["file_id"])
    assert second["caption"] == "@kling_sandbox_bot squish"
    sent = await bot("answerGuestQuery", guest_query_id=query_id, result=article())
    message_id = sent["inline_message_id"]
    assert tg.guest_answers == {query_id: message_id}
    assert await bot.refused("answerGuestQuery", guest_query_id=query_id, result=article()) == TOO_OLD
    await bot("editMessageText", inline_message_id=message_id, text="done")
    assert tg.inline_messages[message_id].text == "done"
    assert await bot.refused("sendMessage", chat_id=first["chat"]["id"], text="x") == "Bad Request: chat not found"


async def test_cached_and_linked_media_as_results(
    tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]
) -> None:
    """A result can be a video or photo that Telegram already has, or one behind a URL."""
    ada, storage = tg.add_person("Ada"), tg.add_channel("Storage")
    video = (await bot("sendVideo", {"video": MP4}, chat_id=storage.id))["video"]["file_id"]
    photo = (await bot("sendPhoto", {"photo": jpeg()}, chat_id=storage.id))["photo"][-1]["file_id"]
    link = {"video_url": "https://e.org/v", "mime_type": "video/mp4", "thumbnail_url": "https://e.org/t"}
    results = [
        {"type": "video", "id": "v", "title": "Video", "video_file_id": video, "caption": "hug"},
        {"type": "photo", "id": "p", "photo_file_id": photo},
        {"type": "video", "id": "l", "title": "Link", **link},
    ]
    query_id = tg.send_inline_query(ada, "")
    await bot("answerInlineQuery", inline_query_id=query_id, results=results)
    ids = [tg.choose_inline_result(ada, query_id, result_id) for result_id in "vpl"]
    seen = [tg.inline_messages[message_id] for message_id in ids]
    assert [(message.video, message.photo) for message in seen] == [(MP4, None), (None, jpeg()), (None, None)]
    assert seen[0].caption == "hug"
    assert seen[2].raw["video_url"] == "https://e.org/v"


async def test_an_inline_message_in_a_group_is_seen_there(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A chosen result appears in the group as the person's, via the bot; its button and its edits work there."""
    ada = tg.add_person("Ada")
    group = tg.add_group_without_bot("Just us", [ada])
    query_id = tg.send_inline_query(ada, "hug", "supergroup", offset="20")
    (update,) = await bot.updates()
    assert update["inline_query"]["offset"] == "20"
    results = [article(reply_markup=BUTTONS)]
    await bot("answerInlineQuery", inline_query_id=query_id, results=results, next_offset="40")
    assert tg.inline_answers[query_id].next_offset == "40"
    message_id = tg.choose_inline_result(ada, query_id, "hug", group)
    (seen,) = group.messages
    assert (seen.sender, seen.html, seen.raw["via_bot"]["id"]) == (ada, "<b>Hug</b> is coming", tg.account.id)
    group.press(seen.id, "Make it", by=ada)
    updates = await bot.updates()
    assert updates[-1]["callback_query"]["inline_message_id"] == message_id
    assert not any("message" in update for update in updates)
    await bot("editMessageText", inline_message_id=message_id, text="done")
    assert [seen.text_or_caption for seen in group.messages] == ["done"]
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == "Bad Request: chat not found"
    group.delete(seen.id)
    assert await bot.refused("editMessageText", inline_message_id=message_id, text="x") == (
        "Bad Request: MESSAGE_ID_INVALID"
    )


async def test_a_mention_in_a_group_without_the_bot_reaches_it(
    tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]
) -> None:
    """A bot gets the one message that mentions it, with the photo replied to, and its answer appears below."""
    ada, ben = tg.add_person("Ada"), tg.add_person("Ben")
    group = tg.add_group_without_bot("Just us", [ada, ben])
    photo = group.send_photo(jpeg(), by=ben)
    group.send_text("look", by=ada)
    asked = group.send_text("@kling_sandbox_bot squish", by=ada, reply_to=photo)
    (update,) = await bot.updates()
    guest = update["guest_message"]
    assert (guest["message_id"], guest["reply_to_message"]["message_id"]) == (asked, photo)
    await bot("answerGuestQuery", guest_query_id=guest["guest_query_id"], result=article())
    answer = group.messages[-1]
    assert (answer.sender, answer.reply_to) == ("bot", asked)
    assert answer.raw["guest_bot_caller_user"]["id"] == ada.id
    tg.account.guest = False
    group.send_text("@kling_sandbox_bot squish", by=ada, reply_to=photo)
    assert len(await bot.updates()) == 1
