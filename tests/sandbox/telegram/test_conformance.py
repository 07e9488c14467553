from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import telegram
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from sandbox.http.server import Server
from sandbox.telegram import Call, FakeTelegram, Upload
from tests.third_party.aiogram_models import check_answer, check_call, check_update

if TYPE_CHECKING:
    from collections.abc import Callable

MP4 = b"\0\0\0\x14ftypisom\0\0\2\0isom"


def call(method: str, answer: Any = None, **params: Any) -> Call:
    return Call(method, params, ok=True, answer=answer, at=0)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (call("sendMesage", chat_id=1, text="x"), "no method sendMesage"),
        (call("sendMessage", chat_id=1), "text"),
        (call("sendMessage", chat_id=1, text="x", colour="red"), "unknown fields.*colour"),
        (
            call("sendMessage", chat_id=1, text="x", reply_parameters={"message_id": 1, "quietly": True}),
            "unknown fields.*quietly",
        ),
        (
            call("sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": [[{"txt": "x"}]]}),
            "unknown fields",
        ),
        (call("editMessageMedia", media={"type": "video", "media": "attach://clip"}), "parts that are not there"),
        (call("setMyCommands", commands="all"), "commands"),
    ],
)
def test_calls_that_do_not_conform(bad: Call, reason: str) -> None:
    """A call that the Bot API does not know fails with the reason."""
    with pytest.raises(AssertionError, match=reason):
        check_call(bad)


@pytest.mark.parametrize(
    "good",
    [
        call("getMe"),
        call("sendVideo", chat_id=1, video=Upload("v.mp4", 1, b"x"), supports_streaming=True),
        call(
            "sendVideo",
            chat_id=1,
            video="attach://v",
            v=Upload("v.mp4", 1, b"x"),
            thumbnail="attach://t",
            t=Upload("t.jpg", 1, b"x"),
        ),
        call("sendMessage", chat_id=1, text="x", reply_markup={"force_reply": True, "selective": True}),
        call(
            "answerGuestQuery",
            guest_query_id="1",
            result={"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}},
        ),
    ],
)
def test_calls_that_conform(good: Call) -> None:
    """A call that the Bot API knows passes."""
    check_call(good)


def test_results_and_updates_are_checked_too() -> None:
    """A result or update that is not Telegram's fails with the reason."""
    with pytest.raises(AssertionError, match="answer to getMe does not conform"):
        check_answer(call("getMe", answer={"id": 1}))
    with pytest.raises(AssertionError, match="unknown fields"):
        check_answer(call("getMyDescription", answer={"description": "", "x": 1}))
    with pytest.raises(AssertionError, match="does not conform"):
        check_update({"update_id": 1, "message": {"message_id": "what?"}})
    with pytest.raises(AssertionError, match="unknown fields"):
        check_update({"update_id": 1, "telepathy": {}})


async def start(update: telegram.Update, _: Any) -> None:
    assert update.effective_message
    markup = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Go", callback_data="go")]])
    await update.effective_message.reply_html("<b>hi</b>", reply_markup=markup, do_quote=True)


async def photo(update: telegram.Update, _: Any) -> None:
    assert update.effective_message
    file = await update.effective_message.photo[-1].get_file()
    picture = bytes(await file.download_as_bytearray())
    status = await update.effective_message.reply_text("working")
    media = telegram.InputMediaVideo(MP4, caption="done", duration=5, thumbnail=picture)
    await status.edit_media(media)


async def press(update: telegram.Update, _: Any) -> None:
    assert update.callback_query
    await update.callback_query.answer("ok")
    await update.callback_query.edit_message_text("pressed")


async def test_a_real_bot_library_works_against_it(tg: FakeTelegram, jpeg: Callable[..., bytes]) -> None:
    """A bot written with python-telegram-bot works over HTTP as with Telegram."""
    ada = tg.private_chat(tg.add_person("Ada"))
    async with Server(tg.app) as server:
        urls = (f"{server.url}/bot", f"{server.url}/file/bot")
        app = ApplicationBuilder().token(tg.token).base_url(urls[0]).base_file_url(urls[1]).build()
        app.add_handlers([CommandHandler("start", start), CallbackQueryHandler(press)])
        app.add_handler(MessageHandler(filters.PHOTO, photo))
        async with app:
            await app.start()
            assert app.updater
            await app.updater.start_polling()
            ada.send_text("/start")
            hello = await ada.wait_for(lambda message: message.html == "<b>hi</b>")
            query_id = ada.press(hello.id, "Go")
            await ada.wait_for(lambda message: message.text == "pressed")
            ada.send_photo(jpeg(), "/squish")
            done = await ada.wait_for(lambda message: message.video == MP4)
            await app.updater.stop()
            await app.stop()
    assert (hello.reply_to, done.caption, done.edit_count) == (1, "done", 1)
    assert tg.callback_answers[query_id].text == "ok"
    assert len([message for message in ada.messages if message.sender == "bot"]) == 2
