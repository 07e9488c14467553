"""Buttons: every press is answered, only the owner's counts, and a double tap does it once."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import Message
from telegram.constants import ChatType
from telegram.error import BadRequest

from handlers.buttons.drafts import ask_people_again, draft_at, placed
from handlers.commands.status import cancel_job
from handlers.inline.choice import press_start
from handlers.message import callback_data_of
from handlers.messages.limits import refusal_text
from handlers.messages.names import title_args, title_args_of
from handlers.requests import drafts as request
from handlers.requests.image_to_video import motion_of
from handlers.requests.jobs import enqueue_again, limit_reached
from handlers.requests.permissions import denial
from storage import Draft, DraftState, State
from storage.limits import Duplicate
from video.effects.models import ImageToVideoModel

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage import Job, Photo
    from video.effects.effect import Effect


async def press(update: Update, context: Context) -> None:
    """`ACTION:ID[:EFFECT]`; the pop-up that answers says what happened where the chat does not show it."""
    query = update.callback_query
    if query is None:
        return
    locale = context.deps.locale(query.from_user.language_code)
    action, *rest = (query.data or "").split(":")
    if action == "want" and len(rest) == 1:
        said = await _want(context, query, rest[0], locale)
    elif action == "begin" and rest:
        said = await press_start(context, query, rest, locale)
    elif action in {"pick", "run", "drop", "model"} and rest:
        said = await _on_draft(context, query, action, rest, locale)
    elif action in {"cancel", "retry", "leave", "again", "swap", "with", "other", "reword", "remove"} and rest:
        said = await _on_job(context, query, action, rest, locale)
    else:
        said = None
    with suppress(BadRequest):  # "query is too old": the press itself has had its effect
        await query.answer(said and _plain(said))


def _plain(text: str) -> str:
    """A pop-up shows no HTML, and at most 200 characters."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))[:200]


async def _want(context: Context, query: CallbackQuery, name: str, locale: Locale) -> str | None:
    """An effect chosen before there are photos: its draft asks for them."""
    effect = context.deps.catalogue.by_name(name)
    message = query.message
    if effect is None or not isinstance(message, Message):
        return None
    if not context.deps.offers(effect):
        return locale("press-gone", **title_args(effect, locale))
    forbidden = await denial(context.deps, context.bot, message.chat_id, query.from_user.id, effect)
    if forbidden is not None:
        return locale(forbidden)
    motion = await motion_of(context.deps, effect, query.from_user.id)
    draft = draft_at(context.deps, message, query, effect.command, motion)
    before = await context.deps.store.drafts.open_for(request.place(draft))
    if before is not None and before.effect == effect.command and not before.photos:
        return None  # a double tap
    await context.deps.store.drafts.start(draft, [], consumes=None)
    await request.advance(context.deps, draft.id)
    return None


async def _on_draft(context: Context, query: CallbackQuery, action: str, rest: list[str], locale: Locale) -> str | None:
    deps = context.deps
    draft = await deps.store.drafts.get(rest[0])
    if draft is None or draft.state is not DraftState.OPEN:
        return locale("press-over")
    if draft.person_id != query.from_user.id and not await _spoke_as_chat(context, query, draft):
        return locale("press-not-yours")
    # Data that no button of the message sends was made up: the message may be anyone's.
    card_id = query.message.message_id if query.message and query.data in callback_data_of(query.message) else None
    if action == "drop":
        await deps.store.drafts.end(draft.id, "cancelled", now=deps.clock())
        deps.wake()
    elif action == "run":
        await request.release(deps, draft, card_id)
    elif action == "model":
        if len(rest) == 2 and rest[1] in set(ImageToVideoModel):
            await request.choose_model(deps, draft, ImageToVideoModel(rest[1]), card_id)
    else:
        effect = deps.catalogue.by_name(rest[1]) if len(rest) == 2 else None
        if effect is not None and not deps.offers(effect):
            return locale("press-gone", **title_args(effect, locale))
        if effect is not None:
            forbidden = await denial(deps, context.bot, draft.chat_id, query.from_user.id, effect)
            if forbidden is not None:
                return locale(forbidden)
            await request.choose_effect(deps, draft, effect, card_id)
    return None


