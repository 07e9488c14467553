"""The client of a video service that exists in tests only.

A submit is `POST /videos`, everything about videos is `GET /videos` by the service's id or by ours, and the balance is
`GET /account`. A refusal is `{"error": {"code", "message"}}`, with a code of the service's own.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from video.services.classify import log_unknown_status, no_words_of_its_own, valid_id, valid_url
from video.services.http import Response, ServiceClient, Timeouts, header_safe
from video.services.job_document import JobDocument
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
    Completed,
    EffectRequest,
    Failed,
    Failure,
    FailureKind,
    Found,
    FoundFailed,
    InDoubt,
    NoVideo,
    Pending,
    Refused,
    Unanswered,
)
from video.services.redact import log_line
from video.services.streamed_body import EncodedPhoto, StreamedBody

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from video.effects.prices import Price
    from video.services.protocol import BalanceOutcome, FindOutcome, PollOutcome, SubmitOutcome, SubmitRequest

KINDS_BY_CODE = {
    "bad_key": FailureKind.BAD_KEY,
    "bad_request": FailureKind.MISCONFIGURED,
    "unknown_scene": FailureKind.RETIRED,
    "no_face": FailureKind.NO_FACE,
    "bad_photo": FailureKind.PHOTO_UNREADABLE,
    "photo_size": FailureKind.PHOTO_SIZE,
    "no_credit": FailureKind.OUT_OF_CREDIT,
    "too_many": FailureKind.BUSY,
    "closed": FailureKind.DOWN,
}
"""The meaning of each code that the service documents."""
_RETRYABLE_CODES = frozenset({"too_many", "closed"})
_VIDEOS, _ACCOUNT = "/videos", "/account"


class SampleService:
    """The service as a `VideoService`."""

    name = "sample"

    def __init__(
        self, key: str, *, url: str, clock: Callable[[], float] = time.time, timeouts: Timeouts | None = None
    ) -> None:
        """Prepare the client.

        Raises:
            ValueError: the key holds characters that no HTTP header may carry.
        """
        key = header_safe(key, "sample key")
        self._client = ServiceClient(
            url, authorization=lambda: f"Bearer {key}", secrets=[key], clock=clock, timeouts=timeouts or Timeouts()
        )
        self.account = self._client.account

    @property
    def clock_skew(self) -> float | None:
        """How far the service's clock is ahead of ours, in seconds; None if no response has told it yet."""
        return self._client.clock_skew

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def submit(self, request: SubmitRequest) -> SubmitOutcome:
        """Ask for a video. Refuse image-to-video: it isn't offered."""
        if not isinstance(request.video, EffectRequest):
            return Refused(Failure(FailureKind.NOT_OFFERED, "the sample service makes effects only"))
        body = {
            "request_id": request.client_request_id,
            "scene": request.video.scene,
            "seconds": request.duration,
            "photos": [EncodedPhoto(photo) for photo in request.photos],
        }
        response = await self._client.post(_VIDEOS, StreamedBody(body))
        return classify_submit(response) if isinstance(response, Response) else response

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the job is doing."""
        video = await self._get_video("id", service_job_id)
        return video if isinstance(video, Unanswered) else classify_video(video)

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:  # noqa: ARG002 - not needed
        """Look for a submit whose response was lost: videos can be asked for by our own id."""
        video = await self._get_video("request_id", client_request_id)
        if isinstance(video, Unanswered):
            return video
        if not video:
            return Absent()
        if video.get("state") == "failed":
            return FoundFailed("the service has it as failed")
        service_job_id = valid_id(video.get("id"))
        return Found(service_job_id) if service_job_id else Unanswered("found, without an id")

    async def balance(self) -> BalanceOutcome:
        """Ask what is left on the account."""
        response = await self._client.get(_ACCOUNT)
        if isinstance(response, Unanswered):
            return response
        usd = response.document.get("usd")
        if response.is_success and isinstance(usd, float):
            return Balance(usd)
        refused = _own_refusal(response)
        return refused if refused and not refused.retryable else Unanswered(describe(response), response.retry_after)

    async def prices(self) -> Mapping[str, Price]:
        """Return no prices: the service doesn't report them."""
        return {}

    async def _get_video(self, key: str, value: str) -> dict[str, Any] | Unanswered:
        """Return the video whose `key` is `value`, an empty one if the service has none."""
        response = await self._client.get(_VIDEOS, {key: value})
        if isinstance(response, Unanswered):
            return response
        videos = response.document.get("videos")
        if response.is_success and isinstance(videos, list):
            if not videos:
                return {}
            if isinstance(videos[0], dict) and videos[0].get(key) == value:
                return videos[0]
        return Unanswered(describe(response), response.retry_after)


def classify_submit(response: Response) -> SubmitOutcome:
    """Return what the response to a submit means."""
    if response.is_success:
        service_job_id = valid_id(response.document.get("id"))
        return Accepted(service_job_id) if service_job_id else InDoubt(describe(response))
    return _own_refusal(response) or no_words_of_its_own(response, describe(response))


def classify_video(video: dict[str, Any]) -> PollOutcome:
    """Return how the job is doing."""
    match video.get("state"):
        case "done":
            url, usd = valid_url(video.get("url")), video.get("usd")
            return Completed(url, usd if isinstance(usd, float) else None) if url else NoVideo(JobDocument(video).shape)
        case "failed":
            return Failed(_failure(video.get("error"), FailureKind.OTHER))
        case str() as state if state.strip():
            known = state in {"waiting", "running"}
            if not known:
                log_unknown_status("Sample", state)
            return Pending(log_line(state)[:40], known=known)
    return Unanswered("without a state")


def describe(response: Response) -> str:
    """Return one short line for the log."""
    return log_line(f"HTTP {response.status} {_failure(response.document.get('error')).detail or response.text}")


def _own_refusal(response: Response) -> Refused | None:
    """Return the refusal if its code is one of the service's own, else None."""
    failure = _failure(response.document.get("error"))
    code = failure.detail.partition(":")[0]
    if response.is_success or code not in KINDS_BY_CODE:
        return None
    retryable = code in _RETRYABLE_CODES
    return Refused(failure, retryable=retryable, retry_after=response.retry_after if retryable else None)


def _failure(error: object, default: FailureKind = FailureKind.MISCONFIGURED) -> Failure:
    if not isinstance(error, dict):
        return Failure(default)
    code, message = str(error.get("code")), error.get("message")
    return Failure(KINDS_BY_CODE.get(code, default), log_line(f"{code}: {message}"))
