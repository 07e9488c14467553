"""/status lists a user's videos and offers those that were not delivered; /cancel stops what is not paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.message import draft_key_of
from handlers.messages import job_status, limits, names
from handlers.messages.payloads import JobAction, JobButton
from handlers.messages.view import Button, View
from handlers.reply import reply
from storage import Job, State
from storage.models import WITHHELD

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context

_MAX_LISTED = 8  # jobs
_MAX_OFFERED = 90  # jobs; Telegram takes a hundred buttons
_MAX_SEARCHED = 50  # jobs, in which /cancel looks for unfinished ones


async def status(_update: Update, context: Context) -> None:
    """List the sender's videos, unfinished ones first, and say how many they may still ask for.

    A group sees those that were asked for there. Videos that could not be delivered, or were withheld, are offered.
    """
    deps, locale, sender_id = context.deps, context.locale, context.sender_id
    group_id = None if context.message.chat.type == ChatType.PRIVATE else context.message.chat_id
    jobs = await deps.store.jobs.of_user(sender_id, limit=_MAX_LISTED, group_id=group_id)
    lines = [_status_line(context, job) for job in jobs] or [locale("status-none")]
    quota = deps.policy.limits
    left = await deps.store.jobs.remaining_today(sender_id, quota, now=deps.clock())
    exempt = sender_id in deps.policy.admin_ids
    foot = locale("status-no-limit") if exempt else locale("status-left", left=left, daily=quota.user_daily)
    undelivered = await deps.store.jobs.undelivered(sender_id, limit=_MAX_OFFERED, group_id=group_id)
    offer = deps.catalogue, deps.clock()
    links = job_status.undelivered_links(undelivered, locale, *offer, context.bot.username)
    head = "status-head" if group_id is None else "status-head-group"
    await reply(context.message, View("\n".join([locale(head), *lines, "", foot]), links if group_id else ()))
    if undelivered and group_id is None:
        await reply(context.message, job_status.undelivered_view(undelivered, locale, *offer))


async def offer_undelivered(context: Context) -> None:
    """In a private chat, offer the sender's videos that could not be delivered, if there are any."""
    deps = context.deps
    if context.message.chat.type != ChatType.PRIVATE:
        return
    found = await deps.store.jobs.undelivered(context.sender_id, limit=_MAX_OFFERED)
    undelivered = [job for job in found if job.reason != WITHHELD]
    if undelivered:
        view = job_status.undelivered_view(undelivered, context.locale, deps.catalogue, deps.clock())
        await reply(context.message, view)


async def cancel(_update: Update, context: Context) -> None:
    """Cancel the sender's draft here, or else their one unfinished job; ask which if there are several."""
    deps, message, locale = context.deps, context.message, context.locale
    key = draft_key_of(message, context.sender_id)
    draft = await deps.store.drafts.open_for(key)
    draft_ids = [draft.id] if draft else []
    for draft_id in [*draft_ids, *(await deps.store.consents.waiting_drafts(key))[:1]]:
        if await deps.store.drafts.end(draft_id, "cancelled", now=deps.clock()):
            deps.wake()
            await reply(message, View(locale("draft-cancelled")))
            return
    jobs = [
        job
        for job in await deps.store.jobs.of_user(context.sender_id, limit=_MAX_SEARCHED)
        if job.finished_at is None and job.chat_id == message.chat_id and not job.cancel_requested
    ]
    if not jobs:
        await reply(message, View(locale("cancel-nothing")))
    elif len(jobs) == 1:
        await reply(message, await cancel_job(context, jobs[0]))
    else:
        rows = tuple((Button(_label(context, job), JobButton(JobAction.CANCEL, job.id)),) for job in jobs)
        await reply(message, View(locale("cancel-which"), rows))


async def cancel_job(context: Context, job: Job) -> View:
    """Cancel a job if that is free for certain. Else ask whether its video is to be posted; meanwhile it is not."""
    deps, locale, now = context.deps, context.locale, context.deps.clock()
    transitions, sender_id = deps.store.transitions, context.sender_id
    cancelled = await transitions.cancel(job.id, now=now)
    asked = None if cancelled else await transitions.request_cancel(job.id, sender_id, now=now)
    asked = asked or (None if cancelled else await transitions.withhold_ready(job.id, sender_id, now=now))
    deps.wake()
    if cancelled is None and asked is None:  # if this update is handled a second time, answer the same
        fresh = await deps.store.jobs.get(job.id)
        cancelled = fresh if fresh is not None and fresh.state is State.CANCELLED else None
        asked = fresh if fresh is not None and fresh.reason == WITHHELD else None
    if cancelled is not None:
        return View(locale("cancel-left" if cancelled.submitted_at else "cancel-free"))
    if asked is None:
        return View(locale("cancel-too-late"))
    key = "cancel-ask" if asked.finished_at is None else "cancel-ask-made"
    return View(locale(key, paid=job_status.paid_key(asked)), job_status.withhold_buttons(asked, locale))


def _label(context: Context, job: Job) -> str:
    title = names.title_args_of(job.effect, context.deps.catalogue, context.locale)
    return f"{title['emoji']} {title['title']} — {_state_text(context, job)}"


def _status_line(context: Context, job: Job) -> str:
    return context.locale(
        "status-line",
        **names.title_args_of(job.effect, context.deps.catalogue, context.locale),
        state=_state_text(context, job),
        ago=limits.time_ago(context.locale, context.deps.clock() - job.created_at),
        job=job.id,
    )


def _state_text(context: Context, job: Job) -> str:
    if job.reason == WITHHELD:
        return context.locale.text("state-withheld")
    if job.cancel_requested and job.finished_at is None:
        return context.locale.text("state-cancelled" if job.state is State.QUEUED else "state-withholding")
    return context.locale.text(f"state-{job.state.replace('_', '-')}")
