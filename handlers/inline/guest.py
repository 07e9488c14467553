"""Guest mode (Bot API 10.0): `@bot squish` in reply to a photo, in a chat that the bot is not a member of.

A guest query can be answered once, at once; everything later edits that answer. If the answer's id is lost, a press of
the Start button under it brings the id back.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.inline.choice import start_button, start_job
from handlers.messages.names import find_effect, similar_effects, title_args
from handlers.messages.view import Button, inline_keyboard
from handlers.pictures import other_kind_of, photo_of, replied_kind, replied_photo
from handlers.reply import NO_PREVIEW
from handlers.requests import people
from storage.inline import Offer

if TYPE_CHECKING:
    from telegram import Message, Update

    from handlers.context import Context
    from storage import Photo
    from video.effects.effect import Effect

_LOG = logging.getLogger(__name__)
_MAX_QUOTED_NAME = 100  # characters of an unknown name that are quoted


@dataclass(frozen=True, slots=True)
class _Input:
    """The photos of a request, the left one first, and where they come from, as in `inline_offers.source`."""

    photos: tuple[Photo, ...]
    source: str


async def guest(_update: Update, context: Context) -> None:
    """Answer a guest query with a placeholder and start the job, or say what is missing."""
    message, deps, locale = context.message, context.deps, context.locale
    if message.guest_query_id is None:
        return
    name = _text_without_usernames(message)
    effect = find_effect(name, deps.catalogue, deps.locales)
    if effect is None or effect.prompt or not deps.offers(effect):
        await _answer(context, _ask_for_effect(context, name))
        return
    if message.from_user is None or message.from_user.is_bot or message.sender_chat is not None:
        await _answer(context, locale("guest-nobody"))
        return
    found = await _find_photos(context, effect)
    if isinstance(found, str):
        title, at = locale.title(effect), context.bot.username
        await _answer(context, locale(found, title=title, name=effect.command, at=at))
        return
    await _make(context, effect, found)


async def _make(context: Context, effect: Effect, found: _Input) -> None:
    """Store the offer, place the message, start the job. After a crash between two of them, Start goes on."""
    message, deps, locale = context.message, context.deps, context.locale
    offer = Offer(
        id=deps.new_id(),
        person_id=context.sender_id,
        language=context.language,
        photos=found.photos,
        source=found.source,
        made_at=deps.clock(),
    )
    offer = await deps.store.inline.save_offer(offer, origin=f"guest:{message.guest_query_id}")
    text = locale("inline-placed", **title_args(effect, locale)) + "\n" + locale(f"note-from-{offer.source}")
    inline_message_id = await _answer(context, text, start_button(locale, offer, effect))
    if inline_message_id is not None and not context.is_late:
        await start_job(context, offer, effect, inline_message_id)


async def _find_photos(context: Context, effect: Effect) -> _Input | str:
    """Return the photos for the effect, or the key of the text that says what is missing."""
    message = context.message
    own, others = photo_of(message), replied_photo(message)
    if own is not None and others is not None and effect.photos == 2:
        return _Input((own, others), "own-replied")
    source = "own" if own is not None else "replied"
    photo = own or others
    if photo is None:
        other_kind = other_kind_of(message) or replied_kind(message)
        return "guest-not-a-photo" if other_kind else f"guest-how-{effect.photos}"
    if effect.photos == 1:
        return _Input((photo,), source)
    picture = await people.profile_photo(context.bot, context.sender_id)
    if picture is None:
        return "guest-no-picture"
    return _Input((picture, photo), f"picture-{source}")


async def _answer(context: Context, text: str, button: Button | None = None) -> str | None:
    """Answer the query; return the inline message's id, None if the query was answered before or is too old."""
    result = InlineQueryResultArticle(
        id=context.deps.new_id(),
        title=context.bot.first_name,
        input_message_content=InputTextMessageContent(text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=inline_keyboard(((button,),) if button else ()),
    )
    try:
        sent = await context.bot.answer_guest_query(context.message.guest_query_id or "", result)
    except BadRequest as error:
        _LOG.info("a guest query was not answered: %s", error.message)
        return None
    return sent.inline_message_id


def _text_without_usernames(message: Message) -> str:
    """Return a message's text without bots' usernames (it may call three): `@bot squish`, `/squish@bot`."""
    return re.sub(r"@\w+", " ", message.text or message.caption or "").strip()


def _ask_for_effect(context: Context, name: str) -> str:
    """Return a text that lists the main effects, or those that are similar to an unknown name."""
    deps, locale, at = context.deps, context.locale, context.bot.username
    main = [effect for effect in deps.catalogue.main if deps.offers(effect) and not effect.prompt]
    lines = "\n".join(
        locale("guest-effect", **title_args(one, locale), name=one.command, at=at, count=one.photos) for one in main
    )
    if not name:
        return f"{locale('guest-how')}\n\n{lines}"
    short = name if len(name) <= _MAX_QUOTED_NAME else f"{name[:_MAX_QUOTED_NAME]}…"
    offered = [one for one in deps.catalogue.offered(deps.services) if not one.prompt]
    similar = similar_effects(short, deps.catalogue, deps.locales, offered)
    if similar:
        return locale("unknown-effect-near", name=short, names=", ".join(effect.command for effect in similar))
    return f"{locale('guest-unknown', name=short)}\n\n{lines}"
