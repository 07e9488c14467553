"""What the worker asks of Telegram: fetch a photo, show a message, deliver a video, tell a person."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from telegram import InlineKeyboardMarkup, InputFile, InputMediaVideo, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram_outcomes import Closed, Later, Moved, Outcome, Shown, sort_error, unchanged
from handlers.view import keyboard

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from telegram.ext import ExtBot

    from bot.quota import ChatQuota
    from handlers.view import View
    from storage import Photo

PHOTO_LIMIT = 20 * 1024 * 1024
"""Bytes: getFile gives no larger file."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a new message goes: a chat, its topic, and the message that it answers."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A photo's bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Lost:
    """The photo can't be had; `kind` is what a person is told."""

    kind: str
    detail: str


class Gateway:
    """Telegram, as the worker sees it: no method raises for what Telegram answers."""

    def __init__(self, bot: ExtBot[None], quota: ChatQuota) -> None:
        self._bot = bot
        self._quota = quota

    @property
    def username(self) -> str:
        """The bot's name, for links."""
        return self._bot.username

    async def fetch(self, photo: Photo) -> Fetched | Lost | Later:
        """Get a photo into memory."""
        if photo.file_size is not None and photo.file_size > PHOTO_LIMIT:
            return Lost("too_big", f"{photo.file_size} bytes")
        try:
            file = await self._bot.get_file(photo.file_id)
            if file.file_size is not None and file.file_size > PHOTO_LIMIT:
                return Lost("too_big", f"{file.file_size} bytes")
            data = BytesIO()
            await file.download_to_memory(data)
            return Fetched(data.getvalue())
        except (BadRequest, Forbidden) as error:
            return Lost("too_big" if "too big" in error.message.lower() else "telegram", error.message)
        except TelegramError as error:
            outcome = sort_error(error)
            return outcome if isinstance(outcome, Later) else Later(5.0)

    async def send(self, spot: Spot, view: View) -> Outcome:
        """Send a new message. Sending twice shows two: callers commit the id of the first."""
        reply = ReplyParameters(spot.reply_to, allow_sending_without_reply=True) if spot.reply_to else None
        return await self._shown(
            spot.chat_id,
            self._bot.send_message(
                spot.chat_id,
                view.text,
                parse_mode=ParseMode.HTML,
                message_thread_id=spot.thread_id,
                reply_parameters=reply,
                reply_markup=view.markup,
                link_preview_options=_NO_PREVIEW,
            ),
        )

    async def edit(self, chat_id: int, message_id: int, view: View) -> Outcome:
        """Make a message show this view; repeating it changes nothing."""
        return await self._shown(
            chat_id,
            self._bot.edit_message_text(
                view.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(view.buttons),
                link_preview_options=_NO_PREVIEW,
            ),
            message_id,
        )

    async def edit_video(self, chat_id: int, message_id: int, video: str | BinaryIO, view: View) -> Outcome:
        """Turn a message into a video with this caption: by URL or file_id, or by upload; repeatable."""
        source = video if isinstance(video, str) else InputFile(video, "video.mp4", attach=True, read_file_handle=False)
        media = InputMediaVideo(source, caption=view.text, parse_mode=ParseMode.HTML, supports_streaming=True)
        markup = keyboard(view.buttons)
        return await self._shown(chat_id, self._edit_media(chat_id, message_id, media, markup), message_id)

    async def delete(self, chat_id: int, message_id: int) -> Outcome:
        """Take a message away."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError as error:
            return sort_error(error)
        return Shown(message_id)

    def may_show_progress(self, chat_id: int) -> bool:
        """Whether the chat has room for a message that can be dropped."""
        return self._quota.has_room(chat_id)

    async def _edit_media(
        self, chat_id: int, message_id: int, media: InputMediaVideo, markup: InlineKeyboardMarkup | None
    ) -> Message | bool:
        return await self._bot.edit_message_media(media, chat_id=chat_id, message_id=message_id, reply_markup=markup)

    async def _shown(self, chat_id: int, call: Awaitable[Message | bool], message_id: int = 0) -> Outcome:
        """Await one call and sort its answer; a chat that asked for patience is not called meanwhile."""
        wait = self._quota.seconds_blocked(chat_id)
        if wait > 0:
            getattr(call, "close", lambda: None)()
            return Later(wait)
        self._quota.count(chat_id)
        try:
            message = await call
        except TelegramError as error:
            if unchanged(error):
                return Shown(message_id)
            outcome = sort_error(error)
            if isinstance(outcome, Later):
                self._quota.block(chat_id, outcome.seconds)
            return outcome
        if not isinstance(message, Message):
            return Shown(message_id)
        return Shown(message.message_id, message.video.file_id if message.video else None)


__all__ = ["Closed", "Fetched", "Gateway", "Later", "Lost", "Moved", "Spot"]
