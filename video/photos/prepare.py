"""Check a photo and prepare it for a video service, before anything is paid.

Small deviations are corrected. A photo that cannot be used is refused with a reason that can be told to its sender.
The limits are Kling's: JPEG or PNG, at most 10 MB, each side at least 300 px, ratio 1:2.5 to 2.5:1.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from video.photos.decoder import open_image
from video.photos.formats import detect_format
from video.photos.pixels import pad, resize, to_srgb

if TYPE_CHECKING:
    from video.photos.decoder import ImageDecoder

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Telegram lets a bot download no larger file."""
MAX_PIXELS = 50_000_000
"""Checked in the header: 60000×60000 pixels fit into a file of a few kilobytes."""
MAX_MEMORY_BYTES = 256 * 1024 * 1024
"""To decode one photo. For most formats that is 50 megapixels; for WebP 16."""
MIN_SIDE_PX = 150
"""A photo with a shorter side is refused; up to 300 px it is scaled up."""
MAX_RATIO = 5
"""Longer side over shorter side. Beyond it a photo is refused; from 2.5 on it is padded."""

_SENT_MIN_SIDE_PX = 300  # Kling: each side at least
_SENT_MAX_RATIO = 2.5  # Kling: at most
_SENT_MAX_SIDE_PX = 2048  # our choice: the videos are smaller, and a photo stays near 1 MB
_DECODED_MIN_SIDE_PX = 1600  # what shrinking while decoding leaves at least
_SENT_MAX_BYTES = 2_500_000
_JPEG_QUALITIES = (92, 84, 75)  # the next is tried if a noisy photo exceeds _SENT_MAX_BYTES

# One photo at a time, whoever asks: this is what bounds memory.
_EXECUTOR = ThreadPoolExecutor(max_workers=1, thread_name_prefix="photo")


class UnusableReason(StrEnum):
    """Why a photo cannot be sent."""

    NOT_A_PICTURE = "not_a_picture"
    """No image, or a format that is not read (SVG, PDF, video)."""
    ANIMATED = "animated"
    """An animated GIF, WebP or PNG."""
    CUT_SHORT = "cut_short"
    """The file is damaged or incomplete."""
    EMPTY = "empty"
    """No bytes."""
    TOO_MANY_PIXELS = "too_many_pixels"
    """Over 50 megapixels, or more than can be decoded in bounded memory."""
    TOO_SMALL = "too_small"
    """A side under 150 px."""
    TOO_NARROW = "too_narrow"
    """One side more than 5 times the other."""
    TOO_BIG = "too_big"
    """A file over 20 MB."""


class UnusablePhoto(ValueError):
    """The photo cannot be sent; `reason` says why."""

    def __init__(self, reason: UnusableReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A photo ready to send: JPEG, sRGB, upright, without metadata.

    Attributes:
        jpeg: the file.
        width: pixels, 300 to 2048.
        height: pixels, 300 to 2048.
    """

    jpeg: bytes
    width: int
    height: int


async def prepare(data: bytes) -> bytes:
    """Run `prepare_photo` off the event loop, one photo at a time, and return the JPEG file.

    Raises:
        UnusablePhoto: it cannot be sent.
    """
    prepared = await asyncio.get_running_loop().run_in_executor(_EXECUTOR, prepare_photo, data)
    return prepared.jpeg


def prepare_photo(data: bytes) -> PreparedPhoto:
    """Check a photo file and make it ready to send. It blocks and takes CPU time: the bot calls `prepare`.

    Raises:
        UnusablePhoto: it cannot be sent.
    """
    decoder = _open(data)
    _check(decoder)
    image = to_srgb(_decode(decoder), decoder.icc_profile)
    del decoder
    image = resize(image, min_side=_SENT_MIN_SIDE_PX, max_side=_SENT_MAX_SIDE_PX)
    image = pad(image, max_ratio=_SENT_MAX_RATIO)
    return PreparedPhoto(_encode(image), image.width, image.height)


def _open(data: bytes) -> ImageDecoder:
    if not data:
        raise UnusablePhoto(UnusableReason.EMPTY)
    if len(data) > MAX_FILE_BYTES:
        raise UnusablePhoto(UnusableReason.TOO_BIG)
    image_format = detect_format(data[:64])
    if image_format is None:
        raise UnusablePhoto(UnusableReason.NOT_A_PICTURE)
    try:
        return open_image(data, image_format)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise UnusablePhoto(UnusableReason.TOO_MANY_PIXELS) from error
    except Exception as error:  # a decoder may raise anything when it is given a hostile file
        raise UnusablePhoto(UnusableReason.CUT_SHORT) from error


def _check(decoder: ImageDecoder) -> None:
    width, height = decoder.size
    if width * height > MAX_PIXELS or decoder.memory_bytes > MAX_MEMORY_BYTES:
        raise UnusablePhoto(UnusableReason.TOO_MANY_PIXELS)
    if decoder.animated:
        raise UnusablePhoto(UnusableReason.ANIMATED)
    if min(width, height) < MIN_SIDE_PX:
        raise UnusablePhoto(UnusableReason.TOO_SMALL)
    if max(width, height) > MAX_RATIO * min(width, height):
        raise UnusablePhoto(UnusableReason.TOO_NARROW)


def _decode(decoder: ImageDecoder) -> Image.Image:
    try:
        return decoder.decode(_DECODED_MIN_SIDE_PX)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise UnusablePhoto(UnusableReason.TOO_MANY_PIXELS) from error
    except Exception as error:  # as in _open
        raise UnusablePhoto(UnusableReason.CUT_SHORT) from error


def _encode(image: Image.Image) -> bytes:
    image.info = {}  # Pillow would write comments and the like again
    for quality in _JPEG_QUALITIES:
        file = BytesIO()
        image.save(file, "JPEG", quality=quality)
        if file.tell() <= _SENT_MAX_BYTES:
            break
    return file.getvalue()
