from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram import FakeTelegram
    from tests.sandbox.telegram.minimal_bot import MinimalBot

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def test_a_person_sees_a_formatted_reply_with_buttons(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A person sees the formatting, the reply and the button of a message."""
    ada = tg.add_person("Ada", username="ada")
    chat = tg.private_chat(ada)
    asked = chat.send_text("/start@kling_sandbox_bot now")
    (update,) = await bot.updates()
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 24}]
    sent = await bot(
        "sendMessage",
        chat_id=chat.id,
        text="  <b>Hi</b> &lt;you&gt; ",
        parse_mode="HTML",
        reply_parameters={"message_id": asked},
        reply_markup=GO,
    )
    seen = chat.messages[-1]
    assert (seen.id, seen.sender, seen.text, seen.html) == (
        sent["message_id"],
        "bot",
        "Hi <you>",
        "<b>Hi</b> &lt;you&gt;",
    )
    assert (seen.reply_to, seen.buttons[0][0].text, seen.text_or_caption) == (asked, "Go", "Hi <you>")
    assert chat.messages[0].sender is ada
    assert chat.transcript() == "1 Ada: '/start@kling_sandbox_bot now'\n2 bot: 'Hi <you>' [Go]"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"chat_id": 1, "text": "x"}, "chat not found"),
        ({"text": "x"}, "chat_id is empty"),
        ({"text": "  ", "chat_id": 0}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML", "chat_id": 0}, "message text is empty"),
        ({"text": "x" * 4097, "chat_id": 0}, "message is too long"),
        ({"text": "🤗" * 2049, "chat_id": 0}, "message is too long"),
        ({"text": "x", "parse_mode": "Klingon", "chat_id": 0}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 0, "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "chat_id": 0, "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "chat_id": 0, "reply_markup": 5}, "object expected as reply markup"),
    ],
)
async def test_what_cant_be_sent(tg: FakeTelegram, bot: MinimalBot, params: dict[str, Any], reason: str) -> None:
    """An invalid message is refused with Telegram's own description."""
    chat = tg.private_chat(tg.add_person("Ada"))
    if params.get("chat_id") == 0:
        params = {**params, "chat_id": chat.id}
    assert await bot.refused("sendMessage", **params) == f"Bad Request: {reason}"
    assert chat.messages == []


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "Go", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "Go", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "Go"}, "can't parse inline keyboard button: exactly one action expected"),
        (
            {"text": "", "callback_data": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_buttons_that_telegram_refuses(
    tg: FakeTelegram, bot: MinimalBot, button: dict[str, str], reason: str
) -> None:
    """A button that Telegram would not accept is refused."""
    chat = tg.private_chat(tg.add_person("Ada"))
    markup = {"inline_keyboard": [[button]]}
    assert await bot.refused("sendMessage", chat_id=chat.id, text="x", reply_markup=markup) == (
        f"Bad Request: {reason}"
    )


async def test_longest_texts_pass(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """Texts of 4096 and captions of 1024 characters pass, and longer ones are refused."""
    chat = tg.private_chat(tg.add_person("Ada"))
    await bot("sendMessage", chat_id=chat.id, text="<i>" + "x" * 4096 + "</i>", parse_mode="HTML")
    await bot("sendPhoto", {"photo": jpeg()}, chat_id=chat.id, caption="y" * 1024)
    assert [len(message.text_or_caption) for message in chat.messages] == [4096, 1024]
    assert await bot.refused("sendPhoto", {"photo": jpeg()}, chat_id=chat.id, caption="y" * 1025) == (
        "Bad Request: message caption is too long"
    )


async def test_reply_goes_without_its_message_when_allowed(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A reply to a deleted message is sent as a plain message if that is allowed."""
    chat = tg.private_chat(tg.add_person("Ada"))
    asked = chat.send_text("hello")
    chat.delete(asked)
    reply = {"message_id": asked, "allow_sending_without_reply": True}
    await bot("sendMessage", chat_id=chat.id, text="hi", reply_parameters=reply)
    assert [(message.text, message.reply_to) for message in chat.messages] == [("hi", None)]


async def test_force_reply(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A force reply is visible to the person, but not part of the message itself."""
    chat = tg.private_chat(tg.add_person("Ada"))
    await bot("sendMessage", chat_id=chat.id, text="?", reply_markup={"force_reply": True, "selective": True})
    assert chat.messages[0].force_reply
    assert "reply_markup" not in chat.messages[0].raw


async def test_edits(tg: FakeTelegram, bot: MinimalBot) -> None:
    """An edit replaces the text, and removes the buttons unless they are sent along."""
    chat = tg.private_chat(tg.add_person("Ada"))
    where: dict[str, Any] = {"chat_id": chat.id}
    where["message_id"] = (await bot("sendMessage", chat_id=chat.id, text="one", reply_markup=GO))["message_id"]
    assert await bot.refused("editMessageText", **where, text="one", reply_markup=GO) == NOT_MODIFIED
    assert (await bot("editMessageText", **where, text="two"))["edit_date"]
    assert chat.messages[0].buttons == []
    assert await bot.refused("editMessageText", **where, text="two") == NOT_MODIFIED
    await bot("editMessageReplyMarkup", **where, reply_markup=GO)
    assert await bot.refused("editMessageReplyMarkup", **where, reply_markup=GO) == NOT_MODIFIED
    assert (chat.messages[0].text, chat.messages[0].edit_count) == ("two", 2)
    assert await bot.refused("editMessageCaption", **where, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
    assert [version.text for version in chat.history] == ["one", "two", "two"]


async def test_edits_that_cant_be(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """An edit that is impossible is refused with the reason."""
    chat = tg.private_chat(tg.add_person("Ada"))
    mine = chat.send_text("mine")
    assert await bot.refused("editMessageText", chat_id=chat.id, message_id=mine, text="x") == (
        "Bad Request: message can't be edited"
    )
    assert await bot.refused("editMessageText", chat_id=chat.id, message_id=77, text="x") == (
        "Bad Request: message to edit not found"
    )
    photo = await bot("sendPhoto", {"photo": jpeg()}, chat_id=chat.id)
    assert await bot.refused("editMessageText", chat_id=chat.id, message_id=photo["message_id"], text="x") == (
        "Bad Request: there is no text in the message to edit"
    )


async def test_deletes(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A bot can delete its own messages and all in private chats, but not others' messages in a group."""
    ada = tg.add_person("Ada")
    chat, group = tg.private_chat(ada), tg.add_group("Friends", [ada])
    mine, theirs = chat.send_text("mine"), group.send_text("/hi", by=ada)
    await bot("deleteMessage", chat_id=chat.id, message_id=mine)
    assert chat.messages == []
    assert [version.text for version in chat.history] == ["mine"]
    assert await bot.refused("deleteMessage", chat_id=chat.id, message_id=mine) == (
        "Bad Request: message to delete not found"
    )
    assert await bot.refused("deleteMessage", chat_id=group.id, message_id=theirs) == (
        "Bad Request: message can't be deleted"
    )
    kept = (await bot("sendMessage", chat_id=group.id, text="x"))["message_id"]
    await bot("deleteMessages", chat_id=group.id, message_ids=[kept, theirs, 99])
    assert [message.text for message in group.messages] == ["/hi"]


async def test_presses_and_answers(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A press becomes a callback query, and its answer reaches the person; a late answer is refused."""
    chat = tg.private_chat(tg.add_person("Ada"))
    message_id = (await bot("sendMessage", chat_id=chat.id, text="x", reply_markup=GO))["message_id"]
    query_id = chat.press(message_id, "Go")
    (update,) = await bot.updates()
    query = update["callback_query"]
    assert (query["id"], query["data"], query["message"]["message_id"]) == (query_id, "go", message_id)
    await bot("answerCallbackQuery", callback_query_id=query_id, text="Gone!", show_alert=True)
    assert (tg.callback_answers[query_id].text, tg.callback_answers[query_id].show_alert) == ("Gone!", True)
    tg.expire_query(query_id)
    assert await bot.refused("answerCallbackQuery", callback_query_id=query_id) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )
    with pytest.raises(AssertionError, match=r"no button 'Stop' to press; there are: \['Go'\]"):
        chat.press(message_id, "Stop")
    with pytest.raises(AssertionError, match="no message 99"):
        chat.press(99, "Go")
    chat.press(message_id, data="stale")
    assert (await bot.updates())[-1]["callback_query"]["data"] == "stale"


async def test_a_blocked_bot_is_told_so(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A message to a person who blocked the bot, or never started it, is refused with the reason."""
    ada, bob = tg.add_person("Ada"), tg.add_person("Bob")
    chat = tg.private_chat(ada)
    tg.block(ada)
    tg.block(ada)
    assert await bot.refused("sendMessage", chat_id=chat.id, text="x") == ("Forbidden: bot was blocked by the user")
    tg.unblock(ada)
    await bot("sendMessage", chat_id=chat.id, text="x")
    moves = [update["my_chat_member"]["new_chat_member"]["status"] for update in await bot.updates()]
    assert moves == ["kicked", "member"]
    assert await bot.refused("sendMessage", chat_id=bob.id, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )


async def test_flood(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A flood limit refuses calls in one chat with the time to wait; other chats are not affected."""
    chat, other = tg.private_chat(tg.add_person("Ada")), tg.private_chat(tg.add_person("Bob"))
    tg.flood(chat, 30)
    response = await bot.post("sendMessage", chat_id=chat.id, text="x")
    assert (response.status_code, response.json()) == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 30",
            "parameters": {"retry_after": 30},
        },
    )
    await bot("sendMessage", chat_id=other.id, text="x")
    tg.end_flood(chat)
    await bot("sendMessage", chat_id=chat.id, text="x")


async def test_copies_forwards_actions_and_reactions(
    tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]
) -> None:
    """Copies come without and forwards with their origin; chat actions and reactions are visible."""
    chat = tg.private_chat(tg.add_person("Ada"))
    photo = chat.send_photo(jpeg(), "look")
    where: dict[str, Any] = {"chat_id": chat.id, "from_chat_id": chat.id, "message_id": photo}
    await bot("copyMessage", **where, caption="new words")
    await bot("forwardMessage", **where)
    copy, forward = chat.messages[1:]
    assert (copy.caption, copy.photo) == ("new words", jpeg())
    assert forward.raw["forward_origin"]["sender_user"]["first_name"] == "Ada"
    await bot("sendChatAction", chat_id=chat.id, action="upload_video")
    assert chat.chat_actions == ["upload_video"]
    assert await bot.refused("sendChatAction", chat_id=chat.id, action="dance") == (
        "Bad Request: wrong parameter action in request"
    )
    await bot("setMessageReaction", chat_id=chat.id, message_id=photo, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert chat.reactions[photo][0]["emoji"] == "👍"
    where["message_id"] = 99
    assert await bot.refused("copyMessage", **where) == "Bad Request: message to copy not found"
    assert await bot.refused("forwardMessage", **where) == "Bad Request: message to forward not found"


async def test_account(tg: FakeTelegram, bot: MinimalBot) -> None:
    """The commands and descriptions of the bot are as set."""
    me = await bot("getMe")
    assert (me["can_read_all_group_messages"], me["supports_guest_queries"]) == (False, True)
    hug = [{"command": "hug", "description": "Two photos hug"}]
    await bot("setMyCommands", commands=hug, scope={"type": "all_group_chats"}, language_code="de")
    assert tg.commands == {("all_group_chats", "de"): hug}
    assert await bot("getMyCommands", scope={"type": "all_group_chats"}, language_code="de") == hug
    assert await bot("getMyCommands") == []
    await bot("deleteMyCommands", scope={"type": "all_group_chats"}, language_code="de")
    assert tg.commands == {}
    for bad in ([{"command": "Hug!", "description": "x"}], hug * 101, [{"command": "hug", "description": ""}]):
        assert "BOT_COMMAND" in await bot.refused("setMyCommands", commands=bad)
    await bot("setMyDescription", description="Videos from photos")
    await bot("setMyShortDescription", short_description="Videos")
    assert await bot("getMyDescription") == {"description": "Videos from photos"}
    assert await bot("getMyShortDescription") == {"short_description": "Videos"}
    assert await bot.refused("setMyShortDescription", short_description="x" * 121) == (
        "Bad Request: short description is too long"
    )
