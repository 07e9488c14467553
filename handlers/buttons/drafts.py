"""Drafts that begin with a press of a button under a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import thread_of
from handlers.requests import drafts as request
from handlers.requests.people import picture_permission
from storage import Draft, DraftState, ImageToVideoOptions
from storage.drafts import DraftPhoto

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import CallbackQuery, Message

    from handlers.context import Dependencies
    from handlers.localization import Locale
    from storage import Photo
    from video.effects.effect import Effect


def draft_at(
    deps: Dependencies,
    message: Message,
    query: CallbackQuery,
    effect: str | None,
    motion: ImageToVideoOptions | None = None,
) -> Draft:
    """A draft of the person who pressed, answering the message that they pressed under."""
    now = deps.clock()
    return Draft(
        id=deps.new_id(),
        state=DraftState.OPEN,
        chat_id=message.chat_id,
        thread_id=thread_of(message),
        person_id=query.from_user.id,
        message_id=message.message_id,
        media_group_id=None,
        language=query.from_user.language_code or "en",
        asker=query.from_user.first_name,
        effect=effect,
        motion=motion,
        held=False,
        reason=None,
        card_id=None,
        show_at=None,
        created_at=now,
        expires_at=now + request.EXPIRES,
    )


async def placed(
    deps: Dependencies, query: CallbackQuery, chat_id: int, photos: Sequence[Photo], locale: Locale
) -> list[DraftPhoto] | str:
    """The photos of a video for another one; whose profile picture is among them is asked anew.

    A sentence where somebody does not want that, or can't be asked.
    """
    found: list[DraftPhoto] = []
    for place, photo in enumerate(photos):
        name = await deps.store.users.name_of(photo.author_id) if photo.author_id is not None else None
        word = "fine"
        if photo.portrait and photo.author_id is not None:
            if chat_id > 0:
                return locale("consent-in-group")
            word = await picture_permission(deps, query.get_bot(), chat_id, photo.author_id)
        if word in {"never", "away"}:
            return locale(f"refused-{word}", name=name or "")
        found.append(DraftPhoto(photo, place, place, name, needs_consent=word == "ask"))
    return found


async def ask_people_again(
    deps: Dependencies,
    query: CallbackQuery,
    message: Message,
    photos: Sequence[Photo],
    effect: Effect,
    locale: Locale,
    motion: ImageToVideoOptions | None,
) -> str | None:
    """Another video with somebody's profile picture: a draft that asks them, as for the first one."""
    there = await placed(deps, query, message.chat_id, photos, locale)
    if isinstance(there, str):
        return there
    draft = draft_at(deps, message, query, effect.command, motion if effect.prompt else None)
    for waiting_id in await deps.store.consents.waiting_drafts(request.place(draft)):
        waiting = await deps.store.drafts.get(waiting_id)
        if waiting and (waiting.message_id, waiting.effect) == (draft.message_id, draft.effect):
            return locale("press-already-asked")
    await deps.store.drafts.start(draft, there, consumes=None)
    await request.advance(deps, draft.id)
    return None
