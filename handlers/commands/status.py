"""/status lists a user's videos; /cancel stops what has not been paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.message import draft_key_of
from handlers.messages import limits, names
from handlers.messages.job_status import undelivered_links, undelivered_view
from handlers.messages.payloads import JobAction, JobButton
from handlers.messages.view import Button, View
from handlers.reply import reply
from storage import Job, State

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context

_MAX_LISTED = 8  # jobs
_MAX_OFFERED = 90  # jobs; Telegram takes a hundred buttons
_MAX_SEARCHED = 50  # jobs, in which /cancel looks for unfinished ones


async def status(_update: Update, context: Context) -> None:
    """List the sender's videos, unfinished ones first, and say how many they may still ask for.

    A group sees those that were asked for there. Videos that could not be delivered are offered.
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
    links = undelivered_links(undelivered, locale, deps.catalogue, deps.clock(), context.bot.username)
    head = "status-head" if group_id is None else "status-head-group"
    await reply(context.message, View("\n".join([locale(head), *lines, "", foot]), links if group_id else ()))
    if undelivered and group_id is None:
        await reply(context.message, undelivered_view(undelivered, locale, deps.catalogue, deps.clock()))


async def offer_undelivered(context: Context) -> None:
    """In a private chat, offer the sender's videos that could not be delivered, if there are any."""
    deps = context.deps
    if context.message.chat.type != ChatType.PRIVATE:
        return
    undelivered = await deps.store.jobs.undelivered(context.sender_id, limit=_MAX_OFFERED)
    if undelivered:
        await reply(context.message, undelivered_view(undelivered, context.locale, deps.catalogue, deps.clock()))


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
        await reply(message, View(await cancel_job(context, jobs[0])))
    else:
        rows = tuple((Button(_label(context, job), JobButton(JobAction.CANCEL, job.id)),) for job in jobs)
        await reply(message, View(locale("cancel-which"), rows))


async def cancel_job(context: Context, job: Job) -> str:
    """Cancel a job as far as it still can be; return a text that says how far that was."""
    deps, locale, now = context.deps, context.locale, context.deps.clock()
    cancelled = await deps.store.transitions.cancel(job.id, now=now)
    requested = None if cancelled else await deps.store.transitions.request_cancel(job.id, now=now)
    deps.wake()
    if cancelled is None and requested is None:  # if this update is handled a second time, answer the same
        fresh = await deps.store.jobs.get(job.id)
        cancelled = fresh if fresh is not None and fresh.state is State.CANCELLED else None
    if cancelled is not None:
        return locale("cancel-dropped" if cancelled.submitted_at else "cancel-free")
    return locale("cancel-too-late" if requested is None else "cancel-dropping")


def _label(context: Context, job: Job) -> str:
    title = names.title_args_of(job.effect, context.deps.catalogue, context.locale)
    return f"{title['emoji']} {title['title']} — {_state_text(context, job.state)}"


def _status_line(context: Context, job: Job) -> str:
    dropped = job.cancel_requested and job.state is not State.DELIVERED
    return context.locale(
        "status-line",
        **names.title_args_of(job.effect, context.deps.catalogue, context.locale),
        state=_state_text(context, State.CANCELLED if dropped else job.state),
        ago=limits.time_ago(context.locale, context.deps.clock() - job.created_at),
        job=job.id,
    )


def _state_text(context: Context, state: State) -> str:
    return context.locale.text(f"state-{state.replace('_', '-')}")
