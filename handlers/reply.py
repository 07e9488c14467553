"""Answer an update: reply to a message, show a pop-up after a press, edit or delete the message with the button."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.message import thread_of
from handlers.messages.view import View

if TYPE_CHECKING:
    from telegram import Bot, CallbackQuery

    from handlers.context import Context

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_MAX_POP_UP = 200  # characters (Bot API, answerCallbackQuery)


async def reply(message: Message, view: View) -> Message:
    """Reply in the message's topic, even if the message has been deleted."""
    return await message.get_bot().send_message(
        message.chat_id,
        view.text,
        parse_mode=ParseMode.HTML,
        message_thread_id=thread_of(message),
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
        reply_markup=view.reply_markup,
        link_preview_options=NO_PREVIEW,
    )


async def answer_query(query: CallbackQuery, text: str | None = None) -> bool:
    """Answer a press with a pop-up, or silently. Return False if it is too old for that: the press itself took effect.

    Args:
        query: the press.
        text: HTML; a pop-up shows it without tags.
    """
    plain = html.unescape(re.sub(r"<[^>]+>", "", text))[:_MAX_POP_UP] if text else None
    try:
        await query.answer(plain)
    except BadRequest:
        return False
    return True


async def answer_press(context: Context, text: str | None) -> None:
    """Answer the press of this update. That it came too late is said in the chat if no pop-up can say it any more."""
    query = context.callback_query
    shown = await answer_query(query, text)
    if not shown and text == context.locale("press-late") and isinstance(query.message, Message):
        await reply(query.message, View(text))


async def edit_pressed(query: CallbackQuery, view: View) -> None:
    """Edit the message whose button was pressed. Ignore "not modified" (a double tap), and a deleted message."""
    with suppress(BadRequest):
        await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=view.keyboard)


async def delete_pressed(query: CallbackQuery) -> None:
    """Delete the message whose button was pressed. Ignore a message that is gone, or too old to be deleted."""
    if query.message is not None:
        with suppress(BadRequest):
            await query.get_bot().delete_message(query.message.chat.id, query.message.message_id)


async def edit_inline(bot: Bot, inline_message_id: str, view: View) -> None:
    """Edit a message that inline or guest mode placed. Ignore "not modified", and a deleted message."""
    with suppress(BadRequest):
        await bot.edit_message_text(
            view.text, inline_message_id=inline_message_id, parse_mode=ParseMode.HTML, reply_markup=view.keyboard
        )
