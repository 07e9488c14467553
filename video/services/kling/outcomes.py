"""What Kling's responses mean: pure functions from an HTTP response to an outcome.

The code in the body is read before the HTTP status: 429 stands for an empty account as well as for a full queue.
For a submit the question is whether it may have been charged. What leaves it open is `InDoubt`, and is looked for by
the `external_task_id` that it was sent with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from video.services.classify import may_be_of_a_gateway, mentions_money, no_words_of_its_own, refusal_by_status
from video.services.kling.failures import GENERAL_CODES, KINDS_BY_CODE, classify_failure
from video.services.kling.response import KlingResponse
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
    BalanceOutcome,
    Completed,
    Failed,
    Failure,
    FailureKind,
    FindOutcome,
    Found,
    FoundFailed,
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

PENDING_STATUSES = frozenset({"submitted", "processing", "queued", "pending", "running", "in_progress", "not_start"})
"""Words for a task in progress. An unknown word counts as one of them."""

_COMPLETED_STATUSES = frozenset({"succeed", "succeeded", "success", "completed"})
_FAILED_STATUSES = frozenset({"failed", "failure", "fail", "error", "cancelled", "canceled"})
_MAX_STATUS_LENGTH = 40  # characters
_RETRYABLE_CODES = frozenset({1302, 1303, 5001})
_MIN_CODE = 1000  # of Kling's; anything below repeats an HTTP status
_IN_DOUBT_CODES = frozenset({5000, 5002})  # an internal error, a time-out: the task may have been taken all the same
_DUPLICATE_ID = re.compile(  # our id is there already: a copy of this very request has arrived before
    r"external_task_id.{0,60}(exist|duplicat|already|repeat|unique|used)|duplicate.{0,20}external_task_id",
    re.IGNORECASE,
)
_TASK_NOT_FOUND = re.compile(r"\btasks?\b.{0,40}(not (exist|found)|does ?n[o']t exist|invalid)", re.IGNORECASE)
_SERVICE_FAULTS = frozenset({FailureKind.DOWN, FailureKind.BUSY, FailureKind.TIMED_OUT})


def classify_submit(http: Response) -> SubmitOutcome:
    """Return what the response to a submit means."""
    response = KlingResponse(http)
    if response.ok:
        return Accepted(response.task_id) if response.task_id else InDoubt(_describe(response))
    if not _has_own_words(response):
        return no_words_of_its_own(http, _describe(response))
    return _classify_refusal(response) or InDoubt(_describe(response))


def _has_own_words(response: KlingResponse) -> bool:
    """Return True if a refusal is Kling's or the reseller's own, not a proxy's page.

    A proxy may write one after the request was forwarded. Kling's refusals have a code of their own, those of resellers
    a code or an `error` with a message.
    """
    document, code = response.http.document, response.code
    error = document.get("error")
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        return True
    signed = isinstance(code, str) or (code is not None and code >= _MIN_CODE)
    said = any(isinstance(document.get(key), str) and document[key].strip() for key in ("message", "msg"))
    return (said or signed) and not may_be_of_a_gateway(response.http.status, signed=signed)


def classify_poll(http: Response) -> PollOutcome:
    """Return how the task is doing."""
    response = KlingResponse(http)
    if not response.ok or response.status is None:
        return Unanswered(_describe(response), http.retry_after)
    if response.status in _COMPLETED_STATUSES:
        return Completed(response.url) if response.url else Unanswered(f"{response.status}, without a usable address")
    if response.status in _FAILED_STATUSES:
        return Failed(classify_failure(response.failure_code, response.failure_message))
    return Pending(log_line(response.status)[:_MAX_STATUS_LENGTH])


def classify_find(http: Response, external_task_id: str) -> FindOutcome:
    """Return what a query by our own id tells of a submit whose response was lost.

    A task that failed for a reason of the service's own may be sent again. One that failed because of the photos is
    `Found`, so that its poll tells the person why. What can't be understood is `Unanswered`, never `Absent`.
    """
    response = KlingResponse(http)
    if not response.ok:
        if response.code == 1203 or (response.code in GENERAL_CODES and _TASK_NOT_FOUND.search(response.message)):
            return Absent()
        return Unanswered(_describe(response), http.retry_after)
    if response.task_id is None or response.external_task_id not in {None, external_task_id}:
        return Unanswered(log_line(f"no answer about this task: {_describe(response)}"))
    if response.status in _FAILED_STATUSES:
        failure = classify_failure(response.failure_code, response.failure_message)
        if failure.kind in _SERVICE_FAULTS:
            return FoundFailed(failure.detail)
    return Found(response.task_id)


def classify_balance(http: Response) -> BalanceOutcome:
    """Return whether the key is accepted; Kling does not tell what is left on the account."""
    response = KlingResponse(http)
    if response.ok and (response.code is not None or "data" in http.document):
        return Balance(None)
    refused = _classify_refusal(response)
    if refused is None or refused.retryable:
        return Unanswered(_describe(response), http.retry_after)
    return refused


def _classify_refusal(response: KlingResponse) -> Refused | None:
    """Return the refusal if the response is a clear no, by its code or else by its HTTP status. Else None."""
    code, http = response.code, response.http
    if code in _IN_DOUBT_CODES or _DUPLICATE_ID.search(response.message):
        return None
    failure = classify_failure(code, response.message, default=FailureKind.MISCONFIGURED)
    failure = Failure(failure.kind, _describe(response), failure.photo)
    if code in _RETRYABLE_CODES:
        return Refused(failure, retryable=True, retry_after=http.retry_after)
    if code in KINDS_BY_CODE or code in GENERAL_CODES:
        return Refused(failure)
    if http.status == 429 and mentions_money(response.message):
        return Refused(Failure(FailureKind.OUT_OF_CREDIT, failure.detail))
    return refusal_by_status(http, failure)


def _describe(response: KlingResponse) -> str:
    """Return one short line for the log."""
    keys = ", ".join(sorted(response.http.document)) or "nothing"
    code = f" code {response.code}:" if response.code is not None else ""
    return log_line(f"HTTP {response.http.status}{code} {response.message or f'with {keys} in it'}")
