"""What people say becomes rows in the store; the words they read are here too.

`register` is the bot's table of contents: order matters, the first handler that fits takes the update.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from handlers.buttons.consent import consent
from handlers.buttons.jobs import press
from handlers.commands.admin import balance, stats
from handlers.commands.chat_events import added, migrated
from handlers.commands.effects import effects, theme_list, theme_page
from handlers.commands.group_settings import change_group, group_settings
from handlers.commands.privacy import choose_privacy, privacy
from handlers.commands.requests import effect_by_command, effect_by_name, other_message, photo
from handlers.commands.settings import choose, own_settings
from handlers.commands.start import help_, start
from handlers.commands.status import cancel, status
from handlers.inline.choice import chosen
from handlers.inline.guest import guest
from handlers.inline.query import inline_query
from handlers.message_filters import Command, FromUser, HasPhoto

if TYPE_CHECKING:
    from telegram.ext import Application

    from handlers.context import Context, Dependencies

__all__ = ["register"]


def register(application: Application[Any, Context, Any, Any, Any, Any], deps: Dependencies) -> None:
    """Add every handler, in the order in which they are tried."""
    new = filters.UpdateType.MESSAGE & FromUser()  # never an edited message: a second charge
    admin = filters.ChatType.PRIVATE & filters.User(deps.admin_ids)
    names = {name for effect in deps.catalogue.known(deps.services) for name in effect.names}
    application.add_handlers(
        [
            ChatMemberHandler(added, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
            MessageHandler(new & Command("start"), start),
            MessageHandler(new & Command("help"), help_),
            MessageHandler(new & Command("effects"), effects),
            MessageHandler(new & Command("status"), status),
            MessageHandler(new & Command("balance") & admin, balance),
            MessageHandler(new & Command("stats") & admin, stats),
            MessageHandler(new & Command("cancel"), cancel),
            MessageHandler(new & Command("privacy"), privacy),
            MessageHandler(new & filters.ChatType.PRIVATE & Command("settings"), own_settings),
            MessageHandler(new & filters.ChatType.GROUPS & Command("settings"), group_settings),
            MessageHandler(new & Command("effect"), effect_by_name),
            MessageHandler(new & Command(*names), effect_by_command),
            MessageHandler(new & HasPhoto(), photo),
            MessageHandler(new & ~filters.StatusUpdate.ALL, other_message),
            CallbackQueryHandler(theme_list, pattern=r"^shelves:"),
            CallbackQueryHandler(theme_page, pattern=r"^shelf:"),
            CallbackQueryHandler(consent, pattern=r"^(accept|deny):"),
            CallbackQueryHandler(choose_privacy, pattern=r"^picture:"),
            CallbackQueryHandler(choose, pattern=r"^set:[a-z_]+:[a-z0-9._-]+$"),
            CallbackQueryHandler(change_group, pattern=r"^group:"),
            CallbackQueryHandler(press),
            InlineQueryHandler(inline_query),
            ChosenInlineResultHandler(chosen),
            MessageHandler(filters.UpdateType.GUEST_MESSAGE, guest),
        ]
    )
