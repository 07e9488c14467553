"""Messages that ask for a video, or nearly do: effects' commands, /effect NAME, photos, and everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.commands.effects import found_effects
from handlers.message import draft_key_of, text_to_bot
from handlers.messages.limits import refusal_text
from handlers.messages.names import find_effect, similar_effects, title_args
from handlers.messages.view import View
from handlers.pictures import other_kind_of, photo_of, replied_kind, replied_photo
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
        await request_video(context, effect, command.words)


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
    if command is not None and (command.addressed or context.message.chat.type == ChatType.PRIVATE):
        await _reply_unknown(context, command.name)
        if context.message.media_group_id is None:
            return  # an album's photo belongs to the album's request, whatever its caption says
    elif not _answers_bot(context) and (await _effect_by_mention(context) or await _effect_by_words(context)):
        return
    if not await drafts.from_photo(context):
        await _reply_if_mentioned(context)


async def other_message(_update: Update, context: Context) -> None:
    """Handle texts, stickers, videos …: a draft may wait for the text; otherwise explain, if the bot is meant."""
    command, message = context.command, context.message
    if command is None and (
        (message.text and await drafts.from_words(context))
        or await _effect_by_mention(context)
        or await _effect_by_words(context)
    ):
        return
    about_media = command is not None and command.addressed and _has_or_answers_media(message)
    if message.chat.type != ChatType.PRIVATE and not about_media:
        await _reply_if_mentioned(context)
        return
    locale, kind = context.locale, other_kind_of(message)
    if command is not None:
        await _reply_unknown(context, command.name)
    elif kind is not None:
        if not await drafts.album_is_known(context):
            await reply(message, View(locale("not-a-photo", kind=kind)))
    else:
        draft = await context.deps.store.drafts.open_for(draft_key_of(message, context.sender_id))
        found = await found_effects(context, message.text) if message.text else None
        if found is None and draft is not None and draft.effect:
            found = View(locale("still-waiting-for-photo", count=len(draft.photos)))
        await reply(message, found or View(locale("what-to-do")))


def _answers_bot(context: Context) -> bool:
    """Return True if the message replies to one of the bot's own, which may be a question."""
    replied = context.message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == context.bot.id


async def _effect_by_mention(context: Context) -> bool:
    """Handle a text or a caption that mentions the bot and names an effect; return True if it does.

    Beside a picture, or in reply to one, the name may stand anywhere in it; otherwise it must be all of it.
    """
    message = context.message
    text = text_to_bot(message, context.bot.username)
    if text is None:
        return False
    names = [text.strip("/ ")]
    if _has_or_answers_media(message):
        names += [word.strip("/.,!?:;") for word in text.split()]
    for name in filter(None, names):
        effect, words = _parse_name(context, name)
        if effect is not None and not effect.hidden and context.deps.knows(effect):
            await request_video(context, effect, words)
            return True
    return False


async def _effect_by_words(context: Context) -> bool:
    """Handle a text or a caption in a private chat that names one effect in plain words; return True if it does.

    While an image-to-video draft waits, words are for its prompt.
    """
    deps, message = context.deps, context.message
    text = message.text or message.caption
    if not text or message.chat.type != ChatType.PRIVATE:
        return False
    effect = find_effect(text, deps.catalogue, deps.locales)
    if effect is None or effect.hidden or not deps.knows(effect):
        return False
    draft = await deps.store.drafts.open_for(draft_key_of(message, context.sender_id))
    waiting = deps.catalogue.by_name(draft.effect) if draft is not None and draft.effect else None
    if waiting is not None and waiting.prompt:
        return False
    await request_video(context, effect, "")
    return True


async def _reply_if_mentioned(context: Context) -> None:
    """Say how to ask if a message in a group mentions the bot, and asks for nothing that the bot knows.

    A mention in the middle of talk that shows no picture is not answered.
    """
    message, username = context.message, context.bot.username
    text = text_to_bot(message, username)
    if text is None or message.chat.type == ChatType.PRIVATE:
        return
    kind = other_kind_of(message) or replied_kind(message)
    if photo_of(message) or replied_photo(message):
        await _reply_unknown(context, text)
    elif kind is not None:
        await reply(message, View(context.locale("not-a-photo", kind=kind)))
    elif (message.text or "").lower().startswith(f"@{username.lower()}"):
        await _reply_unknown(context, text)


def _has_or_answers_media(message: Message) -> bool:
    """Return True if there is a picture, or something else than text, in a message or in what it replies to."""
    return any((photo_of(message), replied_photo(message), other_kind_of(message), replied_kind(message)))


def _parse_name(context: Context, argument: str) -> tuple[Effect | None, str]:
    """Return the effect that /effect names, and the prompt after it if the effect takes one."""
    catalogue = context.deps.catalogue
    effect = find_effect(argument, catalogue, context.deps.locales)
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
    if photo_of(message) or replied_photo(message):
        return None
    return other_kind_of(message) or replied_kind(message)


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
    similar = similar_effects(name, deps.catalogue, deps.locales, allowed)
    if similar:
        names = ", ".join(f"/{effect.command}" for effect in similar)
        await reply(message, View(locale("unknown-effect-near", name=name, names=names)))
    else:
        await reply(message, View(locale("unknown-effect" if name else "which-effect", name=name)))
