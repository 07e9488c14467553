"""What Telegram reads from the bytes of photos and videos."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

if TYPE_CHECKING:
    from collections.abc import Iterator

THUMBNAIL_SIDE = 320
"""The longer side of a thumbnail in pixels (Bot API: PhotoSize, InputFile thumbnails)."""
_MAX_THUMBNAILED_PIXELS = 50_000_000


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return the width and height in pixels of a JPEG, PNG or WebP, or None for anything else.

    Only the header is read, so that an image of any size passes, as it does through Telegram.
    """
    try:
        if data[:2] == b"\xff\xd8":
            return JpegImagePlugin.JpegImageFile(io.BytesIO(data)).size
        if data[:4] == b"\x89PNG":
            return PngImagePlugin.PngImageFile(io.BytesIO(data)).size
        if data[8:12] == b"WEBP":
            return WebPImagePlugin.WebPImageFile(io.BytesIO(data)).size
    except (OSError, SyntaxError, ValueError, struct.error):
        return None
    return None


def thumbnail_size(width: int, height: int) -> tuple[int, int] | None:
    """Return the size of an image's thumbnail in pixels, or None if it gets none."""
    longer = max(width, height)
    if longer <= THUMBNAIL_SIDE or width * height > _MAX_THUMBNAILED_PIXELS:
        return None
    scale = THUMBNAIL_SIDE / longer
    return max(1, round(width * scale)), max(1, round(height * scale))


def make_thumbnail(data: bytes, size: tuple[int, int]) -> bytes:
    """Return a JPEG of exactly this size."""
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data)) as image:
            small = ImageOps.fit(image.convert("RGB"), size)
    except (OSError, SyntaxError, ValueError):
        small = Image.new("RGB", size, "grey")
    small.save(out, "JPEG", quality=80)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """Width and height in pixels, duration in whole seconds."""

    width: int = 480
    height: int = 480
    duration: int = 5


def is_mp4(data: bytes) -> bool:
    """Return True if the first box is that of an MP4."""
    return data[4:8] == b"ftyp"


def has_sound(data: bytes) -> bool:
    """Return True if an MP4 has an audio track."""
    return any(b"hdlr" in body and b"soun" in body for kind, body in _boxes(data) if kind == b"moov")


def video_info(data: bytes) -> VideoInfo:
    """Return what an MP4 says about itself, or the defaults if it says nothing."""
    try:
        moov = next((body for kind, body in _boxes(data) if kind == b"moov"), b"")
        duration = 0
        for kind, body in _boxes(moov):
            if kind == b"mvhd":
                duration = _duration(body)
            if kind == b"trak":
                width, height = next((_track_size(box) for name, box in _boxes(body) if name == b"tkhd"), (0, 0))
                if width:
                    return VideoInfo(width, height, max(1, duration))
    except struct.error:
        return VideoInfo()
    return VideoInfo()


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        begin = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, begin)
            begin += 8
        end = len(data) if size == 0 else at + size
        if end < begin:
            return
        if kind != b"mdat":
            yield kind, data[begin:end]
        at = end


def _duration(mvhd: bytes) -> int:
    layout = ">QQIQ" if mvhd[0] else ">IIII"
    _, _, scale, length = struct.unpack_from(layout, mvhd, 4)
    return round(length / scale) if scale else 0


def _track_size(tkhd: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", tkhd, len(tkhd) - 8)
    return width >> 16, height >> 16
