"""The Bot API as the workers use it: download a photo, send and edit messages, deliver a video."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from telegram import LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.telegram_api import results
from bot.telegram_api.media import cached_video_in, input_media, upload_file

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from telegram.ext import ExtBot

    from bot.telegram_api.rate_limit import ChatBudget
    from handlers.messages.view import View
    from storage import Job, Photo

MAX_PHOTO_BYTES = 20 * 1024 * 1024
"""Bytes: the largest file that a bot may download (Bot API, getFile)."""
_DOWNLOAD_S = 120.0  # for one photo, in all
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """Where a new message goes: a chat, its topic, and the message that it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message of the bot: one in a chat, or one that inline or guest mode placed in a chat that it does not know."""

    chat_id: int | None = None
    message_id: int | None = None
    inline_message_id: str | None = None

    @property
    def chat_key(self) -> int | str:
        """The chat for the rate limits: its id or, if that is not known, the inline message id."""
        return self.inline_message_id or self.chat_id or 0


def status_message_of(job: Job) -> MessageRef | None:
    """Return the job's status message, None if it has none yet."""
    if job.inline_message_id is not None:
        return MessageRef(inline_message_id=job.inline_message_id)
    return None if job.card_id is None else MessageRef(job.chat_id, job.card_id)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A photo's bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class DownloadFailed:
    """The photo can't be downloaded; `kind` names the text that the person reads."""

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class DownloadUnavailable:
    """The photo could not be downloaded now; it may be worth another try."""

    detail: str


