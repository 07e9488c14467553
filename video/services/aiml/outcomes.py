"""What AIML's responses mean: pure functions from an HTTP response to an outcome.

For a submit the question is whether it may have been charged. AIML documents no idempotency key, so every response that
leaves it open is `InDoubt`, and only AIML's log (`GET /v2/logs`) can tell.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from video.services.aiml.failures import classify_failure
from video.services.classify import may_be_of_a_gateway, no_words_of_its_own, refusal_by_status, valid_id, valid_url
from video.services.protocol import (
    Accepted,
    Balance,
    BalanceOutcome,
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
from video.services.redact import log_line

if TYPE_CHECKING:
    from video.services.http import Response

PENDING_STATUSES = frozenset({"queued", "generating", "waiting", "active"})
"""AIML's words for a job in progress. An unknown word counts as one of them."""

_FAILED_STATUSES = frozenset({"error", "failed", "cancelled", "canceled"})
_OWN_FIELDS = frozenset({"statusCode", "requestId"})  # of every refusal, beside its message
_WORDS = frozenset({"msg", "message", "detail"})  # of fal's entries, and of an error that is passed on
_MAX_STATUS_LENGTH = 40  # characters
_CREDITS_PER_USD = 2_000_000  # AIML's examples: 3,120,000 credits are $1.56


def classify_submit(response: Response) -> SubmitOutcome:
    """Return what the response to a submit means."""
    if response.is_success:
        job = response.document
        service_job_id = valid_id(job.get("id")) or valid_id(job.get("generation_id"))
        return Accepted(service_job_id) if service_job_id is not None else InDoubt(describe(response))
    if not _has_own_words(response):
        return no_words_of_its_own(response, describe(response))
    return classify_refusal(response) or InDoubt(describe(response))


def _has_own_words(response: Response) -> bool:
    """Return True if a refusal is AIML's own, not the page of a proxy, which may come after the request was forwarded.

    AIML writes `{"message", "path", "requestId", "statusCode", "timestamp"}`, or passes fal's entries or an error on.
    """
    document = response.document
    detail, error = document.get("detail"), document.get("error")
    entries = [*(detail if isinstance(detail, list) else [detail]), error]
    if any(isinstance(entry, dict) and _WORDS.intersection(entry) for entry in entries):
        return True
    signed = not _OWN_FIELDS.isdisjoint(document)
    message = document.get("message")
    said = isinstance(message, str) and (bool(message.strip()) or signed)
    return said and not may_be_of_a_gateway(response.status, signed=signed)


def classify_refusal(response: Response) -> Refused | None:
    """Return the refusal if the response is a clear no, else None."""
    failure = classify_failure(response.document, default=FailureKind.MISCONFIGURED)
    return refusal_by_status(response, Failure(failure.kind, describe(response), failure.photo))


def classify_poll(response: Response) -> PollOutcome:
    """Return how the job is doing. `status` decides: AIML's samples show a filled `error` beside `completed`."""
    job = response.document
    status = job.get("status")
    if not response.is_success or not isinstance(status, str) or not status.strip():
        return Unanswered(describe(response), response.retry_after)
    status = status.strip().lower()
    if status == "completed":
        return _completed(job) or Unanswered("completed, without a usable video.url")
    if status in _FAILED_STATUSES:
        return Failed(classify_failure(job.get("error")))
    return Pending(log_line(status)[:_MAX_STATUS_LENGTH])


def classify_balance(response: Response) -> BalanceOutcome:
    """Return what is left on the account."""
    if response.is_success:
        usd = _finite_number(response.document.get("current_balance"))
        return Unanswered(describe(response)) if usd is None else Balance(usd)
    refused = classify_refusal(response)
    if refused is None or refused.retryable:
        return Unanswered(describe(response), response.retry_after)
    return refused


def describe(response: Response) -> str:
    """Return one short line for the log."""
    text = classify_failure(response.document).detail if response.document else response.text
    keys = ", ".join(sorted(response.document)) or "nothing"
    return log_line(f"HTTP {response.status} {text or f'with {keys} in it'}")


def _completed(job: dict[str, Any]) -> Completed | None:
    video = job.get("video")
    url = valid_url(video.get("url")) if isinstance(video, dict) else None
    return None if url is None else Completed(url, _cost_usd(job))


def _cost_usd(job: dict[str, Any]) -> float | None:
    meta = job.get("meta")
    usage = meta.get("usage") if isinstance(meta, dict) else None
    if not isinstance(usage, dict):
        return None
    usd = _finite_number(usage.get("usd_spent"))
    credits_used = _finite_number(usage.get("credits_used"))
    if usd is None and credits_used is not None:
        return credits_used / _CREDITS_PER_USD
    return usd


def _finite_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
