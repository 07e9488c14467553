"""A job's way from asked for to a video or an error, by the clock or by hand: the same at every pretend service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.services.records import Submission

_LEAVES_QUEUE, _FAILS = 0.15, 0.5  # parts of a life


class Wanted(Protocol):
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


AnyOrder = TypeVar("AnyOrder", bound=Wanted)


@dataclass(frozen=True, slots=True)
class Words:
    """A service's words for the four states of a job."""

    waiting: str
    making: str
    done: str
    failed: str


class Life(Generic[AnyOrder]):
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
        order: AnyOrder,
        words: Words,
        *,
        seconds: float | None,
        changed: Callable[[Life[AnyOrder]], None],
    ) -> None:
        """`seconds`: its life by the clock; None: it moves only by hand. `changed` hears of each new status."""
        self.id = submission.id
        self.submission = submission
        self.order = order
        self.status = words.waiting
        self.error: Any = None
        self.updated_at = submission.at
        self._words = words
        self._seconds = seconds
        self._changed = changed
        self._filmed = False
        self._doom: Any = None

    @property
    def done(self) -> bool:
        """Whether it has come to its end."""
        return self.status in {self._words.done, self._words.failed}

    @property
    def succeeded(self) -> bool:
        """Whether it ended with a video."""
        return self.status == self._words.done

    # ------------------------------------------------------------ by hand
    def finish(self) -> None:
        """End it with a video, now."""
        self._end(self._words.done)

    def fail(self, error: Any) -> None:
        """End it with `error`, now."""
        if not self.done:
            self.error = error
        self._end(self._words.failed)

    def hold(self) -> None:
        """Stop its clock: from now on it moves only by hand."""
        self._seconds = None

    def say(self, status: str) -> None:
        """Hold it, and show `status`: a word that is documented, or one that is not."""
        self.hold()
        self._become(status)

    # ------------------------------------------------------------ by the clock
    def filmed(self) -> None:
        """Its video has been made: it may complete."""
        self._filmed = True

    def doom(self, error: Any) -> None:
        """It will end with `error` when half of its life has passed."""
        self._doom = error

    @property
    def next_change(self) -> float | None:
        """When the clock moves it next, as a Unix time in seconds; None: not by the clock."""
        if self._seconds is None or self.done:
            return None
        if self.status == self._words.waiting:
            return self.submission.at + _LEAVES_QUEUE * self._seconds
        return self.submission.at + (_FAILS if self._doom is not None else 1) * self._seconds

    def tick(self, now: float) -> None:
        """Move to where the clock says that it is."""
        while (due := self.next_change) is not None and due <= now:
            if self.status == self._words.waiting:
                self._become(self._words.making)
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