class TelegramClient:
    """Calls Telegram and returns what came of it. No method raises for an error of Telegram's."""

    def __init__(self, bot: ExtBot[None], budget: ChatBudget, *, local_mode: bool = False) -> None:
        """Make a client. `local_mode`: read files at absolute paths, which a Bot API server with --local names."""
        self._bot = bot
        self._budget = budget
        self._local_mode = local_mode

    @property
    def username(self) -> str:
        """The bot's name, for links."""
        return self._bot.username

    @property
    def supports_inline(self) -> bool:
        """True if inline mode is switched on at @BotFather."""
        return bool(self._bot.supports_inline_queries)

    async def is_reachable(self) -> bool:
        """Return True if Telegram answers."""
        try:
            await self._bot.get_me()
        except TelegramError as error:
            return isinstance(results.classify_error(error), results.RetryAfter)
        return True

    async def download_photo(
        self, photo: Photo
    ) -> Downloaded | DownloadFailed | DownloadUnavailable | results.RetryAfter:
        """Download a photo into memory. Whatever a Bot API server answers, this raises nothing."""
        if photo.file_size is not None and photo.file_size > MAX_PHOTO_BYTES:
            return DownloadFailed("too_big", f"{photo.file_size} bytes")
        try:
            async with asyncio.timeout(_DOWNLOAD_S):
                file = await self._bot.get_file(photo.file_id)
                if file.file_size is not None and file.file_size > MAX_PHOTO_BYTES:
                    return DownloadFailed("too_big", f"{file.file_size} bytes")
                data = await self._fetch(file.file_path)
        except TelegramError as error:
            outcome = results.classify_error(error)
            if isinstance(outcome, results.RetryAfter):
                return outcome
            if isinstance(error, BadRequest) and "too big" in error.message.lower():
                return DownloadFailed("too_big", error.message)
            return DownloadUnavailable(self._without_token(error.message))
        except Exception as error:  # noqa: BLE001 -- PTB does not check the types of an answer
            return DownloadUnavailable(self._without_token(f"{type(error).__name__}: {error}"))
        return DownloadFailed("too_big", f"{len(data)} bytes") if len(data) > MAX_PHOTO_BYTES else Downloaded(data)

    async def _fetch(self, path: str | None) -> bytes:
        """Return the bytes of a file: from the disk in local mode, if the server names it by an absolute path.

        Raises:
            FileNotFoundError: it is not there, or the answer has no path.
        """
        base = self._bot.base_file_url
        path = (path or "").removeprefix(f"{base}/")
        if not path:
            raise FileNotFoundError("getFile gave no file_path")
        absolute = PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
        if absolute and self._local_mode:
            return await asyncio.to_thread(_read_file, path)
        try:
            return await self._bot.request.retrieve(f"{base}/{quote(path)}")
        except InvalidToken as error:  # PTB's error for HTTP 404
            hint = "; the server's files are on its own disk: see TELEGRAM_LOCAL_MODE" if absolute else ""
            raise FileNotFoundError(f"{path} is not there{hint}") from error

    def _without_token(self, text: str) -> str:
        return text.replace(quote(self._bot.token), "…").replace(self._bot.token, "…")

    async def send(self, target: ReplyTarget, view: View) -> results.Outcome:
        """Send a new message. Sent twice, it is there twice, so callers commit its id at once."""
        reply = ReplyParameters(target.reply_to, allow_sending_without_reply=True) if target.reply_to else None
        call = self._bot.send_message(
            target.chat_id,
            view.text,
            parse_mode=ParseMode.HTML,
            message_thread_id=target.thread_id,
            reply_parameters=reply,
            reply_markup=view.reply_markup,
            link_preview_options=_NO_PREVIEW,
        )
        return await self._call(target.chat_id, call)

    async def edit(self, message: MessageRef, view: View) -> results.Outcome:
        """Edit a message so that it shows this view. Repeated, this changes nothing."""
        call = self._bot.edit_message_text(
            view.text,
            chat_id=message.chat_id,
            message_id=message.message_id,
            inline_message_id=message.inline_message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=view.keyboard,
            link_preview_options=_NO_PREVIEW,
        )
        return await self._call(message.chat_key, call, message.message_id or 0)

    async def edit_video(
        self, message: MessageRef, video: str | results.CachedVideo | BinaryIO, view: View
    ) -> results.Outcome:
        """Edit a message into a video with this caption: by URL, by file_id, or by upload. Repeated, nothing changes.

        A message of inline or guest mode takes no upload.
        """
        call = self._bot.edit_message_media(
            input_media(video, view.text),
            chat_id=message.chat_id,
            message_id=message.message_id,
            inline_message_id=message.inline_message_id,
            reply_markup=view.keyboard,
        )
        return await self._call(message.chat_key, call, message.message_id or 0, video=True)

    async def store_video(self, chat_id: int, video: str | BinaryIO, caption: str) -> results.Outcome:
        """Send a video, by URL or by upload, to the operator's storage chat. The outcome has its file_id."""
        source = video if isinstance(video, str) else upload_file(video)
        call = self._bot.send_video(
            chat_id, source, caption=caption, supports_streaming=True, disable_notification=True
        )
        return await self._call(chat_id, call, video=True)

    async def delete(self, chat_id: int, message_id: int) -> results.Outcome:
        """Delete a message."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError as error:
            return results.classify_error(error)
        return results.Shown(message_id)

    def may_show_progress(self, message: MessageRef) -> bool:
        """Return True if the chat's budget leaves room for an edit that could as well be skipped."""
        return self._budget.allows_progress(message.chat_key)

    async def _call(
        self, chat_key: int | str, call: Awaitable[Message | bool], message_id: int = 0, *, video: bool = False
    ) -> results.Outcome:
        """Await one call and classify what came of it. A chat that is blocked is not called.

        Args:
            chat_key: the chat for the rate limits.
            call: the call.
            message_id: of the message that is edited; of a new one, Telegram's answer has it.
            video: whether the call is to show a video.
        """
        blocked = self._budget.seconds_blocked(chat_key)
        if blocked > 0:
            getattr(call, "close", lambda: None)()
            return results.RetryAfter(blocked)
        try:
            message = await call
        except TelegramError as error:
            if results.is_not_modified(error) or results.is_media_already(error):
                return results.Shown(message_id)
            outcome = results.classify_error(error, video=video)
            if isinstance(outcome, results.RetryAfter) and not isinstance(error, results.ChatBudgetExceeded):
                self._budget.block(chat_key, outcome.seconds)
            return outcome
        if not isinstance(message, Message):
            return results.Shown(message_id)
        return results.Shown(message.message_id, cached_video_in(message))


def _read_file(path: str) -> bytes:
    """Read a regular file, one byte more than a photo may have at most."""
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path} is not there; share the server's folder with the bot, under the same path")
    with Path(path).open("rb") as file:
        return file.read(MAX_PHOTO_BYTES + 1)
