"""Kling's answers sorted: pure functions from an HTTP answer, or none, to what it means.

The code in the body is read before the HTTP status: 429 stands for an empty account as well as for a full queue.
Of a submit the question is whether it may have been charged; what leaves it open is `InDoubt`, and is looked for by
the `external_task_id` that it was sent with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from video.services.classify import is_about_money, refusal, sort_exception
from video.services.kling.failures import CODES, GENERAL, explain
from video.services.kling.response import Reply
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
    from video.services.http import Answer

PENDING = frozenset({"submitted", "processing", "queued", "pending", "running", "in_progress", "not_start"})
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


def sort_submit(
    answer: Answer | Exception, secrets: tuple[str, ...] = (), *, now: float = 0.0, begun: bool = True
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
    reply = Reply(answer)
    if reply.fine:
        return Accepted(reply.task_id) if reply.task_id else InDoubt(tell(reply, secrets))
    return sort_refusal(reply, secrets, now=now) or InDoubt(tell(reply, secrets))


def sort_refusal(reply: Reply, secrets: tuple[str, ...] = (), *, now: float = 0.0) -> Refused | None:
    """The answers that are a clear no: by their code, and by HTTP status where it tells nothing. None for any other."""
    code, answer = reply.code, reply.answer
    if code in _UNCLEAR or _KNOWN_ALREADY.search(reply.message):
        return None
    reason = explain(code, reply.message, *secrets, otherwise=FailureKind.MISCONFIGURED)
    reason = Failure(reason.kind, tell(reply, secrets), reason.photo)
    if code in _LATER:
        return Refused(reason, again=True, retry_after=answer.retry_after(now))
    if code in CODES or code in GENERAL:
        return Refused(reason)
    if answer.status == 429 and is_about_money(reply.message):
        return Refused(Failure(FailureKind.OUT_OF_CREDIT, reason.detail))
    return refusal(answer, reason, now=now)


def sort_poll(answer: Answer, secrets: tuple[str, ...] = (), *, now: float = 0.0) -> PollOutcome:
    """How the task is doing."""
    reply = Reply(answer)
    if not reply.fine or reply.status is None:
        return Unanswered(tell(reply, secrets), answer.retry_after(now))
    if reply.status in _DONE:
        return Completed(reply.url) if reply.url else Unanswered(f"{reply.status}, without a usable address")
    if reply.status in _FAILED:
        return Failed(explain(reply.reason_code, reply.reason, *secrets))
    return Pending(clean(reply.status, *secrets)[:40])


def sort_find(answer: Answer, external_task_id: str, secrets: tuple[str, ...] = (), *, now: float = 0.0) -> FindOutcome:
    """What a query by our own id tells of a submit whose answer was lost.

    A task that failed for a reason of the service's own may be sent again; one that failed for the photos' sake is
    `Found`, so that its poll tells the person why. What cannot be understood is `Unanswered`, never `Absent`.
    """
    reply = Reply(answer)
    if not reply.fine:
        if reply.code == 1203 or (reply.code in GENERAL and _NO_TASK.search(reply.message)):
            return Absent()
        return Unanswered(tell(reply, secrets), answer.retry_after(now))
    if reply.task_id is None or reply.external_task_id not in {None, external_task_id}:
        return Unanswered(clean(f"no answer about this task: {tell(reply, secrets)}"))
    if reply.status in _FAILED:
        failure = explain(reply.reason_code, reply.reason, *secrets)
        if failure.kind in _THEIR_FAULT:
            return FoundFailed(failure.detail)
    return Found(reply.task_id)


def sort_balance(answer: Answer, secrets: tuple[str, ...] = (), *, now: float = 0.0) -> Balance | Refused | Unanswered:
    """Whether the key is taken; what is left on the account Kling does not tell."""
    reply = Reply(answer)
    if reply.fine and (reply.code is not None or "data" in answer.document):
        return Balance(None)
    refused = sort_refusal(reply, secrets, now=now)
    if refused is None or refused.again:
        return Unanswered(tell(reply, secrets), answer.retry_after(now))
    return refused


def tell(reply: Reply, secrets: tuple[str, ...]) -> str:
    """One short line for the log."""
    keys = ", ".join(sorted(reply.answer.document)) or "nothing"
    code = f" code {reply.code}:" if reply.code is not None else ""
    return clean(f"HTTP {reply.answer.status}{code} {reply.message or f'with {keys} in it'}", *secrets)
