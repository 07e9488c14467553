"""What people say to the bot and what they read: handlers of updates, use cases, texts.

`register` is the table of contents. Order matters: the first handler that fits takes the update.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers.buttons import consent, drafts, jobs
from handlers.commands import (
    access,
    admin,
    chat_events,
    effects,
    group_settings,
    personal_data,
    privacy,
    report,
    requests,
    settings,
    start,
    status,
)
from handlers.inline import choice, guest, query
from handlers.message_filters import Command, FromUser, HasPhoto
from handlers.messages import payloads

if TYPE_CHECKING:
    from telegram.ext import Application

    from handlers.context import Context, Dependencies

__all__ = ["register"]


def register(application: Application[Any, Context, Any, Any, Any, Any], deps: Dependencies) -> None:
    """Add every handler, in the order in which they are tried."""
    deps.chat_members.connect(application.bot)
    new = filters.UpdateType.MESSAGE & FromUser()  # never an edited message, which would be charged twice
    private, group = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    admin_of_bot = filters.User(deps.policy.admin_ids)
    operator = private & admin_of_bot
    names = {name for effect in deps.catalogue.known(deps.services) for name in effect.names}
    application.add_handler(TypeHandler(Update, access.gate), group=-1)
    application.add_handlers(
        [
            ChatMemberHandler(chat_events.added, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, chat_events.migrated),
            MessageHandler(new & Command("start"), start.start),
            MessageHandler(new & Command("help"), start.help_),
            MessageHandler(new & Command("effects"), effects.effects),
            MessageHandler(new & Command("status"), status.status),
            MessageHandler(new & Command("balance") & operator, admin.balance),
            MessageHandler(new & Command("stats") & operator, admin.stats),
            MessageHandler(new & Command("ban") & admin_of_bot, access.ban),
            MessageHandler(new & Command("unban") & admin_of_bot, access.unban),
            MessageHandler(new & Command("allow") & admin_of_bot, access.allow),
            MessageHandler(new & Command("bans") & operator, access.bans),
            MessageHandler(new & Command("cancel"), status.cancel),
            MessageHandler(new & Command("privacy"), privacy.privacy),
            MessageHandler(new & Command("report"), report.report),
            MessageHandler(new & Command("terms"), privacy.terms),
            MessageHandler(new & Command("mydata"), personal_data.my_data),
            MessageHandler(new & Command("deletemydata"), personal_data.delete_my_data),
            MessageHandler(new & private & Command("settings"), settings.own_settings),
            MessageHandler(new & group & Command("settings"), group_settings.group_settings),
            MessageHandler(new & Command("effect"), requests.effect_by_name),
            MessageHandler(new & Command(*names), requests.effect_by_command),
            MessageHandler(new & HasPhoto(), requests.photo),
            MessageHandler(new & ~filters.StatusUpdate.ALL, requests.other_message),
            *_button_handlers(),
            InlineQueryHandler(query.inline_query),
            ChosenInlineResultHandler(choice.inline_result_chosen),
            MessageHandler(filters.UpdateType.GUEST_MESSAGE, guest.guest),
        ]
    )


def _button_handlers() -> list[CallbackQueryHandler[Context, None]]:
    pattern = payloads.pattern_of
    return [
        CallbackQueryHandler(effects.turn_page, pattern(payloads.ThemeListButton, payloads.ThemePageButton)),
        CallbackQueryHandler(consent.consent_button, pattern(payloads.ConsentButton)),
        CallbackQueryHandler(report.report_button, pattern(payloads.ReportButton)),
        CallbackQueryHandler(personal_data.erase, pattern(payloads.ErasureButton)),
        CallbackQueryHandler(privacy.choose_privacy, pattern(payloads.PrivacyButton)),
        CallbackQueryHandler(settings.choose_setting, pattern(payloads.SettingButton)),
        CallbackQueryHandler(group_settings.change_group, pattern(payloads.GroupButton)),
        CallbackQueryHandler(choice.start_pressed, pattern(payloads.StartButton)),
        CallbackQueryHandler(drafts.draft_button, pattern(payloads.NewDraftButton, payloads.DraftButton)),
        CallbackQueryHandler(jobs.job_button, pattern(payloads.JobButton)),
        CallbackQueryHandler(jobs.unknown_button),
    ]
