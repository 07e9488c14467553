"""What happens to chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup: its jobs and drafts go on there."""
    message = update.effective_message
    if message is None:
        return
    old, new = message.chat_id, message.migrate_to_chat_id
    if new is None and message.migrate_from_chat_id is not None:
        old, new = message.migrate_from_chat_id, message.chat_id
    if new is not None:
        await context.desk.store.move_chat(old, new, now=context.desk.clock())
        context.desk.wake()
