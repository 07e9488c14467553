"""A photo checked and made fit for a video service, before anything is paid.

What is slightly off is mended; what cannot be is refused with a kind that a person can be told. The limits are
Kling's: JPEG or PNG, at most 10 MB, each side at least 300 px, ratio 1:2.5 to 2.5:1.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from video.photos.decoder import open_picture
from video.photos.formats import picture_format
from video.photos.pixels import padded, resized, to_srgb

if TYPE_CHECKING:
    from video.photos.decoder import Picture

MAX_FILE = 20 * 1024 * 1024
"""Bytes. Telegram hands a bot no larger file."""
MAX_PIXELS = 50_000_000
"""More is refused from the header: 60000×60000 pixels fit into a file of a few kilobytes."""
MAX_MEMORY = 256 * 1024 * 1024
"""Bytes to decode one photo. For most formats that is 50 megapixels; for WebP 16."""
SMALLEST = 150
"""Pixels: a shorter side is refused; up to 300 it is scaled up."""
NARROWEST = 5
"""Longer side over shorter: beyond it is refused; from 2.5 on it is padded."""

_SIDE = 300  # Kling: each side at least
_RATIO = 2.5  # Kling: at most
_LONGEST = 2048  # our choice: the videos are smaller, and a photo stays near 1 MB
_ENOUGH = 1600  # pixels that a shrinking decoder leaves at least
_TARGET = 2_500_000  # bytes
_QUALITIES = (92, 84, 75)  # JPEG: the next is tried where a noisy picture is beyond _TARGET

# One picture at a time, whoever asks: this is what bounds memory.
_DARKROOM = ThreadPoolExecutor(max_workers=1, thread_name_prefix="photo")


class Unfit(StrEnum):
    """Why a photo cannot be sent."""

    NOT_A_PICTURE = "not_a_picture"
    """No picture, or a format that we do not read (SVG, PDF, video)."""
    ANIMATED = "animated"
    """It moves: an animated GIF, WebP or PNG."""
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


class UnfitPhoto(ValueError):
    """The photo cannot be sent; `kind` says why."""

    def __init__(self, kind: Unfit) -> None:
        super().__init__(kind.value)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Fit:
    """A photo fit to send: JPEG, sRGB, upright, without any metadata.

    Attributes:
        jpeg: the file.
        width: pixels, 300 to 2048.
        height: pixels, 300 to 2048.
    """

    jpeg: bytes
    width: int
    height: int


async def prepare(data: bytes) -> bytes:
    """As `make_fit`, off the event loop, one photo at a time. Returns the JPEG file.

    Raises:
        UnfitPhoto: it cannot be sent.
    """
    fit = await asyncio.get_running_loop().run_in_executor(_DARKROOM, make_fit, data)
    return fit.jpeg


def make_fit(data: bytes) -> Fit:
    """Check a photo file and make it fit to send. Takes CPU time: in the bot, call `prepare`.

    Raises:
        UnfitPhoto: it cannot be sent.
    """
    picture = _open(data)
    _check_shape(picture)
    image = to_srgb(_read(picture), picture.profile)
    del picture
    image = resized(image, shortest=_SIDE, longest=_LONGEST)
    image = padded(image, ratio=_RATIO)
    return Fit(_jpeg(image), image.width, image.height)


def _open(data: bytes) -> Picture:
    if not data:
        raise UnfitPhoto(Unfit.EMPTY)
    if len(data) > MAX_FILE:
        raise UnfitPhoto(Unfit.TOO_BIG)
    kind = picture_format(data[:64])
    if kind is None:
        raise UnfitPhoto(Unfit.NOT_A_PICTURE)
    try:
        return open_picture(data, kind)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise UnfitPhoto(Unfit.TOO_MANY_PIXELS) from error
    except Exception as error:  # a decoder given a hostile file may raise anything
        raise UnfitPhoto(Unfit.CUT_SHORT) from error


def _check_shape(picture: Picture) -> None:
    width, height = picture.size
    if width * height > MAX_PIXELS or picture.cost > MAX_MEMORY:
        raise UnfitPhoto(Unfit.TOO_MANY_PIXELS)
    if picture.animated:
        raise UnfitPhoto(Unfit.ANIMATED)
    if min(width, height) < SMALLEST:
        raise UnfitPhoto(Unfit.TOO_SMALL)
    if max(width, height) > NARROWEST * min(width, height):
        raise UnfitPhoto(Unfit.TOO_NARROW)


def _read(picture: Picture) -> Image.Image:
    try:
        return picture.read(_ENOUGH)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise UnfitPhoto(Unfit.TOO_MANY_PIXELS) from error
    except Exception as error:  # as in _open
        raise UnfitPhoto(Unfit.CUT_SHORT) from error


def _jpeg(image: Image.Image) -> bytes:
    image.info = {}  # comments and such would be written again
    for quality in _QUALITIES:
        file = BytesIO()
        image.save(file, "JPEG", quality=quality)
        if file.tell() <= _TARGET:
            break
    return file.getvalue()
