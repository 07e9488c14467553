"""Videos that Telegram keeps.

One without sound that it fetched by URL is an animation to it: it says so in its answer, and takes it back
as nothing else (tdlib/telegram-bot-api, issue 301).
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, BinaryIO

from telegram import InputFile, InputMediaAnimation, InputMediaVideo
from telegram.constants import ParseMode

from bot.telegram_api.results import CachedVideo, Outcome, VideoRejected
from video.download import Downloaded, NotFetched, TooLarge, download

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Message

    from storage import Job


def cached_video_of(job: Job) -> CachedVideo | None:
    """The job's video, where Telegram keeps it."""
    return CachedVideo(job.video_file_id, job.video_is_animation) if job.video_file_id else None


def cached_video_in(message: Message) -> CachedVideo | None:
    """The video in a message of ours."""
    if message.animation is not None:
        return CachedVideo(message.animation.file_id, is_animation=True)
    return CachedVideo(message.video.file_id) if message.video else None


def input_media(video: str | CachedVideo | BinaryIO, caption: str) -> InputMediaVideo | InputMediaAnimation:
    """What a message is edited into: a video by URL, one that Telegram keeps, or an open file to be uploaded."""
    match video:
        case CachedVideo(file_id, is_animation=True):
            return InputMediaAnimation(file_id, caption=caption, parse_mode=ParseMode.HTML)
        case CachedVideo(file_id):
            return InputMediaVideo(file_id, caption=caption, parse_mode=ParseMode.HTML)
        case str():
            return InputMediaVideo(video, caption=caption, parse_mode=ParseMode.HTML, supports_streaming=True)
        case file:
            source = InputFile(file, "video.mp4", attach=True, read_file_handle=False)
            return InputMediaVideo(source, caption=caption, parse_mode=ParseMode.HTML, supports_streaming=True)


MAX_UPLOAD_BYTES = 50 * 1024 * 1024
"""Bytes: Telegram's, for an upload."""


async def upload_from_url(
    url: str, hosts: frozenset[str], upload: Callable[[BinaryIO], Awaitable[Outcome]]
) -> Outcome | TooLarge:
    """Fetch the video and upload it; `hosts` may serve it beside public https. `TooBig`: Telegram takes none so big."""
    with tempfile.TemporaryFile(prefix="video-") as file:
        result = await download(url, file, allowed_hosts=hosts, limit=MAX_UPLOAD_BYTES)
        match result:
            case Downloaded():
                file.seek(0)
                return await upload(file)
            case TooLarge():
                return result
            case NotFetched(detail):
                return VideoRejected(detail)
