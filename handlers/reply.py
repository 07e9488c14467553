"""A direct answer to a message: a reply in its topic, even when the message is gone by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode

from handlers.message import thread_of

if TYPE_CHECKING:
    from telegram import Message

    from handlers.messages.view import View


async def reply(message: Message, view: View) -> Message:
    """Reply with this view."""
    return await message.get_bot().send_message(
        message.chat_id,
        view.text,
        parse_mode=ParseMode.HTML,
        message_thread_id=thread_of(message),
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
        reply_markup=view.reply_markup,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
