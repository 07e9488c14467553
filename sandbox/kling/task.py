"""A task, and the submit that asked for it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sandbox.life import Life, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.kling.order import Order

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


@dataclass(frozen=True, slots=True)
class Submission:
    """One POST that was read to its end.

    Attributes:
        id: the task's id; for a refused one, an id that nobody is told.
        client_request_id: the caller's `external_task_id`, if it sent one.
        scene: as asked for; empty where the body names none.
        duration: seconds of video.
        photos: the photos, decoded; none where the body was refused.
        body: the JSON object as it came.
        accepted: whether it became a task.
        at: Unix time in seconds.
    """

    id: str
    client_request_id: str | None
    scene: str
    duration: int
    photos: list[bytes]
    body: dict[str, Any]
    accepted: bool
    at: float


class Task(Life):
    """One accepted task: `submitted`, `processing`, `succeed` or `failed`.

    Attributes:
        order: what was asked for.
        submission: how it was asked for.
        error: the sentence that tells why it failed.
        updated_at: when its status changed last: Unix time in seconds.
    """

    def __init__(
        self, submission: Submission, order: Order, *, seconds: float | None, changed: Callable[[Task], None]
    ) -> None:
        """`seconds`: its life by the clock; None: it moves only by hand. `changed` hears of each new status."""
        super().__init__(submission.id, submission.at, WORDS, seconds=seconds, changed=lambda: changed(self))
        self.order: Order = order
        self.submission = submission
        self.updated_at = submission.at


def new_id() -> str:
    """Like `815336894036197446`."""
    return str(random.randrange(10**17, 10**18))


def sentence(kind: str) -> str:
    """The service's words for what is the matter with a photo."""
    return _SENTENCES.get(kind, kind.replace("_", " "))
