"""Every way of asking becomes a draft: caption, album, reply, photo first, command first, photos one by one.

A draft holds an effect, photos, or both. As soon as it has all that its effect needs, it becomes a job. Each message
takes effect once; handled again, it changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.message import draft_key_of, sender_id_of, sender_name_of, thread_of
from handlers.pictures import photo_from_elsewhere, photo_of
from handlers.requests import albums, image_to_video, jobs, people, permissions, requirements
from storage import Draft, DraftState
from storage.drafts import DraftKey, DraftPhoto
from storage.people import consents
from storage.people.users import PicturePermission

if TYPE_CHECKING:
    from telegram import Message

    from handlers.context import Context, Dependencies
    from storage import Photo
    from video.effects.effect import Effect
    from video.effects.models import ImageToVideoModel

LIFETIME = 600.0
"""Seconds that a draft waits for what is missing."""
CONSENT_LIFETIME = 1800.0
"""Seconds that a person has to say whether their profile picture may be used."""

_REPLIED_PLACE = albums.OWN_PLACE + 1  # the message's own photos stand left of those that it replies to


async def from_command(context: Context, effect: Effect, text: str = "") -> None:
    """Start a draft for a command, with its own photos, those that it replies to, or those that were sent before.

    Args:
        context: of the message.
        effect: the one that the command names.
        text: what follows the command. As a prompt it may mention people without asking for their pictures.
    """
    deps, message, sender_id = context.deps, context.message, context.sender_id
    if await _already_handled(deps, message):
        return
    if (joined := await albums.request_to_join(context, effect)) is not None:
        await _add_photo(context, joined, photo_of(message), effect.command)
        return
    motion = await image_to_video.initial_options(deps, effect, sender_id, text)
    photos = await _photos_with_command(context, effect)
    named = people.NamedPeople() if effect.prompt else await people.named_people(context, effect, have=len(photos))
    if not photos and named.is_empty and message.media_group_id is None:
        before = await deps.store.drafts.open_for(draft_key_of(message, sender_id))
        if before is not None and before.effect is None and before.photos:
            await deps.store.drafts.choose_effect(before, effect.command, motion=motion, message_id=message.message_id)
            await advance(deps, before.id)
            return
    note = named.note or albums.note_without_photo(message)
    draft = _draft_from_message(context, effect.command)
    draft = replace(draft, motion=motion, note=note.encode() if note else None)
    if named.refused is not None:
        draft = replace(draft, state=DraftState.REFUSED, reason=named.refused.encode(), show_at=deps.clock())
    await deps.store.drafts.start(draft, [*photos, *named.photos], consumes=message.message_id)
    await advance(deps, draft.id)


async def from_photo(context: Context) -> bool:
    """Add a photo without a command to the draft that waits for it; in a private chat, it may start a draft.

    Returns:
        True if the photo is used, or its album is known.
    """
    deps, message = context.deps, context.message
    photo = photo_of(message)
    if photo is None or await _already_handled(deps, message):
        return True
    album = message.media_group_id
    await deps.store.drafts.remember_photo(message.chat_id, message.message_id, album, photo, now=deps.clock())
    of_album = await deps.store.drafts.of_album(message.chat_id, album) if album is not None else []
    if of_album:
        draft = albums.request_for_photo(deps, of_album)
        if draft is None and of_album[0].state is DraftState.DONE:
            await _note_extra_photo(deps, message)
    else:
        draft = await _draft_for_photo(context)
        if draft is None and message.chat.type == ChatType.PRIVATE:
            draft = replace(_draft_from_message(context, None), singly=album is None)
            await deps.store.drafts.start(draft, [DraftPhoto(photo, message.message_id)], consumes=message.message_id)
            await advance(deps, draft.id)
            return True
    if draft is not None:
        await _add_photo(context, draft, photo)
    return draft is not None or bool(of_album)


async def _add_photo(context: Context, draft: Draft, photo: Photo | None, effect: str | None = None) -> None:
    """Add the photo of the message, if it has one, to a draft; its caption may be the words that the draft waits for.

    Args:
        context: of the message.
        draft: the draft that the message belongs to.
        photo: the message's photo.
        effect: the effect that the caption names, None if it has no command.
    """
    deps, message = context.deps, context.message
    drafts, album, now = deps.store.drafts, message.media_group_id, deps.clock()
    added, motion = [], None
    if photo is not None:
        await drafts.remember_photo(message.chat_id, message.message_id, album, photo, now=now, effect=effect)
        spare = album is not None and draft.media_group_id == album and await albums.is_full(deps, draft)
        place = albums.SPARE_PLACE if spare else albums.OWN_PLACE
        added = [_with_author(DraftPhoto(photo, message.message_id, place), message, draft.person_id)]
    if context.command is None and message.caption and image_to_video.awaits_text(deps, draft, context.sender_id):
        motion = await image_to_video.updated_options(deps, draft, message.caption)
    await drafts.add_photos(draft, added, consumes=message.message_id, expires_at=now + LIFETIME, motion=motion)
    if album is not None and draft.media_group_id is None and draft.effect is not None:
        await drafts.join_album(draft.id, album)
    if draft.state is DraftState.DONE:
        await _note_extra_photo(deps, message)
    await advance(deps, draft.id)


async def _note_extra_photo(deps: Dependencies, message: Message) -> None:
    """Have the status message say that the album has more photos than its job used."""
    await deps.store.jobs.mark_extra_photos(message.chat_id, message.media_group_id or "", now=deps.clock())
    deps.wake()


async def from_words(context: Context) -> bool:
    """Add a text without a command to the image-to-video draft that waits for it; return True if there is one.

    In a group, only a reply to the draft's question counts.
    """
    deps, message = context.deps, context.message
    if await _already_handled(deps, message):
        return True
    draft = None
    if message.reply_to_message is not None:
        draft = await deps.store.drafts.by_question(message.chat_id, message.reply_to_message.message_id)
    if draft is None and message.chat.type == ChatType.PRIVATE:
        draft = await deps.store.drafts.open_for(draft_key_of(message, context.sender_id))
    if draft is None or not message.text or not image_to_video.awaits_text(deps, draft, context.sender_id):
        return False
    motion = await image_to_video.updated_options(deps, draft, message.text)
    await deps.store.drafts.set_words(draft, motion, consumes=message.message_id, expires_at=deps.clock() + LIFETIME)
    await advance(deps, draft.id)
    return True


async def album_is_known(context: Context) -> bool:
    """Return True if the message's album has a photo or a request: then its videos and files need no answer."""
    drafts, message = context.deps.store.drafts, context.message
    album = message.media_group_id
    if album is None:
        return False
    of_album = await drafts.of_album(message.chat_id, album)
    return bool(of_album or await drafts.album_photos(message.chat_id, album))