async def _on_job(context: Context, query: CallbackQuery, action: str, rest: list[str], locale: Locale) -> str | None:
    deps = context.deps
    job = await deps.store.jobs.get(rest[0])
    if job is None:
        return locale("press-over")
    if action == "remove" and may_remove(job, query.from_user.id):
        return await remove(deps, job, query.from_user.id, locale)
    # Who asked in a group's name was one of its admins.
    stops = action in {"cancel", "leave", "remove"} or job.person_id < 0
    if job.person_id != query.from_user.id and not (stops and await _is_admin(context, query, job)):
        return locale("press-not-yours")
    match action:
        case "cancel":
            return await cancel_job(deps, job, locale)
        case "leave":
            await deps.store.transitions.cancel(job.id, now=deps.clock())
            deps.wake()
            return None
        case "retry":
            await deps.store.transitions.retry(job.id, now=deps.clock())
            deps.wake()
            return None
        case "remove":
            return await remove(deps, job, query.from_user.id, locale)
        case "other" | "reword":
            effect = deps.catalogue.by_name(job.effect) if action == "reword" else None
            forbidden = await denial(deps, context.bot, job.chat_id, query.from_user.id, effect)
            if forbidden is not None:
                return locale(forbidden)
            return await _other(deps, query, job, effect, locale)
        case _:
            return await _once_more(context, query, job, action, rest, locale)


async def _once_more(
    context: Context, query: CallbackQuery, job: Job, action: str, rest: list[str], locale: Locale
) -> str | None:
    """Again, with the sides swapped, or the first photo with another effect."""
    deps = context.deps
    effect = deps.catalogue.by_name(rest[1] if action == "with" and len(rest) == 2 else job.effect)
    if effect is None or not deps.offers(effect):
        return locale("press-gone", **title_args(effect, locale)) if effect else locale("press-over")
    forbidden = await denial(deps, context.bot, job.chat_id, query.from_user.id, effect)
    if forbidden is not None:
        return locale(forbidden)
    photos: tuple[Photo, ...] = job.photos
    if action == "swap":
        photos = tuple(reversed(photos))
    if effect.prompt and job.motion is None:
        return locale("press-over")  # made up: no other effect has words to go on with
    photos = photos[: effect.max_photos]
    if isinstance(query.message, Message) and any(photo.portrait for photo in photos):
        return await ask_people_again(deps, query, query.message, photos, effect, locale, job.motion)
    outcome = await enqueue_again(deps, job, effect, photos, variant=f"{action}:{effect.command}", press=query.id)
    if isinstance(outcome, Duplicate):
        return locale("press-already")
    reason = limit_reached(outcome, deps.limits, now=deps.clock())
    if reason:
        return refusal_text(locale, reason)
    return locale("press-queued", **title_args_of(effect.command, deps.catalogue, locale))


async def _other(
    deps: Dependencies, query: CallbackQuery, job: Job, effect: Effect | None, locale: Locale
) -> str | None:
    """The same photos with another effect: a draft that asks which; or an animation's with other words."""
    message = query.message
    if not isinstance(message, Message):
        return None
    if effect is not None and not (effect.prompt and deps.offers(effect)):
        return locale("press-over")
    motion = await motion_of(deps, effect, query.from_user.id) if effect else None
    draft = draft_at(deps, message, query, effect.command if effect else None, motion)
    before = await deps.store.drafts.open_for(request.place(draft))
    if before is not None and before.effect == draft.effect and before.photos == job.photos:
        return None  # a double tap
    photos = await placed(deps, query, job.chat_id, job.photos, locale)
    if isinstance(photos, str):
        return photos
    await deps.store.drafts.start(draft, photos, consumes=None)
    await request.advance(deps, draft.id)
    return None


async def _spoke_as_chat(context: Context, query: CallbackQuery, draft: Draft) -> bool:
    """Whether the draft was asked for in a chat's name, and somebody presses who runs its group."""
    return draft.person_id < 0 and await context.deps.chat_members.is_admin(
        context.bot, draft.chat_id, query.from_user.id
    )


async def _is_admin(context: Context, query: CallbackQuery, job: Job) -> bool:
    """Whether somebody else pressed who runs the group of this job."""
    message = query.message
    if message is None or message.chat.type == ChatType.PRIVATE or message.chat.id != job.chat_id:
        return False
    if job.person_id == query.from_user.id:
        return False
    return await context.deps.chat_members.is_admin(context.bot, message.chat.id, query.from_user.id)


async def remove(deps: Dependencies, job: Job, person_id: int, locale: Locale) -> str:
    """Have the video deleted; a second press finds that done, and is told the same."""
    if job.state is not State.DELIVERED:
        return locale("press-over")
    await deps.store.status_messages.request_deletion(job.id, person_id, now=deps.clock())
    deps.wake()
    return locale("removed")


def may_remove(job: Job, person_id: int) -> bool:
    """Whether the person is the one who asked, or one whose photo it was made of."""
    return person_id in {job.person_id, *(photo.author_id for photo in job.photos)}
