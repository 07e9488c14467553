"""What a video service is to the bot: a few calls, and every outcome that each may have.

Submitting costs money, so its outcomes are sorted by one question: *may it have been charged?*

    SubmitOutcome
    ├── Accepted   the service has the job and told its id
    ├── NotSent    the connection was never made: nothing was charged
    ├── Refused    the service said no in its own words: nothing was charged
    └── InDoubt    everything else (a lost response, a timeout, half a JSON, a proxy's page): it may have been charged

Only `NotSent` and `Refused` may lead to a new POST without the user's consent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from video.effects.models import ImageToVideoModel, Quality
    from video.effects.prices import Price
    from video.services.echoes import Echo


class FailureKind(StrEnum):
    """Why there is no video, in terms that a person can do something about."""

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
    """Too many requests, or too many videos at once; it may work later."""
    DOWN = "down"
    """The service is out of order; it may work later."""
    OUT_OF_CREDIT = "out_of_credit"
    """The operator's account is empty."""
    BAD_KEY = "bad_key"
    """The service does not accept the operator's key."""
    ACCOUNT = "account"
    """The operator's account may not do this: it lacks a subscription, a verification, a permission."""
    MISCONFIGURED = "misconfigured"
    """The service does not know the address or the request; the operator must act."""
    TIMED_OUT = "timed_out"
    """The service took the job, and ended it because it took too long."""
    GIVEN_UP = "given_up"
    """A day after it took the job, the service still says that it is making the video."""
    NOTHING_MADE = "nothing_made"
    """The service tried, and made nothing of the photo."""
    NO_VIDEO = "no_video"
    """The service says that the video is finished, and its answer has none."""
    OTHER = "other"
    """The service gave a reason that we don't know, or none."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no video.

    Attributes:
        kind: what the person is told.
        detail: the service's own words for the operator's log: short, without keys and Base64.
        photo: which photo it is about, counted from 1; None if the service did not say.
        echoes: what the answer repeats of photos: who knows what was sent can tell which photo it is about.
    """

    kind: FailureKind
    detail: str = ""
    photo: int | None = None
    echoes: tuple[Echo, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EffectRequest:
    """A scene of the catalogue.

    Attributes:
        scene: the service's own name of the effect.
        quality: which of the service's two effect models makes it.
    """

    scene: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class ImageToVideoRequest:
    """A photo that is to move as a prompt says.

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
        client_request_id: our id, unique per submit: 1 to 128 of `A-Za-z0-9._:-`.
        video: what is to be seen.
        duration: seconds.
        photos: JPEG bytes; for an effect the left person first, for image-to-video the first frame, then the last.
    """

    client_request_id: str
    video: VideoRequest
    duration: int
    photos: Sequence[bytes]


# ---------------------------------------------------------------- outcomes of submit
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
        retryable: whether the same request may succeed later (rate limits, maintenance).
        retry_after: seconds that the service asked to wait; None if it did not say.
    """

    failure: Failure
    retryable: bool = False
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It is unknown whether the service took the job.

    Attributes:
        detail: what happened, for the log.
        wrong_address: whether the response looks like that of another server; the operator should check the settings.
    """

    detail: str
    wrong_address: bool = False


SubmitOutcome = Accepted | NotSent | Refused | InDoubt


# ---------------------------------------------------------------- outcomes of poll
@dataclass(frozen=True, slots=True)
class Pending:
    """The video is being made.

    Attributes:
        status: the service's own word.
        known: whether the word is known to mean that; any other counts as if it did, and the operator is told.
    """

    status: str
    known: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Completed:
    """The video is finished.

    Attributes:
        url: where it is; not checked yet.
        usd: what it cost, None if the service does not tell.
        by_list: whether `usd` is the list price of what was used: who has another price paid that.
    """

    url: str
    usd: float | None = None
    by_list: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class NoVideo:
    """The service says that the video is finished, and no address is in its answer.

    Attributes:
        shape: the names in the answer, for the operator.
    """

    shape: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The service took the job and ended it without a video."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The service gave no usable response this time: ask again.

    Attributes:
        detail: what happened, for the log.
        retry_after: seconds that the service asked to wait; None if it did not say.
    """

    detail: str
    retry_after: float | None = None


PollOutcome = Pending | Completed | NoVideo | Failed | Unanswered


# ---------------------------------------------------------------- outcomes of find
@dataclass(frozen=True, slots=True)
class Found:
    """The submit whose response was lost was accepted under this id."""

    service_job_id: str


@dataclass(frozen=True, slots=True)
class FoundFailed:
    """The service's record says that the submit failed: nothing was charged."""

    detail: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The service's record does not show the submit (yet)."""


FindOutcome = Found | FoundFailed | Absent | Unanswered


# ---------------------------------------------------------------- the account
@dataclass(frozen=True, slots=True)
class Balance:
    """What is left on the operator's account.

    Attributes:
        usd: in US dollars, by the list price if the service counts units; None if the service does not tell.
        units: what is left in the service's own units; None if it counts in money, or does not tell.
    """

    usd: float | None
    units: float | None = None


BalanceOutcome = Balance | Refused | Unanswered


@dataclass(frozen=True, slots=True)
class Account:
    """What a service says of the operator's account.

    Attributes:
        service: as in `VIDEO_SERVICE`.
        usd: what is left in US dollars; None if the service does not tell, or did not respond.
        units: what is left in the service's own units; None if it has none, does not tell, or did not respond.
        refused: whether the service does not accept the key.
        detail: why the balance is unknown.
    """

    service: str
    usd: float | None = None
    units: float | None = None
    refused: bool = False
    detail: str = ""


class VideoService(Protocol):
    """A paid service that makes videos. No method raises for what the service or the network does."""

    name: str
    """As in `VIDEO_SERVICE`, in the catalogue and in the database."""
    account: str
    """A digest of the service's address and the key. The record of one account does not show another's submits."""

    @property
    def clock_skew(self) -> float | None:
        """How far the service's clock is ahead of ours, in seconds; None if no response has told it yet."""
        ...

    async def submit(self, request: SubmitRequest) -> SubmitOutcome:
        """Ask for a video. May cost money: at most one HTTP request is made."""
        ...

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the job is doing. Costs nothing."""
        ...

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:
        """Look for a submit whose response was lost. `submitted_at` is a Unix time in seconds."""
        ...

    async def balance(self) -> BalanceOutcome:
        """Ask what is left on the account. This is also the way to try the key at no cost."""
        ...

    async def prices(self) -> Mapping[str, Price] | Unanswered:
        """Ask what videos cost, by the names in `video.effects.models.PRICED_MODELS`, as far as the service tells."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...
