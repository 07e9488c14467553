"""A job's way from asked for to a video or an error, by the clock or by hand: the same at every pretend service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.services.records import Submission

_QUEUED_SHARE, _FAILURE_SHARE = 0.15, 0.5  # parts of a life


class VideoRequest(Protocol):
    """What was asked for, as far as making it goes."""

    @property
    def scene(self) -> str:
        """What is to be seen, in the service's words."""
        ...

    @property
    def photos(self) -> list[bytes]:
        """Of whom."""
        ...

    @property
    def duration(self) -> int:
        """Seconds of video."""
        ...


RequestT = TypeVar("RequestT", bound=VideoRequest)


@dataclass(frozen=True, slots=True)
class StatusNames:
    """A service's words for the four states of a job."""

    queued: str
    processing: str
    succeeded: str
    failed: str


class Job(Generic[RequestT]):
    """One accepted job.

    Attributes:
        id: as told to the caller.
        submission: how it was asked for.
        order: what was asked for.
        status: the service's word, or whatever `say` put there.
        error: why it failed, as the service writes it.
        updated_at: when its status changed last: Unix time in seconds.
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
        """`seconds`: its life by the clock; None: it moves only by hand. `changed` hears of each new status."""
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
        """Whether it has come to its end."""
        return self.status in {self._names.succeeded, self._names.failed}

    @property
    def succeeded(self) -> bool:
        """Whether it ended with a video."""
        return self.status == self._names.succeeded

    # ------------------------------------------------------------ by hand
    def finish(self) -> None:
        """End it with a video, now."""
        self._end(self._names.succeeded)

    def fail(self, error: Any) -> None:
        """End it with `error`, now."""
        if not self.done:
            self.error = error
        self._end(self._names.failed)

    def hold(self) -> None:
        """Stop its clock: from now on it moves only by hand."""
        self._seconds = None

    def show_status(self, status: str) -> None:
        """Hold it, and show `status`: a word that is documented, or one that is not."""
        self.hold()
        self._set_status(status)

    # ------------------------------------------------------------ by the clock
    def mark_rendered(self) -> None:
        """Its video has been made: it may complete."""
        self._rendered = True

    def fail_later(self, error: Any) -> None:
        """It will end with `error` when half of its life has passed."""
        self._planned_error = error

    @property
    def next_change_at(self) -> float | None:
        """When the clock moves it next, as a Unix time in seconds; None: not by the clock."""
        if self._seconds is None or self.done:
            return None
        if self.status == self._names.queued:
            return self.submission.at + _QUEUED_SHARE * self._seconds
        return self.submission.at + (_FAILURE_SHARE if self._planned_error is not None else 1) * self._seconds

    def advance(self, now: float) -> None:
        """Move to where the clock says that it is."""
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
