"""What happens to chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import LinkPreviewOptions
from telegram.constants import ChatMemberStatus, ChatType, ParseMode

from handlers.commands.start import group_help

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context

_OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_GREETED = 86_400.0  # seconds


async def added(update: Update, context: Context) -> None:
    """The bot was added to a group: one message on how to use it there, and not again within a day."""
    change = update.my_chat_member
    if change is None or change.chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
        return
    was, now = change.old_chat_member.status, change.new_chat_member.status
    if was not in _OUTSIDE or now in _OUTSIDE:
        return
    deps, chat_id = context.deps, change.chat.id
    rules = await deps.store.groups.rules(chat_id)
    if rules.greeted_at is not None and deps.clock() - rules.greeted_at < _GREETED:
        return
    view = group_help(deps, deps.locale(change.from_user.language_code), context.bot.bot, rules, added=True)
    await context.bot.send_message(
        chat_id, view.text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    await deps.store.groups.set(chat_id, "greeted_at", deps.clock())


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup: its jobs and drafts go on there."""
    message = update.effective_message
    if message is None:
        return
    old, new = message.chat_id, message.migrate_to_chat_id
    if new is None and message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat_id
    if new is not None:
        await context.deps.store.move_chat(old, new, now=context.deps.clock())
        context.deps.languages.set(new, (await context.deps.store.groups.rules(new)).language)
        context.deps.wake()
