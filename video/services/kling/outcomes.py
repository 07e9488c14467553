"""What Kling's responses mean: pure functions from an HTTP response to an outcome.

The code in the body is read before the HTTP status: 429 stands for an empty account as well as for a full queue.
For a submit the question is whether it may have been charged. What leaves it open is `InDoubt`, and is looked for by
the `external_task_id` that it was sent with.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from video.services.classify import (
    ends_by_reason,
    may_be_of_a_gateway,
    no_words_of_its_own,
    refusal,
    refusal_by_status,
    with_echoes,
)
from video.services.failure_codes import ABSENT_CODES, GENERAL_CODES, IN_DOUBT_CODES, is_known
from video.services.job_status import Ending
from video.services.kling.failures import classify_failure
from video.services.kling.response import USD_PER_UNIT, KlingResponse, read_number
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
    BalanceOutcome,
    Completed,
    Failed,
    FailureKind,
    FindOutcome,
    Found,
    FoundFailed,
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

_MIN_CODE = 1000  # of Kling's; anything below repeats an HTTP status
_OWN_SENTENCE = re.compile(r"parallel task|resource pack|任务.{0,4}并发|资源包", re.IGNORECASE)  # that no proxy writes
_DUPLICATE_ID = re.compile(  # our id is there already: a copy of this very request has arrived before
    r"external_task_id.{0,60}(exist|duplicat|already|repeat|unique|used)|duplicate.{0,20}external_task_id",
    re.IGNORECASE,
)
_TASK_NOT_FOUND = re.compile(r"\btasks?\b.{0,40}(not (exist|found)|does ?n[o']t exist|invalid)", re.IGNORECASE)
_MAINTENANCE = 5001
_UNCLEAR = frozenset({FailureKind.DOWN, FailureKind.TIMED_OUT, FailureKind.NOTHING_MADE})  # the HTTP status decides
_MIN_SERVER_ERROR = 500
_ABOUT_THE_PHOTO = frozenset(
    {
        *(FailureKind.NO_FACE, FailureKind.MODERATED, FailureKind.PHOTO_SIZE, FailureKind.PHOTO_UNREADABLE),
        FailureKind.NOTHING_MADE,
    }
)
_SERVICE_FAULTS = frozenset({FailureKind.DOWN, FailureKind.BUSY, FailureKind.TIMED_OUT})


def classify_submit(http: Response) -> SubmitOutcome:
    """Return what the response to a submit means."""
    response = KlingResponse(http)
    if response.ok or (http.is_success and response.job.task_id and not is_known(response.code)):
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
    if _OWN_SENTENCE.search(response.message) and document:
        return True
    signed = isinstance(code, str) or (code is not None and code >= _MIN_CODE)
    said = any(isinstance(document.get(key), str) and document[key].strip() for key in ("message", "msg"))
    return (said or signed) and not may_be_of_a_gateway(response.http.status, signed=signed)


def classify_poll(http: Response) -> PollOutcome:
    """Return how the task is doing."""
    response = KlingResponse(http)
    status = response.status
    if status is None and ends_by_reason(http, failure := classify_failure(response.job.reasons)):
        return Failed(with_echoes(failure, http.document))
    if status is None or not (response.ok or _tells_end(response)):
        return Unanswered(_describe(response), http.retry_after)
    match status.ending:
        case Ending.COMPLETED if (url := response.job.url) is not None:
            usd, by_list = response.cost or (None, False)
            return Completed(url, usd, by_list)
        case Ending.COMPLETED:
            return NoVideo(response.job.shape)
        case Ending.FAILED:
            return Failed(with_echoes(classify_failure(response.job.reasons), http.document))
    return Pending(log_line(status.word), known=status.ending is Ending.PENDING)


def _tells_end(response: KlingResponse) -> bool:
    """Return True if an answer that looks like a refusal of the query tells the task's end.

    It names the task, or a reason that only a task can have: no query is refused because of a photo.
    """
    job, http = response.job, response.http
    failed = job.status is not None and job.status.ending is Ending.FAILED
    about_photo = failed and classify_failure(job.reasons).kind in _ABOUT_THE_PHOTO
    return (job.tells_end or about_photo) and http.status < _MIN_SERVER_ERROR


def classify_find(http: Response, external_task_id: str) -> FindOutcome:
    """Return what a query by our own id tells of a submit whose response was lost.

    A task that failed for a reason of the service's own may be sent again. One that failed because of the photos is
    `Found`, so that its poll tells the person why. What can't be understood is `Unanswered`, never `Absent`.
    """
    response = KlingResponse(http)
    if not response.ok:
        code = response.code
        if code == 1203 or code in ABSENT_CODES or (code in GENERAL_CODES and _TASK_NOT_FOUND.search(response.message)):
            return Absent()
        return Unanswered(_describe(response), http.retry_after)
    if response.task_id is None or response.external_task_id not in {None, external_task_id}:
        return Unanswered(log_line(f"no answer about this task: {_describe(response)}"))
    if response.status and response.status.ending is Ending.FAILED:
        failure = classify_failure(response.job.reasons)
        if failure.kind in _SERVICE_FAULTS:
            return FoundFailed(failure.detail)
    return Found(response.task_id)


def classify_costs(http: Response) -> BalanceOutcome | None:
    """Return what is left in the account's resource packs. None if the answer does not tell, as with resellers."""
    response = KlingResponse(http)
    if response.ok and response.packs:
        online = [pack for pack in response.packs if str(pack.get("status", "")).lower() == "online"]
        units = sum(read_number(pack.get("remaining_quantity")) or 0.0 for pack in online)
        return Balance(round(units * USD_PER_UNIT, 2), units)
    if is_known(response.code) and (http.status == 429 or http.status >= _MIN_SERVER_ERROR):
        return Unanswered(_describe(response), http.retry_after)
    return None


def classify_balance(http: Response) -> BalanceOutcome:
    """Return whether the key is accepted, by the list of tasks, which does not tell what is left."""
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
    if code in IN_DOUBT_CODES or _DUPLICATE_ID.search(response.message):
        return None
    failure = with_echoes(classify_failure(http.document or http.text), http.document)
    failure = replace(failure, detail=_describe(response))
    if is_known(code) and (code == _MAINTENANCE or failure.kind not in _UNCLEAR):
        return refusal(failure, retry_after=http.retry_after, retryable=code == _MAINTENANCE)
    return refusal_by_status(http, failure)


def _describe(response: KlingResponse) -> str:
    """Return one short line for the log."""
    keys = ", ".join(sorted(response.http.document)) or "nothing"
    code = f" code {response.code}:" if response.code is not None else ""
    return log_line(f"HTTP {response.http.status}{code} {response.message or f'with {keys} in it'}")
