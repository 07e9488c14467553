"""Photos first: photos for inline mode are sent in private, and a button leads back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import request
from handlers.inline_query import RECENT, START
from handlers.title import order_of, titled
from handlers.view import Button, View
from storage.drafts import PlacedPhoto

if TYPE_CHECKING:
    from telegram import Message

    from handlers.context import Context
    from handlers.texts import Words
    from storage import Draft
    from video.effects import Catalogue


async def ask_for_photos(context: Context, message: Message, person: int, parameter: str) -> None:
    """A draft that collects photos for the effect that was typed; one that is at hand counts."""
    desk = context.desk
    effect = desk.catalogue.named(parameter.removeprefix(START).removeprefix("-"))
    draft = request.new_draft(desk, message, person, None)
    draft = replace(draft, inline_query=effect.command if effect else "")
    recent = await desk.store.inline.recent_photos(person, since=desk.clock() - RECENT, limit=2)
    at_hand = recent if effect is not None and len(recent) < effect.photos else []
    photos = [PlacedPhoto(one.photo, one.message_id) for one in at_hand]
    await desk.store.drafts.start(draft, photos, consumes=message.message_id)
    await request.advance(desk, draft.id)


def inline_photos_view(draft: Draft, words: Words, catalogue: Catalogue, cancel: Button) -> View:
    """What such a draft shows: how many photos are missing, or the way back."""
    effect = catalogue.named(draft.inline_query or "")
    missing = missing_photos(draft, catalogue)
    if missing > 0:
        if effect is None:
            return View(words("inline-send-any"), ((cancel,),))
        key = "ask-photo" if effect.photos == 1 else "ask-second-photo" if missing == 1 else "ask-two-photos"
        return View(words(key, order=order_of(effect), **titled(effect, words)), ((cancel,),))
    back = Button(words.plain("button-to-a-chat"), switch=draft.inline_query or "")
    return View(words("inline-go-back", count=effect.photos if effect else 1), ((back,),))


def missing_photos(draft: Draft, catalogue: Catalogue) -> int:
    """How many photos the effect that was typed still needs; 0 or less: none."""
    effect = catalogue.named(draft.inline_query or "")
    return (effect.photos if effect else 1) - len(draft.photos)
