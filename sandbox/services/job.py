"""A job's way from the submit to a video or an error, moved by the clock or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.services.records import Submission

_QUEUED_SHARE, _FAILURE_SHARE = 0.15, 0.5  # parts of the job's time


class VideoRequest(Protocol):
    """What the renderer needs to know about a request."""

    @property
    def scene(self) -> str:
        """The service's name of the scene."""
        ...

    @property
    def photos(self) -> list[bytes]:
        """The bytes of the photos."""
        ...

    @property
    def duration(self) -> int:
        """The length of the video in seconds."""
        ...


RequestT = TypeVar("RequestT", bound=VideoRequest)


@dataclass(frozen=True, slots=True)
class StatusNames:
    """A service's names for the four states of a job."""

    queued: str
    processing: str
    succeeded: str
    failed: str


class Job(Generic[RequestT]):
    """One accepted job.

    Attributes:
        id: the id that the client was given.
        submission: the submit as it was recorded.
        request: what was asked for.
        status: the service's name of the state, or whatever `show_status` set.
        error: why the job failed, in the service's form.
        updated_at: when the status last changed: Unix time in seconds.
    """

    def __init__(
        self,
        submission: Submission,
        request: RequestT,
        status_names: StatusNames,
        *,
        seconds: float | None,
        on_change: Callable[[Job[RequestT]], None],
    ) -> None:
        """Create a job.

        Args:
            submission: the submit as it was recorded.
            request: what was asked for.
            status_names: the service's names for the states.
            seconds: how long the job takes by the clock; None for a job that is moved by hand only.
            on_change: called after each change of the status.
        """
        self.id = submission.id
        self.submission = submission
        self.request = request
        self.status = status_names.queued
        self.error: Any = None
        self.updated_at = submission.at
        self._names = status_names
        self._seconds = seconds
        self._on_change = on_change
        self._rendered = False
        self._planned_error: Any = None

    @property
    def done(self) -> bool:
        """Whether the job has succeeded or failed."""
        return self.status in {self._names.succeeded, self._names.failed}

    @property
    def succeeded(self) -> bool:
        """Whether the job ended with a video."""
        return self.status == self._names.succeeded

    # ------------------------------------------------------------ by hand
    def finish(self) -> None:
        """Let the job succeed now."""
        self._end(self._names.succeeded)

    def fail(self, error: Any) -> None:
        """Let the job fail now, with `error`."""
        if not self.done:
            self.error = error
        self._end(self._names.failed)

    def hold(self) -> None:
        """Stop the job's clock: from now on it is moved by hand only."""
        self._seconds = None

    def show_status(self, status: str) -> None:
        """Hold the job and show this status, documented or not."""
        self.hold()
        self._set_status(status)

    # ------------------------------------------------------------ by the clock
    def mark_rendered(self) -> None:
        """Record that the video is made, so that the job can succeed."""
        self._rendered = True

    def fail_later(self, error: Any) -> None:
        """Let the job fail with `error` once half of its time has passed."""
        self._planned_error = error

    @property
    def next_change_at(self) -> float | None:
        """When the clock changes the status next: Unix time in seconds, or None if it will not."""
        if self._seconds is None or self.done:
            return None
        if self.status == self._names.queued:
            return self.submission.at + _QUEUED_SHARE * self._seconds
        return self.submission.at + (_FAILURE_SHARE if self._planned_error is not None else 1) * self._seconds

    def advance(self, now: float) -> None:
        """Move the job to the state that it has at `now`: Unix time in seconds."""
        while (due := self.next_change_at) is not None and due <= now:
            if self.status == self._names.queued:
                self._set_status(self._names.processing)
            elif self._planned_error is not None:
                self.fail(self._planned_error)
            elif self._rendered:
                self.finish()
            else:
                return

    def _end(self, status: str) -> None:
        if not self.done:
            self._set_status(status)

    def _set_status(self, status: str) -> None:
        self.status = status
        self._on_change(self)
