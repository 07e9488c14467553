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
    desk = context.deps
    words = desk.locale(language_of(message))
    jobs = await desk.store.jobs.of_user(person, limit=_SHOWN)
    lines = [_line(job, desk, words) for job in jobs] or [words("status-none")]
    left = await desk.store.jobs.remaining_today(person, desk.limits, now=desk.clock())
    exempt = person in desk.admin_ids
    foot = words("status-no-limit") if exempt else words("status-left", left=left, daily=desk.limits.user_daily)
    await reply(message, View("\n".join([words("status-head"), *lines, "", foot])))


async def cancel(update: Update, context: Context) -> None:
    """Give up the draft here; else cancel the one video that is waiting; of several, ask which."""
    message = update.message
    person = sender_id_of(message) if message else None
    if message is None or person is None:
        return
    desk = context.deps
    words = desk.locale(language_of(message))
    draft = await desk.store.drafts.open_for(place_of(message, person))
    if draft is not None and await desk.store.drafts.end(draft.id, "cancelled", now=desk.clock()):
        desk.wake()
        await reply(message, View(words("draft-cancelled")))
        return
    waiting = await desk.store.consents.waiting_drafts(place_of(message, person))
    if waiting and await desk.store.drafts.end(waiting[0], "cancelled", now=desk.clock()):
        desk.wake()
        await reply(message, View(words("draft-cancelled")))
        return
    await _cancel_job(desk, message, person, words)


async def _cancel_job(desk: Dependencies, message: Message, person: int, words: Locale) -> None:
    jobs = [
        job
        for job in await desk.store.jobs.of_user(person, limit=50)
        if job.finished_at is None and job.chat_id == message.chat_id and not job.cancel_requested
    ]
    if not jobs:
        await reply(message, View(words("cancel-nothing")))
    elif len(jobs) == 1:
        await reply(message, View(await cancel_job(desk, jobs[0], words)))
    else:
        rows = tuple((Button(_name(job, desk, words), f"cancel:{job.id}"),) for job in jobs)
        await reply(message, View(words("cancel-which"), rows))


async def cancel_job(desk: Dependencies, job: Job, words: Locale) -> str:
    """Cancel a job as far as it can be; the answer says honestly how far that was."""
    now = desk.clock()
    cancelled = await desk.store.transitions.cancel(job.id, now=now)
    dropping = None if cancelled else await desk.store.transitions.request_cancel(job.id, now=now)
    desk.wake()
    if cancelled is None and dropping is None:  # handled once before, perhaps: then it is answered as it was
        fresh = await desk.store.jobs.get(job.id)
        cancelled = fresh if fresh is not None and fresh.state is State.CANCELLED else None
    if cancelled is not None:
        return words("cancel-dropped" if cancelled.submitted_at else "cancel-free")
    return words("cancel-too-late" if dropping is None else "cancel-dropping")


def _name(job: Job, desk: Dependencies, words: Locale) -> str:
    title = title_args_of(job.effect, desk.catalogue, words)
    state = words.text(f"state-{job.state.replace('_', '-')}")
    return f"{title['emoji']} {title['title']} — {state}"


def _line(job: Job, desk: Dependencies, words: Locale) -> str:
    state = "cancelled" if job.cancel_requested and job.state is not State.DELIVERED else job.state
    return words(
        "status-line",
        **title_args_of(job.effect, desk.catalogue, words),
        state=words.text(f"state-{state.replace('_', '-')}"),
        ago=time_ago(words, desk.clock() - job.created_at),
        job=job.id,
    )
