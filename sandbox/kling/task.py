"""Tasks, the service's names for their states, and its messages about photos."""

from __future__ import annotations

import random
from typing import Final, TypeAlias

from sandbox.kling.video_request import KlingRequest
from sandbox.services.job import Job, StatusNames

KlingTask: TypeAlias = Job[KlingRequest]
"""One accepted task."""

STATUS_NAMES: Final = StatusNames("submitted", "processing", "succeed", "failed")

_MESSAGES: Final = {
    "face_detection_error": "No face is detected in the input image",
    "image_too_small": "Image pixel is invalid",
    "image_load_error": "The image file cannot be read",
    "file_too_large": "The image size is too large",
    "file_download_error": "The image cannot be downloaded",
    "internal_server_error": "Server internal error",
}
NOT_ALLOWED: Final = "Failure to pass the risk control system"


def new_task_id() -> str:
    """Return an id like `815336894036197446`."""
    return str(random.randrange(10**17, 10**18))


def photo_error_message(kind: str) -> str:
    """Return the service's message for fal.ai's error type `kind`."""
    return _MESSAGES.get(kind, kind.replace("_", " "))
