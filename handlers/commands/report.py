"""/report: a video of the bot's goes to its admins, who may delete it and ban who asked for it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from handlers.messages import names
from handlers.messages.payloads import ReportAction, ReportButton
from handlers.messages.reports import NOTICE
from handlers.messages.view import View
from handlers.reply import answer_query, reply
from handlers.requests import access
from storage.admin_notices import NoticeKind

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from storage import Job


async def report(_update: Update, context: Context) -> None:
    """Handle /report in reply to a video: tell the admins, once for each video, and answer."""
    message = context.message
    replied = message.reply_to_message
    job = await context.deps.store.jobs.by_status_message(message.chat_id, replied.message_id) if replied else None
    if job is None:
        await reply(message, View(context.locale("report-how")))
        return
    await reply(message, View(await _report(context, job)))


async def report_button(_update: Update, context: Context) -> None:
    """Report a video; or, for the bot's admins, delete a reported one or ban who asked for it."""
    query, deps, locale = context.callback_query, context.deps, context.locale
    button = ReportButton.decode(query.data)
    job = await deps.store.jobs.get(button.job_id) if button else None
    if button is None or job is None:
        await answer_query(query, locale("press-over"))
    elif button.action is ReportAction.REPORT:
        await answer_query(query, await _report(context, job))
    elif query.from_user.id not in deps.policy.admin_ids:
        await answer_query(query, locale("press-not-yours"))
    elif button.action is ReportAction.DELETE:
        await deps.store.status_messages.request_deletion(job.id, query.from_user.id, now=deps.clock())
        deps.wake()
        await answer_query(query, locale("press-removing"))
    elif job.person_id in deps.policy.admin_ids:
        await answer_query(query, locale("access-admin"))
    else:
        await access.ban(deps, job.person_id, by=query.from_user.id)
        known = await deps.store.users.name_of(job.person_id)
        name = locale.name_of(job.person_id, known or "")
        await answer_query(query, locale("access-ban-done", name=name, id=str(job.person_id)))


async def _report(context: Context, job: Job) -> str:
    """Tell the admins of a video, once, and return the answer."""
    deps = context.deps
    if not deps.policy.admin_ids:
        return context.locale("report-nobody")
    asker = await deps.store.users.name_of(job.person_id)
    title = names.title_args_of(job.effect, deps.catalogue, deps.locales.get(None))["title"]
    detail = (
        f"{title}, asked for by {asker or '?'} ({job.person_id}), "
        f"reported by {context.sender_name} ({context.sender_id})"
    )
    await deps.store.admin_notices.raise_once(
        NoticeKind(NOTICE, job.id).encode(), html.unescape(detail), deps.policy.admin_ids, now=deps.clock()
    )
    deps.wake()
    return context.locale("report-done")
