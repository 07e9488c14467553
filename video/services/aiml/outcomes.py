"""What AIML's responses mean: pure functions from an HTTP response to an outcome.

For a submit the question is whether it may have been charged. AIML documents no idempotency key, so every response that
leaves it open is `InDoubt`, and only AIML's log (`GET /v2/logs`) can tell.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from video.services.aiml.failures import classify_failure
from video.services.classify import (
    ends_by_reason,
    may_be_of_a_gateway,
    no_words_of_its_own,
    refusal_by_status,
    valid_id,
    with_echoes,
)
from video.services.failure_codes import IN_DOUBT_CODES, known_code
from video.services.job_document import JobDocument, read_id
from video.services.job_status import Ending
from video.services.protocol import (
    Accepted,
    Balance,
    BalanceOutcome,
    Completed,
    Failed,
    InDoubt,
    NoVideo,
    Pending,
    PollOutcome,
    Refused,
    SubmitOutcome,
    Unanswered,
)
from video.services.redact import log_line

if TYPE_CHECKING:
    from video.services.http import Response

_OWN_FIELDS = frozenset({"statusCode", "requestId"})  # of every refusal, beside its message
_WORDS = frozenset({"msg", "message", "detail"})  # of fal's entries, and of an error that is passed on
_MIN_SERVER_ERROR = 500
_CREDITS_PER_USD = 2_000_000  # AIML's examples: 3,120,000 credits are $1.56
_MAX_USD = 1000.0  # nothing above is believed


def classify_submit(response: Response) -> SubmitOutcome:
    """Return what the response to a submit means."""
    if response.is_success:
        service_job_id = _job_id(response.document)
        if service_job_id is None and not response.document:  # cut short
            service_job_id = inference_id(response)
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


def _job_id(document: dict[str, Any]) -> str | None:
    return read_id(document.get("id")) or read_id(document.get("generation_id")) or JobDocument(document).id


def inference_id(response: Response) -> str | None:
    """Return the job's id that AIML puts into a header of every response, also of one that was cut short."""
    return valid_id(response.headers.get("x-inference-id", "").strip())


def classify_refusal(response: Response) -> Refused | None:
    """Return the refusal if the response is a clear no, else None."""
    failure = classify_failure(response.document or response.text)
    if known_code(response.document) in IN_DOUBT_CODES:
        return None
    failure = replace(with_echoes(failure, response.document), detail=describe(response))
    return refusal_by_status(response, failure)


def classify_poll(response: Response) -> PollOutcome:
    """Return how the job is doing. `status` decides: AIML's samples show a filled `error` beside `completed`."""
    job = JobDocument(response.document)
    about_job = response.is_success or (job.tells_end and response.status < _MIN_SERVER_ERROR)
    if job.status is None and ends_by_reason(response, failure := classify_failure(response.document)):
        return Failed(with_echoes(failure, response.document))
    if job.status is None or not about_job:
        return Unanswered(describe(response), response.retry_after)
    match job.status.ending:
        case Ending.COMPLETED if job.url is not None:
            return Completed(job.url, _cost_usd(response.document))
        case Ending.COMPLETED:
            return NoVideo(job.shape)
        case Ending.FAILED:
            reasons = response.document.get("error") or job.reasons
            return Failed(with_echoes(classify_failure(reasons), response.document))
    return Pending(log_line(job.status.word), known=job.status.ending is Ending.PENDING)


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


def _cost_usd(job: dict[str, Any]) -> float | None:
    meta = job.get("meta")
    usage = meta.get("usage") if isinstance(meta, dict) else None
    if not isinstance(usage, dict):
        return None
    credits_used = _finite_number(usage.get("credits_used"))
    sums = _finite_number(usage.get("usd_spent")), None if credits_used is None else credits_used / _CREDITS_PER_USD
    return next((usd for usd in sums if usd is not None and 0 <= usd <= _MAX_USD), None)


def _finite_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
