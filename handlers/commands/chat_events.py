"""Events of a group: the bot was added to it, or it became a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus, ChatType, ParseMode

from handlers.commands.start import group_help
from handlers.reply import NO_PREVIEW

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context

_OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_MAX_REDELIVERED = 90  # jobs
_GREETING_INTERVAL = 86_400.0  # seconds


async def added(update: Update, context: Context) -> None:
    """Explain the bot to a group that it was added to, at most once a day. Deliver to a person who unblocked it."""
    change = update.my_chat_member
    if change is None or change.old_chat_member.status not in _OUTSIDE or change.new_chat_member.status in _OUTSIDE:
        return
    if change.chat.type == ChatType.PRIVATE:
        await _redeliver(context, change.chat.id)
    if change.chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
        return
    deps, chat_id = context.deps, change.chat.id
    rules = await deps.store.groups.rules(chat_id)
    if rules.greeted_at is not None and deps.clock() - rules.greeted_at < _GREETING_INTERVAL:
        return
    view = group_help(context, rules, added=True)
    await context.bot.send_message(chat_id, view.text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)
    await deps.store.groups.set(chat_id, "greeted_at", deps.clock())


async def _redeliver(context: Context, person_id: int) -> None:
    """Deliver the videos that were finished while the person had blocked the bot."""
    deps = context.deps
    for job in await deps.store.jobs.undelivered(person_id, limit=_MAX_REDELIVERED):
        if job.reason == "closed" and job.chat_id == person_id:
            await deps.store.transitions.redeliver_to(job.id, person_id, message_id=job.message_id, now=deps.clock())
    deps.wake()


async def migrated(_update: Update, context: Context) -> None:
    """Move a group's jobs, drafts and settings to the supergroup that it became. Telegram says so in both chats."""
    message, deps = context.message, context.deps
    old, new = message.chat_id, message.migrate_to_chat_id
    if new is None and message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat_id
    if new is not None:
        await deps.store.move_chat(old, new, now=deps.clock())
        deps.languages.set(new, (await deps.store.groups.rules(new)).language)
        deps.wake()
