"""Kling's answers sorted: pure functions from an HTTP answer, or none, to what it means.

The code in the body is read before the HTTP status: 429 stands for an empty account as well as for a full queue.
Of a submit the question is whether it may have been charged; what leaves it open is `InDoubt`, and is looked for by
the `external_task_id` that it was sent with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from video.services.classify import mentions_money, refusal_by_status, sort_exception
from video.services.kling.failures import GENERAL_CODES, KINDS_BY_CODE, classify_failure
from video.services.kling.response import KlingResponse
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
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
from video.services.redact import clean

if TYPE_CHECKING:
    from video.services.http import Response

PENDING_STATUSES = frozenset({"submitted", "processing", "queued", "pending", "running", "in_progress", "not_start"})
"""Words for a task that is being made. Any other unknown word counts as one of them."""

_DONE = frozenset({"succeed", "succeeded", "success", "completed"})
_FAILED = frozenset({"failed", "failure", "fail", "error", "cancelled", "canceled"})
_LATER = frozenset({1302, 1303, 5001})
_UNCLEAR = frozenset({5000, 5002})  # an internal error, a time-out: it may have been taken all the same
_KNOWN_ALREADY = re.compile(  # our id is there: a copy of this very request has arrived before
    r"external_task_id.{0,60}(exist|duplicat|already|repeat|unique|used)|duplicate.{0,20}external_task_id",
    re.IGNORECASE,
)
_NO_TASK = re.compile(r"\btasks?\b.{0,40}(not (exist|found)|does ?n[o']t exist|invalid)", re.IGNORECASE)
_THEIR_FAULT = frozenset({FailureKind.DOWN, FailureKind.BUSY, FailureKind.TIMED_OUT})


def classify_submit(
    answer: Response | Exception, secrets: tuple[str, ...] = (), *, now: float = 0.0, begun: bool = True
) -> SubmitOutcome:
    """What the answer to a submit means. Never raises.

    Args:
        answer: the HTTP answer, or the exception that came instead.
        secrets: keys, to be left out of details.
        now: Unix time in seconds, to which a Retry-After date is held.
        begun: whether any of the body had left when the exception came.
    """
    if isinstance(answer, Exception):
        return sort_exception(answer, *secrets, begun=begun)
    reply = KlingResponse(answer)
    if reply.ok:
        return Accepted(reply.task_id) if reply.task_id else InDoubt(describe(reply, secrets))
    return classify_refusal(reply, secrets, now=now) or InDoubt(describe(reply, secrets))


def classify_refusal(reply: KlingResponse, secrets: tuple[str, ...] = (), *, now: float = 0.0) -> Refused | None:
    """The answers that are a clear no: by their code, and by HTTP status where it tells nothing. None for any other."""
    code, answer = reply.code, reply.response
    if code in _UNCLEAR or _KNOWN_ALREADY.search(reply.message):
        return None
    reason = classify_failure(code, reply.message, *secrets, default=FailureKind.MISCONFIGURED)
    reason = Failure(reason.kind, describe(reply, secrets), reason.photo)
    if code in _LATER:
        return Refused(reason, retryable=True, retry_after=answer.retry_after(now))
    if code in KINDS_BY_CODE or code in GENERAL_CODES:
        return Refused(reason)
    if answer.status == 429 and mentions_money(reply.message):
        return Refused(Failure(FailureKind.OUT_OF_CREDIT, reason.detail))
    return refusal_by_status(answer, reason, now=now)


def classify_poll(answer: Response, secrets: tuple[str, ...] = (), *, now: float = 0.0) -> PollOutcome:
    """How the task is doing."""
    reply = KlingResponse(answer)
    if not reply.ok or reply.status is None:
        return Unanswered(describe(reply, secrets), answer.retry_after(now))
    if reply.status in _DONE:
        return Completed(reply.url) if reply.url else Unanswered(f"{reply.status}, without a usable address")
    if reply.status in _FAILED:
        return Failed(classify_failure(reply.failure_code, reply.failure_message, *secrets))
    return Pending(clean(reply.status, *secrets)[:40])


def classify_find(
    answer: Response, external_task_id: str, secrets: tuple[str, ...] = (), *, now: float = 0.0
) -> FindOutcome:
    """What a query by our own id tells of a submit whose answer was lost.

    A task that failed for a reason of the service's own may be sent again; one that failed for the photos' sake is
    `Found`, so that its poll tells the person why. What cannot be understood is `Unanswered`, never `Absent`.
    """
    reply = KlingResponse(answer)
    if not reply.ok:
        if reply.code == 1203 or (reply.code in GENERAL_CODES and _NO_TASK.search(reply.message)):
            return Absent()
        return Unanswered(describe(reply, secrets), answer.retry_after(now))
    if reply.task_id is None or reply.external_task_id not in {None, external_task_id}:
        return Unanswered(clean(f"no answer about this task: {describe(reply, secrets)}"))
    if reply.status in _FAILED:
        failure = classify_failure(reply.failure_code, reply.failure_message, *secrets)
        if failure.kind in _THEIR_FAULT:
            return FoundFailed(failure.detail)
    return Found(reply.task_id)


def classify_balance(
    answer: Response, secrets: tuple[str, ...] = (), *, now: float = 0.0
) -> Balance | Refused | Unanswered:
    """Whether the key is taken; what is left on the account Kling does not tell."""
    reply = KlingResponse(answer)
    if reply.ok and (reply.code is not None or "data" in answer.document):
        return Balance(None)
    refused = classify_refusal(reply, secrets, now=now)
    if refused is None or refused.retryable:
        return Unanswered(describe(reply, secrets), answer.retry_after(now))
    return refused


def describe(reply: KlingResponse, secrets: tuple[str, ...]) -> str:
    """One short line for the log."""
    keys = ", ".join(sorted(reply.response.document)) or "nothing"
    code = f" code {reply.code}:" if reply.code is not None else ""
    return clean(f"HTTP {reply.response.status}{code} {reply.message or f'with {keys} in it'}", *secrets)
