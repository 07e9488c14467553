"""The error objects of jobs whose status is `error`."""

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
    """The forms of a job's error that have been observed."""

    FAL = "fal"
    """fal.ai's, passed through: `{"detail": [{"loc": ["body", "image_url"], ...}]}`."""
    FAL_INDEXED = "fal_indexed"
    """fal.ai's, with the index of the photo in `loc`: `["body", "image_url", 1]`."""
    NAMED = "named"
    """The documented form: `{"name": ..., "message": ...}`."""


def job_error(kind: str, request: AimlRequest, photo: int | None, shape: ErrorShape = ErrorShape.FAL) -> dict[str, Any]:
    """Return the error object for fal.ai's error type `kind`.

    `photo` is the index of the photo that it is about, or None for an error about the prompt.
    """
    message = _MESSAGES.get(kind, kind.replace("_", " "))
    if shape is ErrorShape.NAMED:
        return {"name": "Error", "message": message}
    if photo is None:
        return {"detail": [{"loc": ["body", "prompt"], "msg": message, "type": kind, "input": request.prompt}]}
    location: list[str | int] = ["body", "tail_image_url" if request.prompt is not None and photo else "image_url"]
    if shape is ErrorShape.FAL_INDEXED and request.prompt is None and len(request.image_urls) > 1:
        location.append(photo)
    return {"detail": [{"loc": location, "msg": message, "type": kind, "input": request.image_urls[photo]}]}
