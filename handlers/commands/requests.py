"""Messages that ask for a video, or nearly do: effects' commands, /effect NAME, photos, and everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.message import draft_key_of, other_kind_of, photo_of
from handlers.messages.limits import refusal_text
from handlers.messages.names import find_effect, similar_effects, title_args
from handlers.messages.view import View
from handlers.reply import reply
from handlers.requests import drafts, people, permissions

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context
    from video.effects.effect import Effect

_MAX_QUOTED_NAME = 100  # characters of an unknown name that are quoted


async def effect_by_command(_update: Update, context: Context) -> None:
    """Handle an effect's own command: /hug, /squish …."""
    command = context.command
    effect = context.deps.catalogue.by_name(command.name) if command else None
    if command is not None and effect is not None:
        await request_video(context, effect, command.argument)


async def effect_by_name(_update: Update, context: Context) -> None:
    """Handle /effect NAME; suggest similar effects for an unknown name. A prompt may follow an image-to-video name."""
    command = context.command
    name = command.argument if command else ""
    effect, text = _parse_name(context, name)
    if effect is not None and not effect.hidden and context.deps.knows(effect):
        await request_video(context, effect, text)
    else:
        await _reply_unknown(context, name)


async def photo(_update: Update, context: Context) -> None:
    """Handle a photo without an effect's command."""
    command = context.command
    if command is not None and context.message.chat.type == ChatType.PRIVATE:
        await _reply_unknown(context, command.name)
    if command is None or context.message.chat.type != ChatType.PRIVATE or context.message.media_group_id is not None:
        await drafts.from_photo(context)  # an album's photo belongs to the album's request, whatever its caption says


async def other_message(_update: Update, context: Context) -> None:
    """Handle texts, stickers, videos …: a draft may wait for the text; otherwise explain, in private chats only."""
    command, message = context.command, context.message
    if command is None and message.text and await drafts.from_words(context):
        return
    if message.chat.type != ChatType.PRIVATE:
        return
    locale, kind = context.locale, other_kind_of(message)
    if command is not None:
        await _reply_unknown(context, command.name)
    elif kind is not None:
        if not await drafts.album_is_known(context):
            await reply(message, View(locale("not-a-photo", kind=kind)))
    else:
        draft = await context.deps.store.drafts.open_for(draft_key_of(message, context.sender_id))
        if draft is not None and draft.effect:
            await reply(message, View(locale("still-waiting-for-photo", count=len(draft.photos))))
        else:
            await reply(message, View(locale("what-to-do")))


def _parse_name(context: Context, argument: str) -> tuple[Effect | None, str]:
    """Return the effect that /effect names, and the prompt after it if the effect takes one."""
    catalogue = context.deps.catalogue
    effect = find_effect(argument, catalogue, context.locale)
    if effect is None and argument:
        name, _, prompt = argument.partition(" ")
        named = catalogue.by_name(name)
        if named is not None and named.prompt:
            return named, prompt
    return effect, ""


async def request_video(context: Context, effect: Effect, text: str) -> None:
    """Start a draft, unless the effect is gone or the group forbids it."""
    message, locale = context.message, context.locale
    if not context.deps.offers(effect):
        await reply(message, View(_gone_text(context, effect)))
        return
    broken = await permissions.broken_rule(context.deps, message.chat_id, context.sender_id, effect)
    if broken is not None:
        await reply(message, View(refusal_text(locale, broken)))
        return
    kind = _kind_instead_of_photo(message)
    if kind is not None and not (effect.photos == 2 and people.replied_person(message)):
        await reply(message, View(locale("not-a-photo", kind=kind)))
    await drafts.from_command(context, effect, text)


def _kind_instead_of_photo(message: Message) -> str | None:
    """Return what came with the command, or was replied to, instead of a photo; None if a photo, or nothing, did."""
    if message.media_group_id is not None:
        return None  # its album may bring photos; if not, the draft's question says what this is
    messages = [one for one in (message, message.reply_to_message) if one is not None]
    if any(photo_of(one) is not None for one in messages):
        return None
    return next((kind for one in messages if (kind := other_kind_of(one))), None)


def _gone_text(context: Context, effect: Effect) -> str:
    """Say that no service makes the effect any more, and name similar ones, or others of its theme."""
    deps, locale, title = context.deps, context.locale, title_args(effect, context.locale)
    similar = deps.catalogue.suggest(effect.command, deps.services)
    similar = similar or tuple(one for one in deps.catalogue.in_theme(effect.theme) if deps.offers(one))[:3]
    if not similar:
        return locale("effect-gone", **title)
    return locale("effect-gone-near", names=", ".join(f"/{one.command}" for one in similar), **title)


async def _reply_unknown(context: Context, name: str) -> None:
    """Say that there is no effect of this name, and which allowed ones may be meant."""
    deps, message, locale = context.deps, context.message, context.locale
    name = name if len(name) <= _MAX_QUOTED_NAME else f"{name[:_MAX_QUOTED_NAME]}…"
    allowed = permissions.effects_allowed(deps, await deps.store.groups.rules(message.chat_id))
    similar = [one for one in similar_effects(name, deps.catalogue, locale, deps.services) if one in allowed]
    if similar:
        names = ", ".join(f"/{effect.command}" for effect in similar)
        await reply(message, View(locale("unknown-effect-near", name=name, names=names)))
    else:
        await reply(message, View(locale("unknown-effect" if name else "which-effect", name=name)))
