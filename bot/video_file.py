"""A finished video in a private temporary file, for as long as somebody uploads it."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, BinaryIO

from bot.telegram_outcomes import BadVideo, Outcome
from video.download import Downloaded, NotFetched, TooBig, download

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

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