async def advance(deps: Dependencies, draft_id: str, *, card_id: int | None = None) -> None:
    """Make a complete draft a job; otherwise have its question drawn.

    An album that may still grow, and whose further photos could be used, is waited for first.

    Args:
        deps: what handlers work with.
        draft_id: the draft.
        card_id: the question whose button was pressed; it becomes the job's status message.
    """
    draft = await deps.store.drafts.get(draft_id)
    if draft is None or draft.state is not DraftState.OPEN:
        deps.wake()
        return
    effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
    refusal = await _refusal(deps, draft, effect)
    if refusal is not None:
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason=refusal.encode())
        deps.wake()
        return
    growing = await _may_grow(deps, draft, effect) and card_id is None
    if effect is not None and _is_complete(draft, effect) and not growing:
        await _run(deps, draft, effect, card_id)
        return
    now = deps.clock()
    wait = deps.policy.album_wait if draft.media_group_id is not None and card_id is None else 0
    await deps.store.drafts.redraw(draft.id, at=now + wait)
    deps.wake()


async def complete_album(deps: Dependencies, draft: Draft) -> bool:
    """Run a draft that waited only for its album to end; return True if it ran."""
    fresh = await deps.store.drafts.get(draft.id)
    if fresh is None or fresh.state is not DraftState.OPEN or fresh.show_at != draft.show_at:
        return False
    effect = deps.catalogue.by_name(fresh.effect) if fresh.effect else None
    if effect is None or fresh.waits_for is not None or not deps.offers(effect):
        return False
    if shared := await albums.photos_to_share(deps, fresh, effect):
        await deps.store.drafts.add_photos(fresh, shared, consumes=None, expires_at=fresh.expires_at)
        fresh = await deps.store.drafts.get(fresh.id) or fresh
    if not _is_complete(fresh, effect):
        return False
    await _run(deps, fresh, effect, None)
    return True


