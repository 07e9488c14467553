"""A job, and the submit that asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sandbox.life import Life, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.aiml.order import Order

_WORDS: Final = Words("queued", "generating", "completed", "error")


@dataclass(frozen=True, slots=True)
class Submission:
    """One POST that was read to its end.

    Attributes:
        id: the job's id; for a refused one, the id of the row in the log.
        client_request_id: the caller's `X-Client-Request-Id`, if it was a valid one.
        model: as asked for; empty where the body names none.
        scene: as asked for; empty where the body names none, as for a photo set in motion.
        duration: seconds of video.
        photos: the photos, decoded; none where the body was refused.
        body: the JSON object as it came.
        accepted: whether it became a job.
        at: Unix time in seconds.
    """

    id: str
    client_request_id: str | None
    model: str
    scene: str
    duration: int
    photos: list[bytes]
    body: dict[str, Any]
    accepted: bool
    at: float


class Job(Life):
    """One accepted job: `queued`, `generating`, `completed` or `error`.

    Attributes:
        order: what was asked for.
        submission: how it was asked for.
        error: the object that tells why it ended in `error`.
    """

    def __init__(
        self, submission: Submission, order: Order, *, seconds: float | None, changed: Callable[[Job], None]
    ) -> None:
        """`seconds`: its life by the clock; None: it moves only by hand. `changed` hears of each new status."""
        super().__init__(submission.id, submission.at, _WORDS, seconds=seconds, changed=lambda: changed(self))
        self.order: Order = order
        self.submission = submission
