"""Check a photo and prepare it for a video service, before anything is paid.

Small deviations are corrected. A photo that cannot be used is refused with a reason that can be told to its sender.
The limits are Kling's: JPEG or PNG, at most 10 MB, each side at least 300 px, ratio 1:2.5 to 2.5:1.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from video.photos.decoder import open_image
from video.photos.formats import detect_format
from video.photos.limits import (
    MAX_FILE_BYTES,
    MAX_MEMORY_BYTES,
    MAX_PIXELS,
    MAX_RATIO,
    MIN_SIDE_PX,
    UnusablePhoto,
    UnusableReason,
)
from video.photos.pixels import pad, resize, to_srgb

if TYPE_CHECKING:
    from PIL import Image

    from video.photos.decoder import ImageDecoder

_SENT_MIN_SIDE_PX = 300  # Kling: each side at least
_SENT_MAX_RATIO = 2.5  # Kling: at most
_SENT_MAX_SIDE_PX = 2048  # our choice: the videos are smaller, and a photo stays near 1 MB
_DECODED_MIN_SIDE_PX = 1600  # what shrinking while decoding leaves at least
_SENT_MAX_BYTES = 2_500_000
_JPEG_QUALITIES = (92, 84, 75)  # the next is tried if a noisy photo exceeds _SENT_MAX_BYTES


class PreparedPhoto(NamedTuple):
    """A photo ready to send: JPEG, sRGB, upright, without metadata.

    Attributes:
        jpeg: the file.
        width: pixels, 300 to 2048.
        height: pixels, 300 to 2048.
    """

    jpeg: bytes
    width: int
    height: int


def prepare_photo(data: bytes) -> PreparedPhoto:
    """Check a photo file and make it ready to send. It blocks, for as long as the file makes it.

    The bot lets a process of `video.photos.process_pool` call this.

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
        return open_image(data, image_format, min_side=_DECODED_MIN_SIDE_PX)
    except UnusablePhoto:
        raise
    except MemoryError as error:
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
        return decoder.decode()
    except MemoryError as error:
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