async def choose_effect(deps: Dependencies, draft: Draft, effect: Effect, card_id: int | None) -> None:
    """Set the effect that was chosen by a button."""
    motion = await image_to_video.initial_options(deps, effect, draft.person_id)
    await deps.store.drafts.choose_effect(draft, effect.command, motion=motion)
    await advance(deps, draft.id, card_id=card_id)


async def choose_model(deps: Dependencies, draft: Draft, model: ImageToVideoModel, card_id: int | None) -> None:
    """Set the image-to-video model that was chosen by a button; it decides how many of the photos are used."""
    effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
    if (
        draft.motion is not None
        and effect is not None
        and requirements.missing_part(draft, effect) is requirements.MissingPart.MODEL
    ):
        motion = replace(draft.motion, model=model.name)
        await deps.store.drafts.choose_model(draft, motion, photos=model.max_photos)
    await advance(deps, draft.id, card_id=card_id)


async def release(deps: Dependencies, draft: Draft, card_id: int | None, shown: str | None) -> None:
    """Run a draft that waited for a tap: it was found late, or `shown` is the digest of its corrected options."""
    motion = draft.motion
    agreed = motion is not None and shown == image_to_video.digest(motion)
    await deps.store.drafts.release(draft.id, replace(motion, corrected=False) if motion and agreed else None)
    await advance(deps, draft.id, card_id=card_id)


def key_of(draft: Draft) -> DraftKey:
    """Return the key of a draft."""
    return DraftKey(draft.chat_id, draft.thread_id, draft.person_id)


def new_draft(context: Context, effect: str | None) -> Draft:
    """Return a draft of the sender that answers the message of this update."""
    deps, message, now = context.deps, context.message, context.deps.clock()
    return Draft(
        id=deps.new_id(),
        state=DraftState.OPEN,
        chat_id=message.chat_id,
        thread_id=thread_of(message),
        person_id=context.sender_id,
        message_id=message.message_id,
        media_group_id=None,
        language=context.language,
        asker=context.locale.name_of(context.sender_id, context.sender_name),
        effect=effect,
        held=False,
        reason=None,
        card_id=None,
        show_at=None,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def _draft_from_message(context: Context, effect: str | None) -> Draft:
    """Return a draft that begins with the message; one with an effect is held if the message was found late."""
    held = effect is not None and context.is_late
    return replace(new_draft(context, effect), media_group_id=context.message.media_group_id, held=held)


async def _already_handled(deps: Dependencies, message: Message) -> bool:
    """Return True if this message took effect before; finish what it may have left unfinished."""
    draft = await deps.store.drafts.by_message(message.chat_id, message.message_id)
    if draft is None:
        return False
    if draft.state is DraftState.OPEN:
        await advance(deps, draft.id)
    return True


async def _draft_for_photo(context: Context) -> Draft | None:
    """Return the open draft that a photo of no known album belongs to: the one it answers, or the sender's own."""
    drafts, message = context.deps.store.drafts, context.message
    if message.reply_to_message is not None:
        answered = await drafts.by_question(message.chat_id, message.reply_to_message.message_id)
        if answered is not None:
            return answered
    own = await drafts.open_for(draft_key_of(message, context.sender_id))
    if own is not None and own.media_group_id is not None and message.media_group_id is not None:
        return own if own.effect is not None else None  # another album is another request
    return own


async def _may_grow(deps: Dependencies, draft: Draft, effect: Effect | None) -> bool:
    """Return True if the draft's album may bring more photos that its effect can use."""
    if draft.media_group_id is None or any(photo.portrait for photo in draft.photos):
        return False
    return effect is None or await deps.store.drafts.own_photos(draft.id) < effect.max_photos


def _is_complete(draft: Draft, effect: Effect) -> bool:
    return not draft.held and requirements.missing_part(draft, effect) is None


async def _refusal(deps: Dependencies, draft: Draft, effect: Effect | None) -> permissions.Refusal | None:
    """Return what forbids the draft already now, before anybody is asked for what is missing."""
    if effect is not None and not deps.offers(effect):  # the service dropped it after it was chosen
        return permissions.LimitReached(permissions.LimitKind.RETIRED)
    return await permissions.broken_rule(deps, draft.chat_id, draft.person_id, effect)


async def _run(deps: Dependencies, draft: Draft, effect: Effect, card_id: int | None) -> None:
    """Enqueue a complete draft, unless somebody has to be asked for consent first."""
    if not await _asks_for_consent(deps, draft, effect):
        await jobs.enqueue(deps, draft, effect, card_id=card_id)


async def _asks_for_consent(deps: Dependencies, draft: Draft, effect: Effect) -> bool:
    """Have the next person asked whose profile picture needs consent; return False if nobody's does.

    If they have said "never" meanwhile, or can't be asked now, the draft is refused.
    """
    if not any(photo.portrait for photo in draft.photos):
        return False
    subject = requirements.consent_subject(draft, effect)
    request = await deps.store.consents.next_request(draft.id, subject)
    if request is None:
        return False
    why = await _ask(deps, draft, request, subject)
    if why is not None:
        reason = permissions.PersonRefused(why, request.name).encode()
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason=reason)
    deps.wake()
    return True


