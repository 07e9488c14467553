"""Messages that ask for a video, or nearly do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.message import command_of, language_of, other_kind_of, photo_of, place_of, sender_id_of
from handlers.messages.names import find_effect, similar_effects, title_args
from handlers.messages.view import View
from handlers.reply import reply
from handlers.requests import drafts as request
from handlers.requests.people import replied_person
from handlers.requests.permissions import denial, effects_allowed

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from handlers.message import Command
    from video.effects.effect import Effect

_LONGEST_NAME = 100  # characters of an unknown name that are quoted


async def effect_by_command(update: Update, context: Context) -> None:
    """/hug, /squish …: the effect's own command."""
    message, locale = _read(update, context)
    command = command_of(message, context.bot.username)
    effect = context.deps.catalogue.by_name(command.name) if command else None
    if command is not None and effect is not None:
        await _ask(context, message, effect, locale, command.argument)


async def effect_by_name(update: Update, context: Context) -> None:
    """/effect NAME: any effect of the catalogue; a name that is not there gets the nearest ones.

    Behind the name of an animation come its words.
    """
    message, locale = _read(update, context)
    command = command_of(message, context.bot.username)
    name = command.argument if command else ""
    effect, said = _named(context.deps, locale, name)
    if effect is not None and not effect.hidden and context.deps.knows(effect):
        await _ask(context, message, effect, locale, said)
    else:
        await _unknown(context, message, name, locale)


async def photo(update: Update, context: Context) -> None:
    """A photo without an effect's command."""
    message, locale = _read(update, context)
    person = sender_id_of(message)
    private = message.chat.type == ChatType.PRIVATE
    command = command_of(message, context.bot.username)
    if command is not None and private:
        await _unknown(context, message, command.name, locale)
    elif person is not None:
        await request.from_photo(context.deps, message, person, private=private)


async def other_message(update: Update, context: Context) -> None:
    """Words, stickers, videos: an animation may wait for the words; else, in a private chat, what is needed is said."""
    message, locale = _read(update, context)
    person = sender_id_of(message)
    if person is None:
        return
    private = message.chat.type == ChatType.PRIVATE
    command = command_of(message, context.bot.username)
    if command is None and message.text and await request.from_words(context.deps, message, person, private=private):
        return
    if private:
        await _say_what_is_needed(context, message, command, person, locale)


async def _say_what_is_needed(
    context: Context, message: Message, command: Command | None, person: int, locale: Locale
) -> None:
    kind = other_kind_of(message)
    if command is not None:
        await _unknown(context, message, command.name, locale)
    elif kind is not None:
        await reply(message, View(locale("not-a-photo", kind=kind)))
    elif (draft := await context.deps.store.drafts.open_for(place_of(message, person))) is not None and draft.effect:
        await reply(message, View(locale("still-waiting-for-photo", count=len(draft.photos))))
    else:
        await reply(message, View(locale("what-to-do")))


def _named(deps: Dependencies, locale: Locale, name: str) -> tuple[Effect | None, str]:
    """The effect that a person names, and what is written behind it where it takes words."""
    effect = find_effect(name, deps.catalogue, locale)
    if effect is None and name:
        first, _, said = name.partition(" ")
        animation = deps.catalogue.by_name(first)
        if animation is not None and animation.prompt:
            return animation, said
    return effect, ""


async def _ask(context: Context, message: Message, effect: Effect, locale: Locale, said: str) -> None:
    person = sender_id_of(message)
    if person is None:
        return
    if not context.deps.offers(effect):
        await reply(message, View(_gone(context.deps, effect, locale)))
        return
    forbidden = await denial(context.deps, context.bot, message.chat_id, person, effect)
    if forbidden is not None:
        await reply(message, View(locale(forbidden)))
        return
    kind = _unfit_kind(message)
    if kind is not None and not (effect.photos == 2 and replied_person(message)):
        await reply(message, View(locale("not-a-photo", kind=kind)))
    await request.from_command(context.deps, message, person, effect, said)


def _unfit_kind(message: Message) -> str | None:
    """What came with the command, or was replied to, in place of a photo."""
    for one in (message, message.reply_to_message):
        if one is not None and photo_of(one) is not None:
            return None
    kinds = (other_kind_of(one) for one in (message, message.reply_to_message) if one is not None)
    return next((kind for kind in kinds if kind), None)


def _gone(deps: Dependencies, effect: Effect, locale: Locale) -> str:
    """The service has dropped it: the nearest ones, by name or by theme."""
    nearest = deps.catalogue.suggest(effect.command, deps.services)
    nearest = nearest or tuple(one for one in deps.catalogue.in_theme(effect.theme) if deps.offers(one))[:3]
    title = title_args(effect, locale)
    if not nearest:
        return locale("effect-gone", **title)
    return locale("effect-gone-near", names=", ".join(f"/{one.command}" for one in nearest), **title)


async def _unknown(context: Context, message: Message, name: str, locale: Locale) -> None:
    name = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    there = effects_allowed(context.deps, await context.deps.store.groups.rules(message.chat_id))
    meant = [
        one for one in similar_effects(name, context.deps.catalogue, locale, context.deps.services) if one in there
    ]
    if meant:
        names = ", ".join(f"/{effect.command}" for effect in meant)
        await reply(message, View(locale("unknown-effect-near", name=name, names=names)))
    else:
        await reply(message, View(locale("unknown-effect" if name else "which-effect", name=name)))


def _read(update: Update, context: Context) -> tuple[Message, Locale]:
    message = update.message
    if message is None:
        raise TypeError("registered for new messages only")
    return message, context.deps.locale(language_of(message))
