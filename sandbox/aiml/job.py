"""A job: from queued to a video or an error, by the clock or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.aiml.order import Order

DONE: Final = frozenset({"completed", "error"})
"""The two words after which nothing changes any more."""

_LEAVES_QUEUE, _FAILS = 0.15, 0.5  # parts of a job's life


@dataclass(frozen=True, slots=True)
class Submission:
    """One POST that was read to its end.

    Attributes:
        id: the job's id; for a refused one, the id of the row in the log.
        client_request_id: the caller's `X-Client-Request-Id`, if it was a valid one.
        model: as asked for; empty where the body names none.
        scene: as asked for; empty where the body names none.
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


class Job:
    """One accepted job.

    Attributes:
        id: as told to the caller.
        order: what was asked for.
        submission: how it was asked for.
        status: the service's word: `queued`, `generating`, `completed`, `error`, or whatever `say` put there.
        error: why it ended in `error`.
    """

    def __init__(
        self, submission: Submission, order: Order, *, seconds: float | None, changed: Callable[[Job], None]
    ) -> None:
        """`seconds`: its life by the clock; None: it moves only by hand. `changed` hears of each new status."""
        self.id = submission.id
        self.order = order
        self.submission = submission
        self.status = "queued"
        self.error: Mapping[str, Any] | None = None
        self._seconds = seconds
        self._changed = changed
        self._filmed = False
        self._doom: Mapping[str, Any] | None = None

    @property
    def done(self) -> bool:
        """Whether it has come to its end."""
        return self.status in DONE

    # ------------------------------------------------------------ by hand
    def finish(self) -> None:
        """End it with a video, now."""
        self._end("completed")

    def fail(self, error: Mapping[str, Any]) -> None:
        """End it with `error`, now."""
        if not self.done:
            self.error = error
        self._end("error")

    def hold(self) -> None:
        """Stop its clock: from now on it moves only by hand."""
        self._seconds = None

    def say(self, status: str) -> None:
        """Hold it, and show `status`: `waiting`, `active`, or a word that nobody has documented."""
        self.hold()
        self._become(status)

    # ------------------------------------------------------------ by the clock
    def filmed(self) -> None:
        """Its video has been made: it may complete."""
        self._filmed = True

    def doom(self, error: Mapping[str, Any]) -> None:
        """It will end with `error` when half of its life has passed."""
        self._doom = error

    @property
    def next_change(self) -> float | None:
        """When the clock moves it next, as a Unix time in seconds; None: not by the clock."""
        if self._seconds is None or self.done:
            return None
        if self.status == "queued":
            return self.submission.at + _LEAVES_QUEUE * self._seconds
        return self.submission.at + (_FAILS if self._doom else 1) * self._seconds

    def tick(self, now: float) -> None:
        """Move to where the clock says that it is."""
        while (due := self.next_change) is not None and due <= now:
            if self.status == "queued":
                self._become("generating")
            elif self._doom is not None:
                self.fail(self._doom)
            elif self._filmed:
                self.finish()
            else:
                return

    def _end(self, status: str) -> None:
        if not self.done:
            self._become(status)

    def _become(self, status: str) -> None:
        self.status = status
        self._changed(self)
