"""A task, and the service's words for its states and for what is the matter with a photo."""

from __future__ import annotations

import random
from typing import Final, TypeAlias

from sandbox.kling.video_request import Order
from sandbox.services.job import Life, Words

Task: TypeAlias = Life[Order]
"""One accepted task."""

WORDS: Final = Words("submitted", "processing", "succeed", "failed")

_SENTENCES: Final = {
    "face_detection_error": "No face is detected in the input image",
    "image_too_small": "Image pixel is invalid",
    "image_load_error": "The image file cannot be read",
    "file_too_large": "The image size is too large",
    "file_download_error": "The image cannot be downloaded",
    "internal_server_error": "Server internal error",
}
NOT_ALLOWED: Final = "Failure to pass the risk control system"


def new_id() -> str:
    """Like `815336894036197446`."""
    return str(random.randrange(10**17, 10**18))


def sentence(kind: str) -> str:
    """The service's words for what is the matter with a photo."""
    return _SENTENCES.get(kind, kind.replace("_", " "))
