"""Photos first: photos for inline mode are sent in private, and a button leads back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.inline.query import RECENT
from handlers.messages.payloads import START
from handlers.requests import drafts as request
from storage.drafts import DraftPhoto

if TYPE_CHECKING:
    from telegram import Message

    from handlers.context import Context


async def ask_for_photos(context: Context, message: Message, person: int, parameter: str) -> None:
    """A draft that collects photos for the effect that was typed; one that is at hand counts."""
    deps = context.deps
    effect = deps.catalogue.by_name(parameter.removeprefix(START).removeprefix("-"))
    draft = request.new_draft(deps, message, person, None)
    draft = replace(draft, inline_query=effect.command if effect else "")
    recent = await deps.store.inline.recent_photos(person, since=deps.clock() - RECENT, limit=2)
    at_hand = recent if effect is not None and len(recent) < effect.photos else []
    photos = [DraftPhoto(one.photo, one.message_id) for one in at_hand]
    await deps.store.drafts.start(draft, photos, consumes=message.message_id)
    await request.advance(deps, draft.id)
