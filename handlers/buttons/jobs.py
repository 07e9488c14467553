"""Buttons under a job's messages. Every press is answered, only the owner's counts, and a double tap acts once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import Message
from telegram.constants import ChatType

from handlers.buttons.drafts import ask_first, photos_again
from handlers.commands.status import cancel_job
from handlers.messages import limits, names
from handlers.messages.payloads import JobAction, JobButton
from handlers.reply import answer_press, answer_query
from handlers.requests import drafts, image_to_video, jobs, permissions
from storage import Job, State
from storage.limits import Duplicate
from storage.models import FINAL, NOT_REMOVED, WITHHELD

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from video.effects.effect import Effect

_FOR_ADMINS = frozenset({JobAction.CANCEL, JobAction.WITHHOLD, JobAction.POST, JobAction.LEAVE, JobAction.DELETE})
"""What a group's admins may press, too."""


async def job_button(_update: Update, context: Context) -> None:
    """Do what the button says; answer with a pop-up if the chat does not show what happened."""
    button = JobButton.decode(context.callback_query.data)
    await answer_press(context, await _press(context, button) if button else None)


async def unknown_button(_update: Update, context: Context) -> None:
    """Answer a press whose data is not the bot's, so that the person's app does not wait."""
    await answer_query(context.callback_query)


async def _press(context: Context, button: JobButton) -> str | None:
    """Check who presses, then act; return the text of the pop-up, if there is one."""
    deps, locale = context.deps, context.locale
    job = await deps.store.jobs.get(button.job_id)
    if job is None or (job.removed_by is not None and button.action is not JobAction.DELETE):
        return locale("press-over")
    if button.action is JobAction.DELETE and may_delete(job, context.sender_id):
        return await _delete(context, job)
    # A job that was asked for in a group's name was asked for by one of its admins.
    for_admins = button.action in _FOR_ADMINS or job.person_id < 0
    if job.person_id != context.sender_id and not (for_admins and await _is_admin(context, job)):
        return locale("press-not-yours")
    match button.action:
        case JobAction.CANCEL:
            return (await cancel_job(context, job)).text
        case JobAction.WITHHOLD:
            return await _withhold(context, job)
        case JobAction.POST | JobAction.FETCH:
            return await (_post if button.action is JobAction.POST else _fetch)(context, job)
        case JobAction.LEAVE:
            left = await deps.store.transitions.leave(job.id, button.submit or 1, now=deps.clock())
            deps.wake()
            return None if left or job.state is State.CANCELLED else locale("press-over")
        case JobAction.RETRY if context.is_late:
            return locale("press-late")
        case JobAction.RETRY:
            return await _retry(context, job, button.submit or 1)
        case JobAction.DELETE:
            return await _delete(context, job)
        case JobAction.OTHER_EFFECT | JobAction.REWORD:
            effect = deps.catalogue.by_name(job.effect) if button.action is JobAction.REWORD else None
            return await _start_draft(context, job, effect)
        case JobAction.AGAIN | JobAction.SWAP | JobAction.WITH_EFFECT:
            return await _make_again(context, job, button)


async def _withhold(context: Context, job: Job) -> str:
    """Don't post a video that may be paid for; if it turned out to be free meanwhile, cancel it."""
    deps = context.deps
    if job.state is State.QUEUED or not job.cancel_requested:  # the press is older than what the chat shows
        return (await cancel_job(context, job)).text
    confirmed = await deps.store.transitions.confirm_cancel(job.id, context.sender_id, now=deps.clock())
    deps.wake()
    if confirmed is None:
        return context.locale("press-over")
    return context.locale("cancel-withheld" if confirmed.state is State.UNDELIVERABLE else "cancel-withholding")


async def _post(context: Context, job: Job) -> str | None:
    """Post a video after all; what an admin of the group does not want there, only an admin may post."""
    deps = context.deps
    by_owner = job.cancelled_by in {None, context.sender_id}
    if not by_owner and not await _is_admin(context, job):
        return context.locale("press-withheld-by-admin")
    if job.finished_at is None:
        posted = await deps.store.transitions.undo_cancel(job.id, now=deps.clock())
    else:
        posted = await deps.store.transitions.post(job.id, now=deps.clock())
    deps.wake()
    if posted is not None:
        return None
    message = context.callback_query.message
    if job.state is State.DELIVERED and (message is None or message.chat.id != job.chat_id):
        return context.locale("press-fetched-in-private")
    return None if job.state is State.DELIVERED else context.locale("press-over")


async def _retry(context: Context, job: Job, submit: int) -> str | None:
    """Have a lost submit sent again: the one with this number, and once, however often the press is handled.

    A button of an earlier version names no submit: it stands for the first one.
    """
    result = await jobs.retry(context.deps, job, submit)
    if isinstance(result, Duplicate) and job.state is State.NEEDS_DECISION:  # the message is not of the latest submit
        await context.deps.store.status_messages.redraw(job.id, now=context.deps.clock())
        return None
    if isinstance(result, Duplicate):
        return context.locale("press-over" if job.state in FINAL else "press-already")
    refusal = await jobs.refusal_of(context.deps, result, context.language)
    return None if refusal is None else limits.refusal_text(context.locale, refusal)


