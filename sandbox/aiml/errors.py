"""How a job fails: the error objects that stand in a job whose status is `error`."""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.aiml.order import Order

    CountFaces = Callable[[bytes], int]

MIN_SIDE: Final = 300
"""Kling: each side of a photo has at least this many pixels."""
MAX_RATIO: Final = 2.5
"""Kling: no side is more than this many times the other."""
MAX_BYTES: Final = 10 * 1024 * 1024
"""Kling: a photo has at most 10 MB."""

_WORDS: Final = {
    "face_detection_error": "Could not detect face in the image",
    "content_policy_violation": "The content could not be processed because it contained material flagged by a"
    " content checker.",
    "image_too_small": "The image dimensions are too small.",
    "image_too_large": "The image dimensions are too large.",
    "image_load_error": "Failed to load the image. Please ensure the image file is not corrupted and is in a"
    " supported format.",
    "file_download_error": "Failed to download the file. Please check if the URL is accessible and try again.",
    "file_too_large": "The file size exceeds the maximum limit.",
    "internal_server_error": "Internal server error",
    "generation_timeout": "The operation timed out.",
}


class ErrorShape(StrEnum):
    """In which of the forms seen in the wild a job's error is written."""

    FAL = "fal"
    """fal.ai's, as passed through: `{"detail": [{"loc": ["body", "image_url"], ...}]}`."""
    FAL_INDEXED = "fal_indexed"
    """The same, and `loc` tells which photo of two: `["body", "image_url", 1]`."""
    NAMED = "named"
    """The documented one: `{"name": ..., "message": ...}`."""


def job_error(kind: str, order: Order, photo: int, shape: ErrorShape = ErrorShape.FAL) -> dict[str, Any]:
    """The error object of type `kind` (fal.ai's word) about the photo numbered `photo`, counted from 0."""
    message = _WORDS.get(kind, kind.replace("_", " "))
    if shape is ErrorShape.NAMED:
        return {"name": "Error", "message": message}
    where: list[str | int] = ["body", "image_url"]
    if shape is ErrorShape.FAL_INDEXED and len(order.links) > 1:
        where.append(photo)
    return {"detail": [{"loc": where, "msg": message, "type": kind, "input": order.links[photo]}]}


def find_fault(order: Order, count_faces: CountFaces | None) -> tuple[str, int] | None:
    """What is wrong with the order's photos: fal.ai's word and the photo's index; None if all is well.

    `count_faces` is asked about each photo if given. Slow: call it in a thread.
    """
    for index, photo in enumerate(order.photos):
        kind = _photo_fault(photo)
        if kind is None and count_faces is not None and not count_faces(photo):
            kind = "face_detection_error"
        if kind is not None:
            return kind, index
    return None


def _photo_fault(photo: bytes) -> str | None:
    if not photo:
        return "file_download_error"
    if len(photo) > MAX_BYTES:
        return "file_too_large"
    try:
        with Image.open(BytesIO(photo), formats=("JPEG", "PNG")) as picture:
            size = picture.size
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "image_load_error"
    if min(size) < MIN_SIDE or max(size) > MAX_RATIO * min(size):
        return "image_too_small"
    return None