async def _ask(
    deps: Dependencies, draft: Draft, request: consents.ConsentRequest, subject: str
) -> permissions.PictureRefusal | None:
    """Have a person asked for consent to the video with this digest; return why they can't be, None if they are."""
    now = deps.clock()
    permission = await deps.store.users.picture_permission(request.person_id)
    if permission is PicturePermission.NEVER and draft.waits_for != request.person_id:
        return permissions.PictureRefusal.NEVER
    expires_at = now + CONSENT_LIFETIME
    match await deps.store.consents.wait_for(draft.id, request, subject, expires_at=expires_at, now=now):
        case consents.Obstacle.OPEN:
            return permissions.PictureRefusal.BUSY
        case consents.Obstacle.RECENT:
            return permissions.PictureRefusal.PAUSED
    return None


async def _photos_with_command(context: Context, effect: Effect) -> list[DraftPhoto]:
    """Return the photos that come with a command: its own, or its album's, then those that it replies to."""
    deps, message = context.deps, context.message
    if message.media_group_id is not None:
        own = await albums.photos_for(deps, message, effect)
    else:
        own = await _album_of(deps, message, albums.OWN_PLACE)
    replied, elsewhere = message.reply_to_message, photo_from_elsewhere(message, _REPLIED_PLACE, context.sender_id)
    if len(own) >= effect.max_photos or (replied is None and elsewhere is None):
        return own
    if replied is None or elsewhere is not None:
        return [*own, *filter(None, [elsewhere])]
    album = await _album_of(deps, replied, _REPLIED_PLACE)
    others = [_with_author(photo, replied, context.sender_id) for photo in album]
    # If the album has too many photos, take the one that was replied to and its left neighbour.
    if len(own) + len(others) > effect.max_photos:
        room = max(0, effect.photos - len(own))
        index = next((i for i, photo in enumerate(others) if photo.message_id == replied.message_id), 0)
        first = max(0, min(index, index - room + 1))
        others = others[first : first + room]
    return own + others


def _with_author(photo: DraftPhoto, message: Message, asker_id: int) -> DraftPhoto:
    """Note who sent a photo, if it was somebody else than who asks for the video."""
    author_id = sender_id_of(message)
    if author_id is None or author_id == asker_id:
        return photo
    return replace(photo, photo=replace(photo.photo, author_id=author_id), author=sender_name_of(message))


async def _album_of(deps: Dependencies, message: Message, place: int) -> list[DraftPhoto]:
    """Return a message's photo, with the photos of its album that were seen before."""
    photo = photo_of(message)
    if photo is None:
        return []
    album = message.media_group_id
    await deps.store.drafts.remember_photo(message.chat_id, message.message_id, album, photo, now=deps.clock())
    if album is None:
        return [DraftPhoto(photo, message.message_id, place)]
    seen = await deps.store.drafts.album_photos(message.chat_id, album)
    return [DraftPhoto(one.photo, one.message_id, place) for one in seen]
