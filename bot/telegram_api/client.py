"""What the worker asks of Telegram: fetch a photo, show a message, deliver a video, tell a person."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from telegram import (
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAnimation,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram_api.media import cached_video_in, input_media
from bot.telegram_api.results import (
    ChatBudgetExceeded,
    ChatMigrated,
    ChatUnavailable,
    Outcome,
    RetryAfter,
    Shown,
    classify_error,
    is_not_modified,
)
from handlers.messages.view import inline_keyboard

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from telegram.ext import ExtBot

    from bot.telegram_api.rate_limit import ChatBudget
    from bot.telegram_api.results import CachedVideo
    from handlers.messages.view import View
    from storage import Job, Photo

MAX_PHOTO_BYTES = 20 * 1024 * 1024
"""Bytes: getFile gives no larger file."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """Where a new message goes: a chat, its topic, and the message that it answers."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Which message: one in a chat, or one that inline or guest mode placed wherever a person was."""

    chat_id: int | None = None
    message_id: int | None = None
    inline_message_id: str | None = None

    @property
    def chat_key(self) -> int | str:
        """Where Telegram counts: the chat, or the message itself where its chat is not known."""
        return self.inline_message_id or self.chat_id or 0


def status_message_of(job: Job) -> MessageRef | None:
    """The job's status message; None where there is none yet."""
    if job.inline_message_id is not None:
        return MessageRef(inline_message_id=job.inline_message_id)
    return None if job.card_id is None else MessageRef(job.chat_id, job.card_id)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A photo's bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class DownloadFailed:
    """The photo can't be had; `kind` is what a person is told."""

    kind: str
    detail: str


class TelegramClient:
    """Telegram, as the worker sees it: no method raises for what Telegram answers."""

    def __init__(self, bot: ExtBot[None], budget: ChatBudget) -> None:
        self._bot = bot
        self._budget = budget

    @property
    def username(self) -> str:
        """The bot's name, for links."""
        return self._bot.username

    @property
    def supports_inline(self) -> bool:
        """Whether @BotFather has switched inline mode on."""
        return bool(self._bot.supports_inline_queries)

    async def download_photo(self, photo: Photo) -> Downloaded | DownloadFailed | RetryAfter:
        """Get a photo into memory."""
        if photo.file_size is not None and photo.file_size > MAX_PHOTO_BYTES:
            return DownloadFailed("too_big", f"{photo.file_size} bytes")
        try:
            file = await self._bot.get_file(photo.file_id)
            if file.file_size is not None and file.file_size > MAX_PHOTO_BYTES:
                return DownloadFailed("too_big", f"{file.file_size} bytes")
            data = BytesIO()
            await file.download_to_memory(data)
            return Downloaded(data.getvalue())
        except (BadRequest, Forbidden) as error:
            return DownloadFailed("too_big" if "too big" in error.message.lower() else "telegram", error.message)
        except TelegramError as error:
            result = classify_error(error)
            return result if isinstance(result, RetryAfter) else RetryAfter(5.0)

    async def send(self, target: ReplyTarget, view: View) -> Outcome:
        """Send a new message. Sending twice shows two: callers commit the id of the first."""
        reply = ReplyParameters(target.reply_to, allow_sending_without_reply=True) if target.reply_to else None
        return await self._call(
            target.chat_id,
            self._bot.send_message(
                target.chat_id,
                view.text,
                parse_mode=ParseMode.HTML,
                message_thread_id=target.thread_id,
                reply_parameters=reply,
                reply_markup=view.reply_markup,
                link_preview_options=_NO_PREVIEW,
            ),
        )

    async def edit(self, message: MessageRef, view: View) -> Outcome:
        """Make a message show this view; repeating it changes nothing."""
        return await self._call(
            message.chat_key,
            self._bot.edit_message_text(
                view.text,
                chat_id=message.chat_id,
                message_id=message.message_id,
                inline_message_id=message.inline_message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=inline_keyboard(view.buttons),
                link_preview_options=_NO_PREVIEW,
            ),
            message.message_id or 0,
        )

    async def edit_video(self, message: MessageRef, video: str | CachedVideo | BinaryIO, view: View) -> Outcome:
        """Turn a message into a video with this caption: by URL, one that Telegram keeps, or by upload; repeatable.

        A message of inline or guest mode takes no upload.
        """
        media = input_media(video, view.text)
        call = self._edit_media(message, media, inline_keyboard(view.buttons))
        return await self._call(message.chat_key, call, message.message_id or 0)

    async def store_video(self, chat_id: int, video: str | BinaryIO, caption: str) -> Outcome:
        """Send a video to the operator's storage chat, for the file_id in the answer."""
        source = video if isinstance(video, str) else InputFile(video, "video.mp4", attach=True, read_file_handle=False)
        return await self._call(chat_id, self._send_video(chat_id, source, caption))

    async def delete(self, chat_id: int, message_id: int) -> Outcome:
        """Take a message away."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError as error:
            return classify_error(error)
        return Shown(message_id)

    def may_show_progress(self, message: MessageRef) -> bool:
        """Whether there is room for an edit that can be dropped."""
        return self._budget.allows_progress(message.chat_key)

    async def _edit_media(
        self, message: MessageRef, media: InputMediaVideo | InputMediaAnimation, markup: InlineKeyboardMarkup | None
    ) -> Message | bool:
        return await self._bot.edit_message_media(
            media,
            chat_id=message.chat_id,
            message_id=message.message_id,
            inline_message_id=message.inline_message_id,
            reply_markup=markup,
        )

    async def _send_video(self, chat_id: int, video: str | InputFile, caption: str) -> Message:
        return await self._bot.send_video(
            chat_id, video, caption=caption, supports_streaming=True, disable_notification=True
        )

    async def _call(self, chat_key: int | str, call: Awaitable[Message | bool], message_id: int = 0) -> Outcome:
        """Await one call and sort its answer; a place that asked for patience is not called meanwhile."""
        wait = self._budget.seconds_blocked(chat_key)
        if wait > 0:
            getattr(call, "close", lambda: None)()
            return RetryAfter(wait)
        try:
            message = await call
        except TelegramError as error:
            if is_not_modified(error):
                return Shown(message_id)
            outcome = classify_error(error)
            if isinstance(outcome, RetryAfter) and not isinstance(error, ChatBudgetExceeded):
                self._budget.block(chat_key, outcome.seconds)
            return outcome
        if not isinstance(message, Message):
            return Shown(message_id)
        return Shown(message.message_id, cached_video_in(message))


__all__ = [
    "ChatMigrated",
    "ChatUnavailable",
    "DownloadFailed",
    "Downloaded",
    "MessageRef",
    "ReplyTarget",
    "RetryAfter",
    "TelegramClient",
    "status_message_of",
]
