"""/start, with what a link's start parameter leads to, and /help."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.commands.personal_data import my_data
from handlers.commands.privacy import privacy
from handlers.commands.requests import request_video
from handlers.commands.status import offer_undelivered
from handlers.inline.query import ask_for_photos
from handlers.messages import failures, links, names, payloads
from handlers.messages.view import Button, View, in_rows
from handlers.reply import reply
from handlers.requests import permissions
from storage import State

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from handlers.localization import Locale
    from storage.people.groups import GroupRules
    from video.effects.effect import Effect


async def start(update: Update, context: Context) -> None:
    """Greet, or do what a link asks for; then offer the videos that could not be delivered."""
    await _follow_link(update, context)
    await offer_undelivered(context)


async def _follow_link(update: Update, context: Context) -> None:
    """Do what a link asks for: fetch a video, show /privacy or /mydata, take photos, start a draft; or else greet."""
    command, private = context.command, context.message.chat.type == ChatType.PRIVATE
    parameter = command.argument if command else ""
    job, photos = links.JobParameter.decode(parameter), links.PhotosParameter.decode(parameter)
    if job is not None and private and await _fetch_video(context, job.job_id):
        return
    if parameter == links.PRIVACY_PARAMETER:
        await privacy(update, context)
        return
    if parameter == links.DATA_PARAMETER:
        await my_data(update, context)
        return
    if photos is not None and private:
        await ask_for_photos(context, photos.effect)
        return
    effect = context.deps.catalogue.by_name(parameter) if parameter else None
    if effect is not None and context.deps.offers(effect):
        await request_video(context, effect, "")
        return
    await help_(update, context)


async def help_(_update: Update, context: Context) -> None:
    """Explain how to use the bot in this chat."""
    deps, message = context.deps, context.message
    if message.chat.type != ChatType.PRIVATE:
        await reply(message, group_help(context, await deps.store.groups.rules(message.chat_id)))
        return
    view = _private_help(
        context.locale,
        tuple(effect for effect in deps.catalogue.main if deps.offers(effect)),
        total=len(deps.catalogue.offered(deps.services)),
        daily=deps.policy.limits.user_daily,
        inline_name=context.bot.username if context.bot.supports_inline_queries else "",
        admin=context.sender_id in deps.policy.admin_ids,
    )
    await reply(message, view)


async def _fetch_video(context: Context, job_id: str) -> bool:
    """Deliver here what another chat did not take, or say why there is no video; return False if it can do neither."""
    deps, message, locale = context.deps, context.message, context.locale
    job = await deps.store.jobs.get(job_id)
    if job is None or job.person_id != context.sender_id:
        return False
    if job.state is State.FAILED:
        title = names.title_args_of(job.effect, deps.catalogue, locale)
        await reply(message, failures.failure_view(job, locale, deps.catalogue, deps.services, title))
        return True
    if job.state is State.DELIVERED and job.chat_id == message.chat_id:
        await reply(message, View(locale("fetch-here-already")))
        return True
    moved = await deps.store.transitions.redeliver_to(
        job_id, message.chat_id, message_id=message.message_id, now=deps.clock()
    )
    deps.wake()
    return moved is not None


@lru_cache(maxsize=64)
def _private_help(
    locale: Locale, main: tuple[Effect, ...], *, total: int, daily: int, inline_name: str, admin: bool
) -> View:
    """Return the help for a private chat.

    Args:
        locale: the texts.
        main: the main effects that are offered.
        total: how many effects are offered.
        daily: how many videos a user may ask for in 24 hours.
        inline_name: the bot's username, empty if inline mode is off.
        admin: whether the reader is one of the operator's admins.
    """
    animate = next((locale("help-animate", command=f"/{one.command}") for one in main if one.prompt), "")
    text = locale("help", total=total, daily=daily)
    if inline_name:
        text = f"{text}\n\n{locale('help-inline', name=inline_name)}"
    if admin:
        text = f"{text}\n\n{locale('help-admin')}"
    text = text.replace("EFFECT-LINES", "\n".join(_effect_line(one, locale, "") for one in main))
    text = text.replace("ANIMATE-LINES", animate) if animate else text.replace("ANIMATE-LINES\n\n", "")
    buttons = [
        Button(locale.text("button-effect", **names.title_args(one, locale)), payloads.NewDraftButton(one.command))
        for one in main
    ]
    more = Button(locale.text("button-more"), payloads.ThemeListButton())
    return View(text, (*in_rows(buttons, 3), (more,)))


def group_help(context: Context, rules: GroupRules, *, added: bool = False) -> View:
    """Return the help for a group: its main effects, how to ask for them, and what the bot sees there."""
    deps, locale, bot = context.deps, context.locale, context.bot.bot
    allowed = permissions.effects_allowed(deps, rules)
    at = f"@{bot.username}"
    lines = [_effect_line(one, locale, at) for one in deps.catalogue.main if one in allowed]
    text = locale("help-group", total=len(allowed), at=at).replace("EFFECT-LINES", "\n".join(lines))
    parts = [locale("group-hello"), text] if added else [text]
    if not bot.can_read_all_group_messages:
        parts.append(locale("group-privacy-mode", at=at))
    if added:
        parts.append(locale("group-for-admins", at=at))
    return View("\n\n".join(parts))


def _effect_line(effect: Effect, locale: Locale, at: str) -> str:
    key = "help-animation" if effect.prompt else "help-effect"
    return locale(key, command=f"/{effect.command}{at}", **names.title_args(effect, locale), count=effect.photos)