async def _make_again(context: Context, job: Job, button: JobButton) -> str | None:
    """Make the job again: as it was, with its photos swapped, or its first photo with another effect."""
    deps, locale = context.deps, context.locale
    effect = deps.catalogue.by_name(button.effect or job.effect)
    if effect is None or not deps.offers(effect):
        return locale("press-gone", **names.title_args(effect, locale)) if effect else locale("press-over")
    if effect.prompt and job.motion is None:
        return locale("press-over")  # forged: the job has no prompt
    photos = tuple(reversed(job.photos)) if button.action is JobAction.SWAP else job.photos
    photos = photos[: effect.max_photos]
    if not photos:
        return locale("press-over")  # they were of somebody who had their data deleted
    in_chat = isinstance(context.callback_query.message, Message)
    if in_chat and (context.is_late or any(photo.portrait for photo in photos)):
        return await ask_first(context, photos, effect, job.motion)
    if context.is_late:
        return locale("press-late")
    variant = f"{button.action}:{effect.command}"
    result = await jobs.enqueue_again(deps, job, effect, photos, variant=variant, query_id=context.callback_query.id)
    if isinstance(result, Duplicate):
        return locale("press-already")
    refusal = await jobs.refusal_of(deps, result, context.language)
    if refusal is not None:
        return limits.refusal_text(locale, refusal)
    return locale("press-queued", **names.title_args_of(effect.command, deps.catalogue, locale))


async def _start_draft(context: Context, job: Job, effect: Effect | None) -> str | None:
    """Start a draft with the job's photos, which asks for an effect, or for a new prompt if the effect is given."""
    deps = context.deps
    if not isinstance(context.callback_query.message, Message):
        return None
    if effect is not None and not (effect.prompt and deps.offers(effect)):
        return context.locale("press-over")
    broken = await permissions.broken_rule(deps, context.message.chat_id, context.sender_id, effect)
    if broken is not None:
        return limits.refusal_text(context.locale, broken)
    motion = await image_to_video.initial_options(deps, effect, context.sender_id) if effect else None
    draft = replace(drafts.new_draft(context, effect.command if effect else None), motion=motion)
    before = await deps.store.drafts.open_for(drafts.key_of(draft))
    if before is not None and before.effect == draft.effect and before.photos == job.photos:
        return None  # a double tap
    photos = await photos_again(context, job.photos)
    if isinstance(photos, str):
        return photos
    await deps.store.drafts.start(draft, photos, consumes=None)
    await drafts.advance(deps, draft.id)
    return None


async def _fetch(context: Context, job: Job) -> str | None:
    """Deliver a video that could not be delivered: where it was to be shown, or in the owner's private chat."""
    message, deps, locale = context.callback_query.message, context.deps, context.locale
    if message is None or message.chat.id not in {job.chat_id, job.person_id}:
        return locale("press-over")
    if job.reason == WITHHELD and message.chat.id != job.person_id:
        return await _post(context, job)
    own = message.chat.id == job.chat_id and message.message_id == job.card_id
    moved = await deps.store.transitions.redeliver_to(
        job.id,
        message.chat.id,
        message_id=job.message_id if own else message.message_id,
        card_id=job.card_id if own else None,
        now=deps.clock(),
    )
    deps.wake()
    if moved is not None or job.finished_at is None:
        return locale("press-on-its-way")
    return locale("fetch-here-already" if job.state is State.DELIVERED else "press-over")


async def _is_admin(context: Context, job: Job) -> bool:
    """Return True if an admin of the job's group presses, under a message in that group."""
    message = context.callback_query.message
    if message is None or message.chat.type == ChatType.PRIVATE or message.chat.id != job.chat_id:
        return False
    return await context.deps.chat_members.is_admin(message.chat.id, context.sender_id)


async def _delete(context: Context, job: Job) -> str:
    """Have the video deleted; a second press gets the same answer, or reads that it was not possible."""
    if job.state is not State.DELIVERED:
        return context.locale("press-over")
    if job.reason == NOT_REMOVED:
        return context.locale("cannot-remove-in-group" if job.chat_id < 0 else "cannot-remove-in-private")
    await context.deps.store.status_messages.request_deletion(job.id, context.sender_id, now=context.deps.clock())
    context.deps.wake()
    return context.locale("press-removing")


def may_delete(job: Job, user_id: int) -> bool:
    """Return True for the user who asked for the video, for everybody whose photo is in it, and who had it deleted."""
    return user_id in {job.person_id, job.removed_by, *(photo.author_id for photo in job.photos)}
