"""Videos as Telegram takes and keeps them.

Telegram keeps a video without sound, which it downloaded by URL, as an animation. Its answer says so, and later it
accepts that file_id as an animation only (tdlib/telegram-bot-api, issue 301).
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, BinaryIO

from telegram import InputFile, InputMediaAnimation, InputMediaVideo, Message
from telegram.constants import ParseMode

from bot.telegram_api.results import CachedVideo, Outcome, TransientError, VideoRejected
from video.download import Downloaded, NotFetched, TooLarge, download

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage import Job

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
"""Bytes: the largest file that a bot may upload (Bot API, "Sending files")."""


def cached_video_of(job: Job) -> CachedVideo | None:
    """Return the job's video as Telegram keeps it, None if Telegram does not have it yet."""
    return CachedVideo(job.video_file_id, job.video_is_animation) if job.video_file_id else None


def cached_video_in(message: Message) -> CachedVideo | None:
    """Return the video in a message, None if there is none."""
    if message.animation is not None:
        return CachedVideo(message.animation.file_id, is_animation=True)
    return CachedVideo(message.video.file_id) if message.video else None


def upload_file(file: BinaryIO) -> InputFile:
    """Return an open file as an upload that PTB reads while it sends."""
    return InputFile(file, "video.mp4", attach=True, read_file_handle=False)


def input_media(video: str | CachedVideo | BinaryIO, caption: str) -> InputMediaVideo | InputMediaAnimation:
    """Return what a message is edited into: a video by URL, one that Telegram keeps, or an upload."""
    match video:
        case CachedVideo(file_id, is_animation=True):
            return InputMediaAnimation(file_id, caption=caption, parse_mode=ParseMode.HTML)
        case CachedVideo(file_id):
            return InputMediaVideo(file_id, caption=caption, parse_mode=ParseMode.HTML)
        case str():
            return InputMediaVideo(video, caption=caption, parse_mode=ParseMode.HTML, supports_streaming=True)
        case file:
            media = upload_file(file)
            return InputMediaVideo(media, caption=caption, parse_mode=ParseMode.HTML, supports_streaming=True)


async def upload_from_url(
    url: str, hosts: frozenset[str], upload: Callable[[BinaryIO], Awaitable[Outcome]]
) -> Outcome | TooLarge:
    """Download a video, and call `upload` with it.

    Only public https hosts may serve it, and those in `hosts`. `TooLarge`: it is larger than Telegram accepts.
    """
    with tempfile.TemporaryFile(prefix="video-") as file:
        result = await download(url, file, allowed_hosts=hosts, limit=MAX_UPLOAD_BYTES)
        match result:
            case Downloaded():
                file.seek(0)
                return await upload(file)
            case TooLarge():
                return result
            case NotFetched(detail, transient=True):
                return TransientError(detail)
            case NotFetched(detail):
                return VideoRejected(detail, by_telegram=False)
