"""Videos that Telegram keeps.

One without sound that it fetched by URL is an animation to it: it says so in its answer, and takes it back
as nothing else (tdlib/telegram-bot-api, issue 301).
"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, BinaryIO

from telegram import InputFile, InputMediaAnimation, InputMediaVideo
from telegram.constants import ParseMode

from bot.telegram_api.results import BadVideo, Film, Outcome
from video.download import Downloaded, NotFetched, TooBig, download

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Message

    from storage import Job


def film_of(job: Job) -> Film | None:
    """The job's video, where Telegram keeps it."""
    return Film(job.video_file_id, job.video_is_animation) if job.video_file_id else None


def film_in(message: Message) -> Film | None:
    """The video in a message of ours."""
    if message.animation is not None:
        return Film(message.animation.file_id, animation=True)
    return Film(message.video.file_id) if message.video else None


def as_media(video: str | Film | BinaryIO, caption: str) -> InputMediaVideo | InputMediaAnimation:
    """What a message is edited into: a video by URL, one that Telegram keeps, or an open file to be uploaded."""
    match video:
        case Film(file_id, animation=True):
            return InputMediaAnimation(file_id, caption=caption, parse_mode=ParseMode.HTML)
        case Film(file_id):
            return InputMediaVideo(file_id, caption=caption, parse_mode=ParseMode.HTML)
        case str():
            return InputMediaVideo(video, caption=caption, parse_mode=ParseMode.HTML, supports_streaming=True)
        case file:
            source = InputFile(file, "video.mp4", attach=True, read_file_handle=False)
            return InputMediaVideo(source, caption=caption, parse_mode=ParseMode.HTML, supports_streaming=True)


UPLOAD_LIMIT = 50 * 1024 * 1024
"""Bytes: Telegram's, for an upload."""


async def with_video(
    url: str, hosts: frozenset[str], upload: Callable[[BinaryIO], Awaitable[Outcome]]
) -> Outcome | TooBig:
    """Fetch the video and upload it; `hosts` may serve it beside public https. `TooBig`: Telegram takes none so big."""
    with tempfile.TemporaryFile(prefix="video-") as file:
        fetched = await download(url, file, allowed_hosts=hosts, limit=UPLOAD_LIMIT)
        match fetched:
            case Downloaded():
                file.seek(0)
                return await upload(file)
            case TooBig():
                return fetched
            case NotFetched(detail):
                return BadVideo(detail)
