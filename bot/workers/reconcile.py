"""Jobs whose last step is in doubt: looked for in the service's record, never simply sent again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.pacing import DAY_S, backoff, next_lookup_delay
from storage import State
from video.services.protocol import Absent, FailureKind, Found, FoundFailed, Unanswered

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext
    from storage import Job

_LOG = logging.getLogger(__name__)
_MOST_TRIES = 3
_BLIND = 3  # times `in_doubt`: how long a record that can't be read is waited for
_DECISION_LOOK = 300.0  # seconds between looks while the person decides


async def mark_interrupted(shop: WorkerContext) -> None:
    """At start: what the last process was in the middle of."""
    for job in await shop.store.transitions.mark_interrupted(now=shop.clock()):
        _LOG.warning("found in the middle of its submit job=%s request=%s", job.id, job.client_request_id)


async def reconcile(shop: WorkerContext, job: Job) -> None:
    """One look for a submit whose answer was lost."""
    now = shop.clock()
    submitted_at = job.submitted_at or job.changed_at
    outcome = await shop.service_of(job).find(job.client_request_id or "", submitted_at=submitted_at)
    match outcome:
        case Found(service_job_id):
            if await shop.store.transitions.accept(job.id, service_job_id, due_at=now, now=now) is not None:
                _LOG.info("adopted job=%s service_job=%s", job.id, service_job_id)
            else:  # another job has that id
                await _not_found(shop, job, age=now - submitted_at, patience=shop.in_doubt_seconds)
        case FoundFailed(detail):
            await _found_failed(shop, job, detail)
        case Absent():
            await _not_found(shop, job, age=now - submitted_at, patience=shop.in_doubt_seconds)
        case Unanswered(detail, retry_after):
            _LOG.warning("the service's record can't be read job=%s: %s", job.id, detail)
            blind = now - max(submitted_at, shop.started_at)  # nobody looked while the bot was away
            await _not_found(shop, job, age=blind, patience=_BLIND * shop.in_doubt_seconds, at_least=retry_after or 0.0)


async def _found_failed(shop: WorkerContext, job: Job, detail: str) -> None:
    """The record says that it failed: nothing was charged, so it may be sent again."""
    now = shop.clock()
    if job.cancel_requested:
        await shop.store.transitions.finish_cancelled(job.id, charged=False, now=now)
    elif job.state is State.NEEDS_DECISION:
        await shop.store.transitions.retry(job.id, now=now)
    elif job.tries + 1 >= _MOST_TRIES:
        await shop.store.transitions.fail(job.id, reason=FailureKind.DOWN, photo=None, detail=detail, now=now)
    else:
        due_at = now + backoff(job.tries, shop.jitter)
        await shop.store.transitions.requeue(job.id, reason=FailureKind.DOWN, detail=detail, due_at=due_at, now=now)
    _LOG.info("the record says that it failed job=%s: %s", job.id, detail)


async def _not_found(shop: WorkerContext, job: Job, *, age: float, patience: float, at_least: float = 0.0) -> None:
    """Look again, or after a while ask the person; a question that nobody answers for a day ends by itself."""
    now = shop.clock()
    if job.state is State.NEEDS_DECISION:
        if age > DAY_S:
            await shop.store.transitions.cancel(job.id, now=now)
        else:
            await shop.store.transitions.reschedule(job, due_at=now + max(_DECISION_LOOK, at_least))
    elif age < patience:
        await shop.store.transitions.reschedule(
            job, due_at=now + max(min(next_lookup_delay(age), patience - age), at_least, 0.1)
        )
    elif job.cancel_requested:
        await shop.store.transitions.finish_cancelled(job.id, charged=True, now=now)
    else:
        await shop.store.transitions.ask_user(job.id, due_at=now + _DECISION_LOOK, now=now)
        _LOG.warning("not found in time, the person is asked job=%s request=%s", job.id, job.client_request_id)
