"""/status lists a person's videos; /cancel stops what is not paid yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import language_of, place_of, sender_id_of
from handlers.messages.limits import time_ago
from handlers.messages.names import title_args_of
from handlers.messages.view import Button, View
from handlers.reply import reply
from storage import State

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage import Job

_SHOWN = 8  # jobs


async def status(update: Update, context: Context) -> None:
    """The person's videos, unfinished ones first, and how many they may still ask for."""
    message = update.message
    person = sender_id_of(message) if message else None
    if message is None or person is None:
        return
    deps = context.deps
    locale = deps.locale(language_of(message))
    jobs = await deps.store.jobs.of_user(person, limit=_SHOWN)
    lines = [_line(job, deps, locale) for job in jobs] or [locale("status-none")]
    left = await deps.store.jobs.remaining_today(person, deps.limits, now=deps.clock())
    exempt = person in deps.admin_ids
    foot = locale("status-no-limit") if exempt else locale("status-left", left=left, daily=deps.limits.user_daily)
    await reply(message, View("\n".join([locale("status-head"), *lines, "", foot])))


async def cancel(update: Update, context: Context) -> None:
    """Give up the draft here; else cancel the one video that is waiting; of several, ask which."""
    message = update.message
    person = sender_id_of(message) if message else None
    if message is None or person is None:
        return
    deps = context.deps
    locale = deps.locale(language_of(message))
    draft = await deps.store.drafts.open_for(place_of(message, person))
    if draft is not None and await deps.store.drafts.end(draft.id, "cancelled", now=deps.clock()):
        deps.wake()
        await reply(message, View(locale("draft-cancelled")))
        return
    waiting = await deps.store.consents.waiting_drafts(place_of(message, person))
    if waiting and await deps.store.drafts.end(waiting[0], "cancelled", now=deps.clock()):
        deps.wake()
        await reply(message, View(locale("draft-cancelled")))
        return
    await _cancel_job(deps, message, person, locale)


async def _cancel_job(deps: Dependencies, message: Message, person: int, locale: Locale) -> None:
    jobs = [
        job
        for job in await deps.store.jobs.of_user(person, limit=50)
        if job.finished_at is None and job.chat_id == message.chat_id and not job.cancel_requested
    ]
    if not jobs:
        await reply(message, View(locale("cancel-nothing")))
    elif len(jobs) == 1:
        await reply(message, View(await cancel_job(deps, jobs[0], locale)))
    else:
        rows = tuple((Button(_name(job, deps, locale), f"cancel:{job.id}"),) for job in jobs)
        await reply(message, View(locale("cancel-which"), rows))


async def cancel_job(deps: Dependencies, job: Job, locale: Locale) -> str:
    """Cancel a job as far as it can be; the answer says honestly how far that was."""
    now = deps.clock()
    cancelled = await deps.store.transitions.cancel(job.id, now=now)
    dropping = None if cancelled else await deps.store.transitions.request_cancel(job.id, now=now)
    deps.wake()
    if cancelled is None and dropping is None:  # handled once before, perhaps: then it is answered as it was
        fresh = await deps.store.jobs.get(job.id)
        cancelled = fresh if fresh is not None and fresh.state is State.CANCELLED else None
    if cancelled is not None:
        return locale("cancel-dropped" if cancelled.submitted_at else "cancel-free")
    return locale("cancel-too-late" if dropping is None else "cancel-dropping")


def _name(job: Job, deps: Dependencies, locale: Locale) -> str:
    title = title_args_of(job.effect, deps.catalogue, locale)
    state = locale.text(f"state-{job.state.replace('_', '-')}")
    return f"{title['emoji']} {title['title']} — {state}"


def _line(job: Job, deps: Dependencies, locale: Locale) -> str:
    state = "cancelled" if job.cancel_requested and job.state is not State.DELIVERED else job.state
    return locale(
        "status-line",
        **title_args_of(job.effect, deps.catalogue, locale),
        state=locale.text(f"state-{state.replace('_', '-')}"),
        ago=time_ago(locale, deps.clock() - job.created_at),
        job=job.id,
    )
