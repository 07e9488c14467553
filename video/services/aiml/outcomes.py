"""AIML's answers sorted: pure functions from an HTTP answer, or none, to what it means.

Of a submit the question is whether it may have been charged. AIML documents no idempotency key, so every answer
that leaves it open is `InDoubt`, and only its log (`GET /v2/logs`) can tell.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from video.services.aiml.failures import classify_failure
from video.services.classify import refusal_by_status, sort_exception, valid_id, valid_url
from video.services.protocol import (
    Accepted,
    Balance,
    Completed,
    Failed,
    Failure,
    FailureKind,
    InDoubt,
    Pending,
    PollOutcome,
    Refused,
    SubmitOutcome,
    Unanswered,
)
from video.services.redact import clean

if TYPE_CHECKING:
    from video.services.http import Response

PENDING_STATUSES = frozenset({"queued", "generating", "waiting", "active"})
"""AIML's words for a job that is being made. Any other unknown word counts as one of them."""

_FAILED = frozenset({"error", "failed", "cancelled", "canceled"})
_CREDITS_PER_USD = 2_000_000  # AIML's examples: 3,120,000 credits are $1.56


def classify_submit(
    answer: Response | Exception, *, secret: str = "", now: float = 0.0, begun: bool = True
) -> SubmitOutcome:
    """What the answer to a submit means. Never raises.

    Args:
        answer: the HTTP answer, or the exception that came instead.
        secret: the key, to be left out of details.
        now: Unix time in seconds, to which a Retry-After date is held.
        begun: whether any of the body had left when the exception came.
    """
    if isinstance(answer, Exception):
        return sort_exception(answer, secret, begun=begun)
    if 200 <= answer.status < 300:
        job = answer.document
        service_job_id = valid_id(job.get("id")) or valid_id(job.get("generation_id"))
        if service_job_id is not None:
            return Accepted(service_job_id)
        return InDoubt(describe(answer, secret))
    return classify_refusal(answer, secret=secret, now=now) or InDoubt(describe(answer, secret))


def classify_refusal(answer: Response, *, secret: str = "", now: float = 0.0) -> Refused | None:
    """The answers that are a clear no. None for any other."""
    failure = classify_failure(answer.document, secret=secret, default=FailureKind.MISCONFIGURED)
    return refusal_by_status(answer, Failure(failure.kind, describe(answer, secret), failure.photo), now=now)


def classify_poll(answer: Response, *, secret: str = "", now: float = 0.0) -> PollOutcome:
    """How the job is doing. The `status` decides: samples show a filled `error` beside `completed`."""
    job = answer.document
    status = job.get("status")
    if not 200 <= answer.status < 300 or not isinstance(status, str) or not status.strip():
        return Unanswered(describe(answer, secret), answer.retry_after(now))
    word = status.strip().lower()
    if word == "completed":
        return _completed(job) or Unanswered("completed, without a usable video.url")
    if word in _FAILED:
        return Failed(classify_failure(job.get("error"), secret=secret))
    return Pending(clean(word, secret)[:40])


def classify_balance(answer: Response, *, secret: str = "", now: float = 0.0) -> Balance | Refused | Unanswered:
    """What is left on the account."""
    if 200 <= answer.status < 300:
        usd = _amount(answer.document.get("current_balance"))
        return Unanswered(describe(answer, secret)) if usd is None else Balance(usd)
    refused = classify_refusal(answer, secret=secret, now=now)
    if refused is None or refused.retryable:
        return Unanswered(describe(answer, secret), answer.retry_after(now))
    return refused


def describe(answer: Response, secret: str) -> str:
    """One short line for the log."""
    words = classify_failure(answer.document, secret=secret).detail if answer.document else answer.text()
    keys = ", ".join(sorted(answer.document)) or "nothing"
    return clean(f"HTTP {answer.status} {words or f'with {keys} in it'}", secret)


def _completed(job: dict[str, Any]) -> Completed | None:
    video = job.get("video")
    url = valid_url(video.get("url")) if isinstance(video, dict) else None
    return None if url is None else Completed(url, _usd(job))


def _usd(job: dict[str, Any]) -> float | None:
    meta = job.get("meta")
    usage = meta.get("usage") if isinstance(meta, dict) else None
    if not isinstance(usage, dict):
        return None
    usd = _amount(usage.get("usd_spent"))
    credits_used = _amount(usage.get("credits_used"))
    if usd is None and credits_used is not None:
        return credits_used / _CREDITS_PER_USD
    return usd


def _amount(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        amount = float(value)
    except OverflowError:
        return None
    return amount if math.isfinite(amount) else None
