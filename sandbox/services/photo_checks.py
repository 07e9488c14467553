"""The checks that a service makes on photos after it has accepted a job."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    FaceCounter = Callable[[bytes], int]

MIN_SIDE: Final = 300
"""Kling: each side of a photo has at least this many pixels."""
MAX_RATIO: Final = 2.5
"""Kling: no side is more than this many times as long as the other."""
MAX_BYTES: Final = 10 * 1024 * 1024
"""Kling: a photo has at most 10 MB."""


def find_photo_error(photos: Sequence[bytes], count_faces: FaceCounter | None) -> tuple[str, int] | None:
    """Return fal.ai's name of the first error and the photo's index, or None if all photos are fine.

    `count_faces`, if given, is called for each photo, which must show a face. Slow: call this in a thread.
    """
    for index, photo in enumerate(photos):
        kind = _photo_error(photo)
        if kind is None and count_faces is not None and not count_faces(photo):
            kind = "face_detection_error"
        if kind is not None:
            return kind, index
    return None


def _photo_error(photo: bytes) -> str | None:
    if not photo:
        return "file_download_error"
    if len(photo) > MAX_BYTES:
        return "file_too_large"
    try:
        with Image.open(BytesIO(photo), formats=("JPEG", "PNG")) as image:
            size = image.size
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "image_load_error"
    if min(size) < MIN_SIDE or max(size) > MAX_RATIO * min(size):
        return "image_too_small"
    return None
