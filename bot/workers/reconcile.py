"""Looks for submits in doubt in the service's own record. A submit in doubt is never simply sent again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.pacing import DAY_S, backoff, next_lookup_delay
from storage import Job, State
from video.services.protocol import Absent, FailureKind, Found, FoundFailed, Unanswered

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext

_LOG = logging.getLogger(__name__)
_MAX_TRIES = 3
_UNREADABLE_RECORD_FACTOR = 3  # times `in_doubt_seconds`, if the service's record can't be read
_DECISION_INTERVAL_S = 300.0  # between two lookups while the person decides


async def mark_interrupted(context: WorkerContext) -> None:
    """At start, mark as in doubt the jobs whose submit the last process did not finish."""
    for job in await context.store.transitions.mark_interrupted(now=context.clock()):
        _LOG.warning("found in the middle of its submit job=%s request=%s", job.id, job.client_request_id)


async def reconcile(context: WorkerContext, job: Job) -> None:
    """Look once for a job in doubt: adopt it, queue it again if it failed there, or look again later."""
    now = context.clock()
    submitted_at = job.submitted_at or job.changed_at
    outcome = await context.service_of(job).find(job.client_request_id or "", submitted_at=submitted_at)
    match outcome:
        case Found(service_job_id):
            if await context.store.transitions.accept(job.id, service_job_id, due_at=now, now=now) is not None:
                _LOG.info("adopted job=%s service_job=%s", job.id, service_job_id)
            else:  # another job has that id
                await _not_found(context, job, age=now - submitted_at, give_up_after=context.in_doubt_seconds)
        case FoundFailed(detail):
            await _found_failed(context, job, detail)
        case Absent():
            await _not_found(context, job, age=now - submitted_at, give_up_after=context.in_doubt_seconds)
        case Unanswered(detail, retry_after):
            _LOG.warning("the service's record can't be read job=%s: %s", job.id, detail)
            await _not_found(
                context,
                job,
                age=now - max(submitted_at, context.started_at),  # while the bot was away, nobody looked
                give_up_after=_UNREADABLE_RECORD_FACTOR * context.in_doubt_seconds,
                min_delay=retry_after or 0.0,
            )


async def _found_failed(context: WorkerContext, job: Job, detail: str) -> None:
    """The record says that the submit failed. Nothing was charged, so it may be made again."""
    now = context.clock()
    if job.cancel_requested:
        await context.store.transitions.finish_cancelled(job.id, charged=False, now=now)
    elif job.state is State.NEEDS_DECISION:
        await context.store.transitions.retry(job.id, now=now)
    elif job.tries + 1 >= _MAX_TRIES:
        await context.store.transitions.fail(job.id, reason=FailureKind.DOWN, photo=None, detail=detail, now=now)
    else:
        due_at = now + backoff(job.tries, context.jitter)
        await context.store.transitions.requeue(job.id, reason=FailureKind.DOWN, detail=detail, due_at=due_at, now=now)
    _LOG.info("the record says that it failed job=%s: %s", job.id, detail)


async def _not_found(
    context: WorkerContext, job: Job, *, age: float, give_up_after: float, min_delay: float = 0.0
) -> None:
    """Look again later; after `give_up_after` seconds ask the person. A day later the job is cancelled.

    `age`: for how many seconds the submit has been looked for. `min_delay`: the shortest delay, in seconds.
    """
    now = context.clock()
    if job.state is State.NEEDS_DECISION:
        if age > DAY_S:
            await context.store.transitions.cancel(job.id, now=now)
        else:
            await context.store.transitions.reschedule(job, due_at=now + max(_DECISION_INTERVAL_S, min_delay))
    elif age < give_up_after:
        delay = max(min(next_lookup_delay(age), give_up_after - age), min_delay, 0.1)
        await context.store.transitions.reschedule(job, due_at=now + delay)
    else:  # a job that somebody cancelled is looked for as long, and nobody is asked
        await context.store.transitions.ask_user(job.id, due_at=now + _DECISION_INTERVAL_S, now=now)
        _LOG.warning("not found in time, the person is asked job=%s request=%s", job.id, job.client_request_id)
