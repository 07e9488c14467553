"""Buttons that start a draft or complete one: an effect, a model, Start, Cancel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import Message

from handlers.message import callback_data_of
from handlers.messages import limits, names, payloads
from handlers.reply import answer_press
from handlers.requests import drafts, image_to_video, people, permissions
from storage import Draft, DraftState
from storage.drafts import DraftPhoto
from video.effects.models import MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from handlers.context import Context
    from storage import ImageToVideoOptions, Photo
    from video.effects.effect import Effect


async def draft_button(_update: Update, context: Context) -> None:
    """Do what the button says; answer with a pop-up if the chat does not show what happened."""
    query, text = context.callback_query, None
    if new := payloads.NewDraftButton.decode(query.data):
        text = await _start_draft(context, new.effect)
    elif button := payloads.DraftButton.decode(query.data):
        text = await _change_draft(context, button)
    await answer_press(context, text)


async def _start_draft(context: Context, command: str) -> str | None:
    """Start a draft for an effect, which asks for photos."""
    deps = context.deps
    effect, message = deps.catalogue.by_name(command), context.callback_query.message
    if effect is None or not isinstance(message, Message):
        return None
    refused = await _refused(context, message.chat_id, effect)
    if refused is not None:
        return refused
    motion = await image_to_video.initial_options(deps, effect, context.sender_id)
    draft = replace(drafts.new_draft(context, effect.command), motion=motion)
    before = await deps.store.drafts.open_for(drafts.key_of(draft))
    if before is not None and before.effect == effect.command and not before.photos:
        return None  # a double tap
    await deps.store.drafts.start(draft, [], consumes=None)
    await drafts.advance(deps, draft.id)
    return None


async def _change_draft(context: Context, button: payloads.DraftButton) -> str | None:
    deps, query = context.deps, context.callback_query
    draft = await deps.store.drafts.get(button.draft_id)
    if draft is None or draft.state is not DraftState.OPEN:
        return context.locale("press-over")
    if draft.person_id != context.sender_id and not await _administers(context, draft):
        return context.locale("press-not-yours")
    genuine = query.message is not None and query.data in callback_data_of(query.message)
    card_id = query.message.message_id if query.message and genuine else None  # forged: the message may be anyone's
    if context.is_late and button.action is not payloads.DraftAction.CANCEL:
        if draft.held:
            return context.locale("press-late")
        await deps.store.drafts.hold(draft.id)
    match button.action:
        case payloads.DraftAction.CANCEL:
            await deps.store.drafts.end(draft.id, "cancelled", now=deps.clock())
            deps.wake()
        case payloads.DraftAction.RUN | payloads.DraftAction.CONFIRM:
            shown, late = button.choice, context.is_late
            await (drafts.advance(deps, draft.id) if late else drafts.release(deps, draft, card_id, shown))
        case payloads.DraftAction.CHOOSE_MODEL:
            if (model := MODELS.get(button.choice or "")) is not None:
                await drafts.choose_model(deps, draft, model, card_id)
        case payloads.DraftAction.CHOOSE_EFFECT:
            effect = deps.catalogue.by_name(button.choice or "")
            if effect is not None:
                refused = await _refused(context, draft.chat_id, effect)
                if refused is not None:
                    return refused
                await drafts.choose_effect(deps, draft, effect, card_id)
    return None


async def _refused(context: Context, chat_id: int, effect: Effect) -> str | None:
    """Return why the sender may not have this effect in this chat, None if they may."""
    if not context.deps.offers(effect):
        return context.locale("press-gone", **names.title_args(effect, context.locale))
    broken = await permissions.broken_rule(context.deps, chat_id, context.sender_id, effect)
    return limits.refusal_text(context.locale, broken) if broken is not None else None


async def _administers(context: Context, draft: Draft) -> bool:
    """Return True if the draft was asked for in a chat's name, and an admin of its group presses."""
    if draft.person_id > 0:
        return False
    return await context.deps.chat_members.is_admin(draft.chat_id, context.sender_id)


async def photos_again(context: Context, photos: Sequence[Photo]) -> list[DraftPhoto] | str:
    """Return a job's photos for another draft in this chat; people's consent is asked anew.

    A text is returned instead if somebody refuses, or can't be asked.
    """
    found: list[DraftPhoto] = []
    for place, photo in enumerate(photos):
        author_id = photo.author_id
        known = await context.deps.store.users.name_of(author_id) if author_id is not None else None
        name = context.locale.name_of(author_id, known or "") if author_id is not None else None
        needs_consent: bool | permissions.PictureRefusal = False
        if photo.portrait and author_id is not None:
            if context.message.chat_id > 0:
                return context.locale("consent-in-group")
            needs_consent = await people.consent_needed(context, context.message.chat_id, author_id)
        if isinstance(needs_consent, permissions.PictureRefusal):
            return limits.refusal_text(context.locale, permissions.PersonRefused(needs_consent, name or ""))
        found.append(DraftPhoto(photo, place, place, name, needs_consent=needs_consent))
    return found


async def ask_first(
    context: Context, photos: Sequence[Photo], effect: Effect, motion: ImageToVideoOptions | None
) -> str | None:
    """Start a draft for another video, which asks those whose profile pictures are in it; return a text if it can't.

    If the press was found late, the draft asks the person who pressed, too.
    """
    deps = context.deps
    draft_photos = await photos_again(context, photos)
    if isinstance(draft_photos, str):
        return draft_photos
    draft = replace(
        drafts.new_draft(context, effect.command), motion=motion if effect.prompt else None, held=context.is_late
    )
    before = await deps.store.drafts.open_for(drafts.key_of(draft))
    if before is not None and before.held and (before.message_id, before.effect) == (draft.message_id, draft.effect):
        return None  # a double tap
    for waiting_id in await deps.store.consents.waiting_drafts(drafts.key_of(draft)):
        waiting = await deps.store.drafts.get(waiting_id)
        if waiting and (waiting.message_id, waiting.effect) == (draft.message_id, draft.effect):
            return context.locale("press-already-asked")
    await deps.store.drafts.start(draft, draft_photos, consumes=None)
    await drafts.advance(deps, draft.id)
    return None
