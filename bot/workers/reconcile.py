"""Looks for submits in doubt in the service's own record. A submit in doubt is never simply sent again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.pacing import DAY_S, backoff, next_lookup_delay
from storage import Job, State
from video.services.protocol import Absent, FailureKind, Found, FoundFailed, Unanswered

if TYPE_CHECKING:
    from bot.workers.context import WorkerContext
    from video.services.protocol import VideoService

_LOG = logging.getLogger(__name__)
_MAX_TRIES = 3
_UNREADABLE_RECORD_FACTOR = 3  # times `in_doubt_seconds`, if the service's record can't be read
_DECISION_INTERVAL_S = 300.0  # between two lookups while the person decides
_LAST_LOOK_S = 60.0  # for so long a record that can't be read is waited for before a lost submit is sent again
_LAST_LOOK_INTERVAL_S = 5.0
_UNKNOWN_SUBMITS = 5  # submits that a copy of the database may not know of; a busy service refuses some
_MAX_LOOK_INTERVAL_S = 60.0


async def mark_interrupted(context: WorkerContext) -> None:
    """At start, mark as in doubt the jobs whose submit the last process did not finish."""
    for job in await context.store.transitions.mark_interrupted(now=context.clock()):
        _LOG.warning("found in the middle of its submit job=%s request=%s", job.id, job.client_request_id)
    context.unverified.update(await context.store.transitions.before_acceptance())


async def reconcile(context: WorkerContext, job: Job) -> None:
    """Look once for a job in doubt: adopt it, queue it again if it failed there, or look again later."""
    now = context.clock()
    submitted_at = job.submitted_at or job.changed_at
    outcome = await context.service_of(job).find(job.client_request_id or "", submitted_at=submitted_at)
    match outcome:
        case Found(service_job_id):
            if await context.store.transitions.accept(job.id, service_job_id, due_at=now, now=now) is not None:
                _LOG.info("adopted job=%s service_job=%s", job.id, service_job_id)
            else:
                await _not_read(context, job, Unanswered("another job has the id that it shows"))
        case FoundFailed(detail):
            await _found_failed(context, job, detail)
        case Absent() if job.account not in {None, context.service_of(job).account}:
            await _not_read(context, job, Unanswered("another account's record shows nothing of the submit"))
        case Absent():
            await _not_found(
                context, job, age=now - submitted_at, give_up_after=context.in_doubt_seconds, record_read=True
            )
        case Unanswered():
            await _not_read(context, job, outcome)


async def look_before_submit(context: WorkerContext, job: Job) -> bool:
    """Look for earlier submits of a queued job. Return True if it may be submitted now."""
    if not await _look_for_lost_submit(context, job):
        return False
    if job.id in context.unverified:
        if not await _look_for_unknown_submits(context, job):
            return False
        context.unverified.discard(job.id)
    return True


async def _look_for_lost_submit(context: WorkerContext, job: Job) -> bool:
    """Look for a lost submit that its person had sent again. Return True if it may be made now.

    The service's record may show it by now. If the record can't be read for a minute, the person's word decides.
    """
    if job.submitted_at is None or job.client_request_id is None:
        return True  # nothing was sent, or nothing that could have been charged
    now, service = context.clock(), context.service_of(job)
    outcome = await service.find(job.client_request_id, submitted_at=job.submitted_at)
    if isinstance(outcome, Found):
        adopted = await context.store.transitions.adopt(
            job.id, outcome.service_job_id, submit=job.submits, account=service.account, now=now
        )
        _LOG.info("adopted before it was sent again job=%s service_job=%s", job.id, outcome.service_job_id)
        return adopted is None
    if isinstance(outcome, Unanswered) and now - job.changed_at < _LAST_LOOK_S:
        delay = max(_LAST_LOOK_INTERVAL_S, outcome.retry_after or 0.0)
        await context.store.transitions.reschedule(job, due_at=now + delay)
        return False
    return True


async def _look_for_unknown_submits(context: WorkerContext, job: Job) -> bool:
    """Look for submits that this database does not know of, as it may be a backup. Return True if there are none.

    If a record can't be read, nothing is submitted; after a while the person is asked. That of a service whose key was
    taken away can never be read, so the job goes on to the other service without it.
    """
    fallback = context.fallback_for(job)
    places: list[tuple[VideoService, tuple[str, int] | None]] = []
    if job.service in context.services:
        places.append((context.services[job.service], None))
    if fallback is not None:
        places.append((context.services[fallback[0]], fallback))
    numbers = range(job.submits + 1, job.submits + 1 + _UNKNOWN_SUBMITS)
    now = context.clock()
    for service, moved_to in places:
        for number in numbers:
            outcome = await service.find(f"{job.id}.{number}", submitted_at=job.created_at)
            match outcome:
                case Found(service_job_id):
                    await context.store.transitions.adopt(
                        job.id, service_job_id, submit=number, account=service.account, now=now, moved_to=moved_to
                    )
                    _LOG.warning("adopted a submit that the database did not know job=%s number=%s", job.id, number)
                    return False
                case FoundFailed():
                    await context.store.transitions.skip_submits(job.id, number)
                case Unanswered(_, retry_after):
                    await _wait_or_ask(context, job, retry_after or 0.0)
                    return False
    return True


async def _wait_or_ask(context: WorkerContext, job: Job, min_delay: float) -> None:
    """Look for unknown submits again later; if nothing can be learnt for long, ask the person."""
    now = context.clock()
    age = now - context.started_at
    if age < _UNREADABLE_RECORD_FACTOR * context.in_doubt_seconds:
        delay = max(_LAST_LOOK_INTERVAL_S, min(_MAX_LOOK_INTERVAL_S, age / 2), min_delay)
        await context.store.transitions.reschedule(job, due_at=now + delay)
        return
    context.unverified.discard(job.id)  # the person's word decides
    await context.store.transitions.ask_before_submit(
        job.id, account=context.service_of(job).account, due_at=now + _DECISION_INTERVAL_S, now=now
    )
    _LOG.warning("the service's record can't be read, the person is asked job=%s", job.id)


async def _not_read(context: WorkerContext, job: Job, outcome: Unanswered) -> None:
    """The record tells nothing of the submit: look for it for longer. While the bot was away, nobody looked."""
    _LOG.warning("the service's record can't be read job=%s: %s", job.id, outcome.detail)
    await _not_found(
        context,
        job,
        age=context.clock() - max(job.submitted_at or job.changed_at, context.started_at),
        give_up_after=_UNREADABLE_RECORD_FACTOR * context.in_doubt_seconds,
        min_delay=outcome.retry_after or 0.0,
        record_read=False,
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
    context: WorkerContext, job: Job, *, age: float, give_up_after: float, record_read: bool, min_delay: float = 0.0
) -> None:
    """Look again later; after `give_up_after` seconds ask the person. A day later the job is cancelled.

    `age`: for how many seconds the submit has been looked for. `record_read`: whether the record of the account that it
    was made with does not show it. `min_delay`: the shortest delay, in seconds.
    """
    now = context.clock()
    if job.state is State.NEEDS_DECISION:
        asked_for = now - job.changed_at + _UNREADABLE_RECORD_FACTOR * context.in_doubt_seconds
        if min(age, asked_for) > DAY_S:
            await context.store.transitions.cancel(job.id, now=now)
        else:
            if record_read:
                await context.store.transitions.note_record_read(job.id, now=now)
            await context.store.transitions.reschedule(job, due_at=now + max(_DECISION_INTERVAL_S, min_delay))
    elif age < give_up_after:
        delay = max(min(next_lookup_delay(age), give_up_after - age), min_delay, 0.1)
        await context.store.transitions.reschedule(job, due_at=now + delay)
    else:  # a job that somebody cancelled is looked for as long, and nobody is asked
        await context.store.transitions.ask_user(
            job.id, record_read=record_read, due_at=now + _DECISION_INTERVAL_S, now=now
        )
        _LOG.warning("not found in time, the person is asked job=%s request=%s", job.id, job.client_request_id)
