"""How a job fails: the error objects that stand in a job whose status is `error`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sandbox.aiml.video_request import AimlRequest

_MESSAGES: Final = {
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


def job_error(kind: str, order: AimlRequest, photo: int | None, shape: ErrorShape = ErrorShape.FAL) -> dict[str, Any]:
    """The error object of type `kind` (fal.ai's word).

    It is about the photo numbered `photo`, counted from 0; None: about the prompt.
    """
    message = _MESSAGES.get(kind, kind.replace("_", " "))
    if shape is ErrorShape.NAMED:
        return {"name": "Error", "message": message}
    if photo is None:
        return {"detail": [{"loc": ["body", "prompt"], "msg": message, "type": kind, "input": order.prompt}]}
    where: list[str | int] = ["body", "tail_image_url" if order.prompt is not None and photo else "image_url"]
    if shape is ErrorShape.FAL_INDEXED and order.prompt is None and len(order.image_urls) > 1:
        where.append(photo)
    return {"detail": [{"loc": where, "msg": message, "type": kind, "input": order.image_urls[photo]}]}
