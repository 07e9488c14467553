"""What a video service is to the bot: a few questions, and every answer it may give.

Submitting costs money, so its answers are sorted by one question: *may it have been charged?*

    SubmitOutcome
    ├── Accepted   the service has the job and told its id
    ├── NotSent    the connection was never made: nothing was charged
    ├── Refused    the service said no: nothing was charged
    └── InDoubt    everything else (a lost answer, a timeout, half a JSON): it may have been charged

Only `NotSent` and `Refused` may lead to a new POST without a person's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from video.effects.models import ImageToVideoModel, Quality
    from video.effects.prices import Price


class FailureKind(StrEnum):
    """Why there is no video, in the terms that a person can do something about."""

    NO_FACE = "no_face"
    """The effect needs a face, and the service found none."""
    MODERATED = "moderated"
    """The service's content rules refused the photo."""
    PHOTO_SIZE = "photo_size"
    """The service found the photo too small, too large or too narrow."""
    PHOTO_UNREADABLE = "photo_unreadable"
    """The service could not read the photo."""
    RETIRED = "retired"
    """The service no longer knows this effect."""
    NOT_OFFERED = "not_offered"
    """The service makes no videos of this sort at all."""
    BUSY = "busy"
    """Too many requests or too many videos at once: later it may work."""
    DOWN = "down"
    """The service is out of order: later it may work."""
    OUT_OF_CREDIT = "out_of_credit"
    """The operator's account is empty."""
    BAD_KEY = "bad_key"
    """The service does not accept the operator's key."""
    MISCONFIGURED = "misconfigured"
    """The service does not know the address or the request: the operator must look."""
    TIMED_OUT = "timed_out"
    """The service took the job and never finished it."""
    OTHER = "other"
    """The service said no without a reason that we know."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no video.

    Attributes:
        kind: what a person is told.
        detail: the service's own words for the operator's log: short, without keys or Base64.
        photo: which photo it is about, counted from 1; None where the service did not say.
    """

    kind: FailureKind
    detail: str = ""
    photo: int | None = None


@dataclass(frozen=True, slots=True)
class EffectRequest:
    """A scene of the catalogue.

    Attributes:
        scene: the service's own name of the effect.
        quality: which model.
    """

    scene: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class ImageToVideoRequest:
    """A photo set in motion as a person's words say.

    Attributes:
        model: which model.
        prompt: what should happen, 1 to 2500 characters (Kling).
        negative_prompt: what should not be seen, at most 2500 characters.
        cfg_scale: how closely the prompt is followed, 0 to 1.
    """

    model: ImageToVideoModel
    prompt: str
    negative_prompt: str | None = None
    cfg_scale: float | None = None


VideoRequest = EffectRequest | ImageToVideoRequest


@dataclass(frozen=True, slots=True)
class SubmitRequest:
    """One video to be made.

    Attributes:
        client_request_id: ours, unique per submit: 1 to 128 of `A-Za-z0-9._:-`.
        wish: what is to be seen.
        duration: seconds.
        photos: JPEG bytes, the left person first; for an animation the first frame, and the last.
    """

    client_request_id: str
    video: VideoRequest
    duration: int
    photos: Sequence[bytes]


# ---------------------------------------------------------------- answers to submit
@dataclass(frozen=True, slots=True)
class Accepted:
    """The service has the job."""

    service_job_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request never left: connection refused, no such host, no free connection."""

    detail: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The service said no, and charged nothing.

    Attributes:
        failure: why.
        again: whether the same request may succeed later (rate limits, maintenance).
        retry_after: seconds that the service asked to wait; None where it did not say.
    """

    failure: Failure
    retryable: bool = False
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Nobody knows whether the service took the job."""

    detail: str


SubmitOutcome = Accepted | NotSent | Refused | InDoubt


# ---------------------------------------------------------------- answers to poll
@dataclass(frozen=True, slots=True)
class Pending:
    """Being made. `status` is the service's own word."""

    status: str


@dataclass(frozen=True, slots=True)
class Completed:
    """The video is at `url` (not yet vetted). `usd` is what it cost, where the service tells."""

    url: str
    usd: float | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The service took the job, and ended it without a video."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The question could not be answered this time: ask again.

    Attributes:
        detail: what happened, for the log.
        retry_after: seconds that the service asked to wait; None where it did not say.
    """

    detail: str
    retry_after: float | None = None


PollOutcome = Pending | Completed | Failed | Unanswered


# ---------------------------------------------------------------- answers to find
@dataclass(frozen=True, slots=True)
class Found:
    """The lost submit was accepted under this id."""

    service_job_id: str


@dataclass(frozen=True, slots=True)
class FoundFailed:
    """The service's record says that the lost submit failed: nothing was charged."""

    detail: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The service's record does not show it (yet)."""


FindOutcome = Found | FoundFailed | Absent | Unanswered


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left on the operator's account, in US dollars; None where the service does not tell."""

    usd: float | None


class VideoService(Protocol):
    """A paid service that makes videos. No method raises for what the service or the network does."""

    name: str
    """As in `VIDEO_SERVICE` and in the catalogue: `aiml`, `kling`."""

    async def submit(self, request: SubmitRequest) -> SubmitOutcome:
        """Ask for a video. May cost money: at most one HTTP request is made."""
        ...

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the job is doing. Costs nothing."""
        ...

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:
        """Look for a submit whose answer was lost. `submitted_at` is a Unix time in seconds."""
        ...

    async def balance(self) -> Balance | Refused | Unanswered:
        """Ask what is left on the account: also the way to try the key at no cost."""
        ...

    async def prices(self) -> Mapping[str, Price] | Unanswered:
        """Ask what videos cost, by model (`standard`, `pro`, `v1.6`, `v2`), as far as the service tells."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """What a service says of the operator's account.

    Attributes:
        service: as in `VIDEO_SERVICE`.
        usd: what is left in US dollars; None where the service does not tell, or did not answer.
        refused: whether it does not accept the key.
        detail: why there is no answer.
    """

    service: str
    usd: float | None = None
    refused: bool = False
    detail: str = ""
