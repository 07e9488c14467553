"""Videos that Telegram keeps.

One without sound that it fetched by URL is an animation to it: it says so in its answer, and takes it back
as nothing else (tdlib/telegram-bot-api, issue 301).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from telegram import InputFile, InputMediaAnimation, InputMediaVideo
from telegram.constants import ParseMode

if TYPE_CHECKING:
    from telegram import Message

    from storage import Job


class Film(NamedTuple):
    """A video that Telegram keeps, and as what."""

    file_id: str
    animation: bool = False


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
