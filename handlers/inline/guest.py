"""Guest mode (Bot API 10.0): `@bot squish` in reply to a photo, in a chat that the bot is not in.

There is one answer to a guest query, at once; all later news edit that message. Where the answer's id was lost, the
Start button under it brings the id back.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.inline.choice import start_job
from handlers.message import language_of, other_kind_of, photo_of
from handlers.messages.names import find_effect, similar_effects, title_args
from handlers.messages.payloads import start_button
from handlers.messages.view import inline_keyboard
from handlers.requests.drafts import STALE
from handlers.requests.people import profile_photo
from storage.inline import Offer

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from handlers.messages.view import Button
    from storage import Photo
    from video.effects.effect import Effect

_LOG = logging.getLogger(__name__)
_LONGEST_NAME = 100  # characters of an unknown name that are quoted


@dataclass(frozen=True, slots=True)
class _Input:
    """The photos of a request, the left one first, and where they come from."""

    photos: tuple[Photo, ...]
    source: str


async def guest(update: Update, context: Context) -> None:
    """Read what is meant, answer with a placeholder, and begin; or say in words how it is done."""
    message = update.guest_message
    if message is None or message.guest_query_id is None:
        return
    deps, locale = context.deps, context.deps.locale(language_of(message))
    name = _words_beside_names(message)
    effect = find_effect(name, deps.catalogue, locale)
    if effect is None or effect.prompt or not deps.offers(effect):
        await _reply(context, message, _which_effect(deps, locale, name, context.bot.username))
        return
    if message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
        await _reply(context, message, locale("guest-nobody"))
        return
    found = await _input(context, message, effect, message.from_user.id)
    if isinstance(found, str):
        await _reply(
            context, message, locale(found, title=locale.title(effect), name=effect.command, at=context.bot.username)
        )
        return
    await _make(context, message, effect, found)


async def _make(context: Context, message: Message, effect: Effect, found: _Input) -> None:
    """The row first, then the placeholder, then the job: killed between any two, the Start button goes on."""
    deps, locale = context.deps, context.deps.locale(language_of(message))
    offer = Offer(
        id=deps.new_id(),
        person_id=message.from_user.id if message.from_user else 0,
        language=language_of(message),
        photos=found.photos,
        source=found.source,
        made_at=deps.clock(),
    )
    offer = await deps.store.inline.save_offer(offer, origin=f"guest:{message.guest_query_id}")
    text = locale("inline-placed", **title_args(effect, locale)) + "\n" + locale(f"note-from-{offer.source}")
    placed = await _reply(context, message, text, start_button(locale, offer, effect))
    if placed is not None and deps.clock() - message.date.timestamp() <= STALE:
        await start_job(context, offer, effect, placed)


async def _input(context: Context, message: Message, effect: Effect, person: int) -> _Input | str:
    """The photos; or the key of the words that say what is missing."""
    replied = message.reply_to_message
    own, theirs = photo_of(message), photo_of(replied) if replied else None
    if own is not None and theirs is not None and effect.photos == 2:
        return _Input((own, theirs), "own-replied")
    source = "own" if own is not None else "replied"
    photo = own or theirs
    if photo is None:
        unfit = other_kind_of(message) or (other_kind_of(replied) if replied else None)
        return "guest-not-a-photo" if unfit else f"guest-how-{effect.photos}"
    if effect.photos == 1:
        return _Input((photo,), source)
    picture = await profile_photo(context.bot, person)
    if picture is None:
        return "guest-no-picture"
    return _Input((picture, photo), f"picture-{source}")


async def _reply(context: Context, message: Message, text: str, button: Button | None = None) -> str | None:
    """Answer the query; the id of the message, or None where it was answered before, or too late."""
    result = InlineQueryResultArticle(
        id=context.deps.new_id(),
        title=context.bot.first_name,
        input_message_content=InputTextMessageContent(
            text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=inline_keyboard(((button,),) if button else ()),
    )
    try:
        sent = await context.bot.answer_guest_query(message.guest_query_id or "", result)
    except BadRequest as error:
        _LOG.info("a guest query was not answered: %s", error.message)
        return None
    return sent.inline_message_id


def _words_beside_names(message: Message) -> str:
    """What is said beside names of bots, of which a message may call three: `@bot squish`, `/squish@bot`."""
    return re.sub(r"@\w+", " ", message.text or message.caption or "").strip()


def _which_effect(deps: Dependencies, locale: Locale, name: str, username: str) -> str:
    main = [effect for effect in deps.catalogue.main if deps.offers(effect) and not effect.prompt]
    lines = "\n".join(
        locale("guest-effect", **title_args(one, locale), name=one.command, at=username, count=one.photos)
        for one in main
    )
    if not name:
        return f"{locale('guest-how')}\n\n{lines}"
    short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    meant = [effect for effect in similar_effects(short, deps.catalogue, locale, deps.services) if not effect.prompt]
    if meant:
        return locale("unknown-effect-near", name=short, names=", ".join(effect.command for effect in meant))
    return f"{locale('guest-unknown', name=short)}\n\n{lines}"
