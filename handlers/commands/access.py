"""Who may use the bot: the gate that every update passes, and /ban, /unban, /allow, /bans for the bot's admins."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest, Forbidden
from telegram.ext import ApplicationHandlerStop

from handlers.message import sender_id_of
from handlers.messages.payloads import ErasureButton, PrivacyButton
from handlers.messages.view import View
from handlers.reply import answer_query, reply
from handlers.requests import access
from storage.people.access import AccessStatus

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context

_TOLD_AGAIN_S = 86_400.0  # somebody who is not on the list is told once a day; who is banned, once
_OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_OWN_DATA = frozenset({"privacy", "terms", "mydata", "deletemydata"})
"""What everybody may ask for in a private chat, whatever the operator thinks of them: their data is theirs."""
_MAX_LISTED = 50


async def gate(update: Update, context: Context) -> None:
    """Stop an update of somebody who may not use the bot; they are told once. Leave a group that may not.

    Raises:
        ApplicationHandlerStop: no handler is to see the update.
    """
    deps, chat = context.deps, update.effective_chat
    person_id = _sender_of(update)
    group_id = chat.id if chat is not None and chat.id < 0 and update.guest_message is None else None
    if person_id in deps.policy.admin_ids:
        if update.my_chat_member is not None and group_id is not None and deps.policy.allowed_ids:
            await deps.store.access.set(group_id, AccessStatus.ALLOWED, now=deps.clock())  # who lets it in, means it
        return
    if group_id is not None and (
        await access.is_banned(deps, group_id) or not await access.is_permitted(deps, group_id, person_id)
    ):
        await _leave(context, group_id, update)
        raise ApplicationHandlerStop
    if update.my_chat_member is not None:
        return
    banned = await access.is_banned(deps, person_id)
    if (not banned and await access.is_permitted(deps, person_id, group_id)) or _is_about_own_data(update, context):
        return
    await _refuse(update, context, person_id, banned=banned)
    raise ApplicationHandlerStop


def _is_about_own_data(update: Update, context: Context) -> bool:
    """Return True if somebody asks for their data in a private chat, or presses a button of such an answer."""
    message, query = update.message, update.callback_query
    if query is not None:
        return any(button.decode(query.data) is not None for button in (ErasureButton, PrivacyButton))
    if message is None or message.chat.type != ChatType.PRIVATE:
        return False
    return context.command is not None and context.command.name in _OWN_DATA


def _sender_of(update: Update) -> int | None:
    message = update.message or update.guest_message
    if message is not None:
        return sender_id_of(message)
    return update.effective_user.id if update.effective_user else None


async def _refuse(update: Update, context: Context, person_id: int | None, *, banned: bool) -> None:
    deps, text = context.deps, context.locale("access-banned" if banned else "access-unknown")
    message = update.message
    if update.callback_query is not None:
        await answer_query(update.callback_query, text)
    elif update.inline_query is not None:
        with suppress(BadRequest):  # it is too old
            await update.inline_query.answer([], cache_time=0, is_personal=True)
    elif message is not None and person_id is not None:
        command = context.command
        private = message.chat.type == ChatType.PRIVATE
        addressed = private or (command is not None and command.addressed)
        again_after = math.inf if banned else _TOLD_AGAIN_S
        if addressed and await deps.store.access.note_told(person_id, again_after=again_after, now=deps.clock()):
            await reply(message, View(text))


async def _leave(context: Context, group_id: int, update: Update) -> None:
    """Say why, and leave; somebody who took the bot out already reads nothing."""
    change = update.my_chat_member
    if change is not None and change.new_chat_member.status in _OUTSIDE:
        return
    with suppress(Forbidden, BadRequest):
        await context.bot.send_message(group_id, context.locale("access-group"), parse_mode=ParseMode.HTML)
    with suppress(Forbidden, BadRequest):
        await context.bot.leave_chat(group_id)


async def ban(_update: Update, context: Context) -> None:
    """Handle /ban: in reply to a message of theirs or to a video of theirs, or with an id or @name."""
    target = await _target_of(context)
    if target is None:
        await reply(context.message, View(context.locale("access-who", command="ban")))
        return
    if target in context.deps.policy.admin_ids:
        await reply(context.message, View(context.locale("access-admin")))
        return
    await access.ban(context.deps, target, by=context.sender_id)
    await reply(context.message, View(context.locale("access-ban-done", **await _named(context, target))))
    if target < 0:
        with suppress(Forbidden, BadRequest):
            await context.bot.leave_chat(target)


async def unban(_update: Update, context: Context) -> None:
    """Handle /unban, as /ban."""
    await _set(context, "unban", AccessStatus.UNKNOWN, "access-unban-done")


async def allow(_update: Update, context: Context) -> None:
    """Handle /allow: let somebody, or this group, in beside `ALLOWED_IDS`."""
    await _set(context, "allow", AccessStatus.ALLOWED, "access-allow-done")


async def _set(context: Context, command: str, status: AccessStatus, done: str) -> None:
    deps, message = context.deps, context.message
    target = await _target_of(context)
    if target is None and command == "allow" and message.chat.type != ChatType.PRIVATE:
        target = message.chat_id
    if target is None:
        await reply(message, View(context.locale("access-who", command=command)))
        return
    await deps.store.access.set(target, status, now=deps.clock())
    await reply(message, View(context.locale(done, **await _named(context, target))))


async def bans(_update: Update, context: Context) -> None:
    """List who is banned, and who was let in."""
    deps, locale = context.deps, context.locale
    lines = []
    for key, entries in (
        ("access-banned-head", await deps.store.access.banned()),
        ("access-allowed-head", await deps.store.access.allowed()),
    ):
        if entries:
            names = [locale("access-line", **await _named(context, one.id)) for one in entries[:_MAX_LISTED]]
            more = [f"… +{len(entries) - _MAX_LISTED}"] if len(entries) > _MAX_LISTED else []
            lines.append("\n".join([locale(key), *names, *more]))
    await reply(context.message, View("\n\n".join(lines) or locale("access-nobody")))


async def _named(context: Context, one: int) -> dict[str, str]:
    known = await context.deps.store.users.name_of(one)
    return {"name": context.locale.name_of(one, known or ""), "id": str(one)}


async def _target_of(context: Context) -> int | None:
    """Return whom a command means: an id, an @name that the bot has seen, or who wrote what it replies to."""
    command, message = context.command, context.message
    word = (command.words if command else "").strip()
    if word.lstrip("-").isdecimal():
        return int(word)
    if word.startswith("@"):
        known = await context.deps.store.users.by_username(word[1:])
        return known.person_id if known else None
    return await _author_of(context, message.reply_to_message) if message.reply_to_message and not word else None


async def _author_of(context: Context, replied: Message) -> int | None:
    """Return who wrote a message; of the bot's own messages, who asked for the video in it."""
    if replied.from_user is not None and replied.from_user.id == context.bot.id and replied.sender_chat is None:
        job = await context.deps.store.jobs.by_status_message(replied.chat_id, replied.message_id)
        return job.person_id if job else None
    return sender_id_of(replied)
