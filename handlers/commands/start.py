"""/start and /help."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.commands.privacy import privacy
from handlers.inline.photos import ask_for_photos
from handlers.message import command_of, language_of, sender_id_of
from handlers.messages.failures import failure_view
from handlers.messages.names import title_args, title_args_of
from handlers.messages.payloads import START
from handlers.messages.view import Button, View, in_rows
from handlers.reply import reply
from handlers.requests import drafts as request
from handlers.requests.permissions import effects_allowed
from storage import State

if TYPE_CHECKING:
    from telegram import Message, Update, User

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage import Job
    from storage.groups import GroupRules
    from video.effects.effect import Effect


_JOB = "job_"


async def start(update: Update, context: Context) -> None:
    """The greeting; or, through a link, a video that could not be sent to a group, or an effect to begin with."""
    message = update.message
    if message is None:
        return
    command = command_of(message, context.bot.username)
    parameter = command.argument if command else ""
    if parameter.startswith(_JOB) and await _fetch(context, message, parameter.removeprefix(_JOB)):
        return
    if parameter == "privacy":
        await privacy(update, context)
        return
    person = sender_id_of(message)
    for_inline = parameter == START or parameter.startswith(f"{START}-")
    if for_inline and person is not None and message.chat.type == ChatType.PRIVATE:
        await ask_for_photos(context, message, person, parameter)
        return
    effect = context.deps.catalogue.by_name(parameter) if parameter else None
    if effect is not None and person is not None and context.deps.offers(effect):
        await request.from_command(context.deps, message, person, effect)
        return
    await reply(message, await greeting(context, message))


async def help_(update: Update, context: Context) -> None:
    """How to use the bot, here: in a group with the bot's name in the commands."""
    if update.message is not None:
        await reply(update.message, await greeting(context, update.message))


async def _fetch(context: Context, message: Message, job_id: str) -> bool:
    """Deliver a video here that its group did not take; True where it is on its way."""
    job = await context.deps.store.jobs.get(job_id)
    if job is None or job.person_id != sender_id_of(message) or message.chat.type != ChatType.PRIVATE:
        return False
    if job.state is State.FAILED:
        await reply(message, _what_now(context, message, job))
        return True
    if job.state is State.DELIVERED and job.chat_id == message.chat_id:
        await reply(message, View(context.deps.locale(language_of(message))("fetch-here-already")))
        return True
    moved = await context.deps.store.transitions.redeliver_to(
        job_id, message.chat_id, message_id=message.message_id, now=context.deps.clock()
    )
    context.deps.wake()
    return moved is not None


def _what_now(context: Context, message: Message, job: Job) -> View:
    """Why a video of inline or guest mode is not there, with what can be done about it."""
    deps = context.deps
    locale = deps.locale(language_of(message))
    title = title_args_of(job.effect, deps.catalogue, locale)
    return failure_view(job, locale, deps.catalogue, deps.services, title)


async def greeting(context: Context, message: Message) -> View:
    """How to use the bot, here: in a group with the bot's name in the commands."""
    deps = context.deps
    locale = deps.locale(language_of(message))
    if message.chat.type != ChatType.PRIVATE:
        return group_help(deps, locale, context.bot.bot, await deps.store.groups.rules(message.chat_id))
    main = tuple(effect for effect in deps.catalogue.main if deps.offers(effect))
    inline = context.bot.username if context.bot.supports_inline_queries else ""
    total, admin = len(deps.catalogue.offered(deps.services)), sender_id_of(message) in deps.admin_ids
    return _private(locale, main, total, deps.limits.user_daily, inline, admin=admin)


@lru_cache(maxsize=64)
def _private(locale: Locale, main: tuple[Effect, ...], total: int, daily: int, inline: str, *, admin: bool) -> View:
    """Always the same for the same arguments; `inline` is empty where there is no inline mode."""
    lines = [
        locale(
            "help-animation" if one.prompt else "help-effect",
            command=f"/{one.command}",
            **title_args(one, locale),
            count=one.photos,
        )
        for one in main
    ]
    animate = next((locale("help-animate", command=f"/{one.command}") for one in main if one.prompt), "")
    text = locale("help", total=total, daily=daily)
    if inline:
        text = f"{text}\n\n{locale('help-inline', name=inline)}"
    if admin:
        text = f"{text}\n\n{locale('help-admin')}"
    buttons = [Button(locale.text("button-effect", **title_args(one, locale)), f"want:{one.command}") for one in main]
    more = Button(locale.text("button-more"), "shelves:-")
    text = text.replace("EFFECT-LINES", "\n".join(lines))
    text = text.replace("ANIMATE-LINES", animate) if animate else text.replace("ANIMATE-LINES\n\n", "")
    return View(text, (*in_rows(buttons, 3), (more,)))


def group_help(deps: Dependencies, locale: Locale, me: User, rules: GroupRules, *, added: bool = False) -> View:
    """The main effects that the group has, the ways to ask for them, and what the bot sees."""
    there = effects_allowed(deps, rules)
    at = f"@{me.username}"
    lines = [
        locale(
            "help-animation" if one.prompt else "help-effect",
            command=f"/{one.command}{at}",
            **title_args(one, locale),
            count=one.photos,
        )
        for one in deps.catalogue.main
        if one in there
    ]
    text = locale("help-group", total=len(there), at=at).replace("EFFECT-LINES", "\n".join(lines))
    parts = [locale("group-hello")] if added else []
    parts.append(text)
    if not me.can_read_all_group_messages:
        parts.append(locale("group-privacy-mode", at=at))
    if added:
        parts.append(locale("group-for-admins", at=at))
    return View("\n\n".join(parts))
