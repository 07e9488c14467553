"""ONE meaning for every way of asking: caption, album, reply, photo first, command first, one photo after another.

Whatever a person does becomes a draft (an effect, photos, or both); as soon as it has all that its effect
needs, it becomes a job. Every message takes effect once: handled again, it changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.message import language_of, photo_of, place_of, sender_id_of, sender_name_of
from handlers.requests.image_to_video import answered, motion_of, waits_for_words
from handlers.requests.jobs import enqueue
from handlers.requests.people import NamedPeople, named_people
from handlers.requests.requirements import missing_part
from storage import Draft, DraftState
from storage.drafts import DraftKey, DraftPhoto

if TYPE_CHECKING:
    from telegram import Message

    from handlers.context import Dependencies
    from video.effects.effect import Effect
    from video.effects.models import ImageToVideoModel

EXPIRES = 600.0
"""Seconds that a draft waits for what is missing."""
CONSENT_EXPIRES = 1800.0
"""Seconds that a person is given to say whether their profile picture may be used."""
STALE = 600.0
"""Seconds after which a message that asks for a video is not acted on without a tap."""

_OWN, _REPLIED = 0, 1  # the message's own photos stand before those that it replies to


async def from_command(deps: Dependencies, message: Message, person: int, effect: Effect, said: str = "") -> None:
    """A command that names an effect: with photos of its own, with those it replies to, or with those sent before.

    `said` is what was written behind it: an animation's words, in which people are no more than words.
    """
    if await _had_its_effect(deps, message):
        return
    motion = await motion_of(deps, effect, person, said)
    photos = await _photos_with(deps, message, person, effect)
    people = NamedPeople() if effect.prompt else await named_people(deps, message, person, effect, have=len(photos))
    if not photos and people.is_empty:
        before = await deps.store.drafts.open_for(place_of(message, person))
        if before is not None and before.effect is None and before.photos:
            await deps.store.drafts.choose_effect(before, effect.command, motion=motion, message_id=message.message_id)
            await advance(deps, before.id)
            return
    draft = replace(new_draft(deps, message, person, effect.command), motion=motion, note=people.note)
    if people.refused is not None:
        draft = replace(draft, state=DraftState.REFUSED, reason=people.refused, show_at=deps.clock())
    await deps.store.drafts.start(draft, [*photos, *people.photos], consumes=message.message_id)
    await advance(deps, draft.id)


async def from_photo(deps: Dependencies, message: Message, person: int, *, private: bool) -> None:
    """A photo without a command: it goes to whoever waits for it; in a private chat it opens a draft of its own."""
    photo = photo_of(message)
    if photo is None or await _had_its_effect(deps, message):
        return
    now = deps.clock()
    album = message.media_group_id
    await deps.store.drafts.remember_photo(message.chat_id, message.message_id, album, photo, now=now)
    draft = await _draft_for(deps, message, person)
    placed = DraftPhoto(photo, message.message_id)
    if draft is not None:
        placed = _by(placed, message, draft.person_id)
        said = message.caption if waits_for_words(deps, draft, person) else None
        motion = await answered(deps, draft, said) if said else None
        await deps.store.drafts.add_photos(
            draft, [placed], consumes=message.message_id, expires_at=now + EXPIRES, motion=motion
        )
        if album is not None and draft.media_group_id is None and draft.effect is not None:
            await deps.store.drafts.join_album(draft.id, album)
    elif album is not None and (ended := await deps.store.drafts.by_album(message.chat_id, album)) is not None:
        if ended.state is DraftState.DONE:
            await deps.store.jobs.mark_extra_photos(message.chat_id, album, now=now)
            deps.wake()
        return
    elif private:
        draft = replace(new_draft(deps, message, person, None), singly=album is None)
        await deps.store.drafts.start(draft, [placed], consumes=message.message_id)
    else:
        return
    await advance(deps, draft.id)


async def from_words(deps: Dependencies, message: Message, person: int, *, private: bool) -> bool:
    """Words without a command: they go to the animation that waits for them; whether there was one.

    In a group that is the one whose question they answer.
    """
    if await _had_its_effect(deps, message):
        return True
    draft = None
    if message.reply_to_message is not None:
        draft = await deps.store.drafts.by_question(message.chat_id, message.reply_to_message.message_id)
    if draft is None and private:
        draft = await deps.store.drafts.open_for(place_of(message, person))
    if draft is None or not message.text or not waits_for_words(deps, draft, person):
        return False
    motion = await answered(deps, draft, message.text)
    await deps.store.drafts.set_words(draft, motion, consumes=message.message_id, expires_at=deps.clock() + EXPIRES)
    await advance(deps, draft.id)
    return True


async def advance(deps: Dependencies, draft_id: str, *, card_id: int | None = None) -> None:
    """Make the draft a job if it has all that it needs; else have its card ask for what is missing.

    An album of which more may come, and be taken, is waited for first.

    Args:
        deps: what handlers are given.
        draft_id: which draft.
        card_id: a card that was pressed on, to be turned into the job's status message.
    """
    draft = await deps.store.drafts.get(draft_id)
    if draft is None or draft.state is not DraftState.OPEN:
        deps.wake()
        return
    effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
    if effect is not None and not deps.offers(effect):  # the service has dropped it since it was chosen
        await deps.store.drafts.end(draft.id, "refused", now=deps.clock(), reason="retired:0:0")
        deps.wake()
        return
    coming = draft.media_group_id is not None and card_id is None
    if effect is not None and _whole(draft, effect) and not (coming and len(draft.photos) < effect.max_photos):
        await _run(deps, draft, effect, card_id)
        return
    now = deps.clock()
    await deps.store.drafts.redraw(draft.id, at=now + deps.album_wait if coming else now)
    deps.wake()


async def complete_album(deps: Dependencies, draft: Draft) -> bool:
    """An album has been quiet: a draft that waited for nothing else goes on; whether it did."""
    fresh = await deps.store.drafts.get(draft.id)
    if fresh is None or fresh.state is not DraftState.OPEN or fresh.show_at != draft.show_at:
        return False
    effect = deps.catalogue.by_name(fresh.effect) if fresh.effect else None
    if effect is None or fresh.waits_for is not None or not _whole(fresh, effect) or not deps.offers(effect):
        return False
    await _run(deps, fresh, effect, None)
    return True


async def choose_effect(deps: Dependencies, draft: Draft, effect: Effect, card_id: int | None) -> None:
    """A button on a card that names an effect for the photos of a draft."""
    motion = await motion_of(deps, effect, draft.person_id)
    await deps.store.drafts.choose_effect(draft, effect.command, motion=motion)
    await advance(deps, draft.id, card_id=card_id)


async def choose_model(deps: Dependencies, draft: Draft, model: ImageToVideoModel, card_id: int | None) -> None:
    """A button on a card that says which model makes an animation, and so how many of its photos are taken."""
    effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
    if draft.motion is not None and effect is not None and missing_part(draft, effect) == "model":
        motion = replace(draft.motion, model=str(model))
        await deps.store.drafts.choose_model(draft, motion, photos=model.max_photos)
    await advance(deps, draft.id, card_id=card_id)


async def release(deps: Dependencies, draft: Draft, card_id: int | None) -> None:
    """A button on a card: run what was found late."""
    await deps.store.drafts.release(draft.id)
    await advance(deps, draft.id, card_id=card_id)


def place(draft: Draft) -> DraftKey:
    """Where a draft belongs."""
    return DraftKey(draft.chat_id, draft.thread_id, draft.person_id)


async def _had_its_effect(deps: Dependencies, message: Message) -> bool:
    """Whether this message was handled before; what it may have left unfinished is finished."""
    draft = await deps.store.drafts.by_message(message.chat_id, message.message_id)
    if draft is None:
        return False
    if draft.state is DraftState.OPEN:
        await advance(deps, draft.id)
    return True


async def _draft_for(deps: Dependencies, message: Message, person: int) -> Draft | None:
    """The open draft that a photo belongs to: its album's, the one it answers, or the one the person has here."""
    drafts = deps.store.drafts
    if message.media_group_id is not None:
        of_album = await drafts.by_album(message.chat_id, message.media_group_id)
        if of_album is not None:
            return of_album if of_album.state is DraftState.OPEN and of_album.waits_for is None else None
    if message.reply_to_message is not None:
        answered = await drafts.by_question(message.chat_id, message.reply_to_message.message_id)
        if answered is not None:
            return answered
    mine = await drafts.open_for(place_of(message, person))
    if mine is not None and mine.media_group_id is not None and message.media_group_id is not None:
        return mine if mine.effect is not None else None  # another album is another request
    return mine


def _whole(draft: Draft, effect: Effect) -> bool:
    """Whether a draft lacks nothing, and may run."""
    return not draft.held and missing_part(draft, effect) is None


async def _run(deps: Dependencies, draft: Draft, effect: Effect, card_id: int | None) -> None:
    """Make a whole draft a job, unless somebody has to be asked first."""
    if not await _asks_for_consent(deps, draft):
        await enqueue(deps, draft, effect, card_id=card_id)


async def _asks_for_consent(deps: Dependencies, draft: Draft) -> bool:
    """Whether somebody whose profile picture is among the photos has to be asked first; then they are."""
    if not any(photo.portrait for photo in draft.photos):
        return False
    wanted = await deps.store.consents.next_request(draft.id)
    if wanted is not None:
        now = deps.clock()
        await deps.store.consents.wait_for(draft.id, wanted, expires_at=now + CONSENT_EXPIRES, now=now)
        deps.wake()
    return wanted is not None


async def _photos_with(deps: Dependencies, message: Message, person: int, effect: Effect) -> list[DraftPhoto]:
    """The photos that come with a command: the message's own or its album's, then those it replies to."""
    own = await _album(deps, message, _OWN)
    replied = message.reply_to_message
    if len(own) >= effect.max_photos or replied is None:
        return own
    theirs = [_by(item, replied, person) for item in await _album(deps, replied, _REPLIED)]
    # Of an album that can't be meant as a whole, the photo that was replied to comes with its left neighbour.
    if len(own) + len(theirs) > effect.max_photos:
        room = max(0, effect.photos - len(own))
        index = next((i for i, item in enumerate(theirs) if item.message_id == replied.message_id), 0)
        first = max(0, min(index, index - room + 1))
        theirs = theirs[first : first + room]
    return own + theirs


def _by(item: DraftPhoto, message: Message, asker: int) -> DraftPhoto:
    """The photo with its author, where that is another person than the one who asks."""
    author = sender_id_of(message)
    if author is None or author == asker:
        return item
    return replace(item, photo=replace(item.photo, author_id=author), author=sender_name_of(message))


async def _album(deps: Dependencies, message: Message, place: int) -> list[DraftPhoto]:
    """A message's photo with those of its album that were seen before it."""
    photo = photo_of(message)
    if photo is None:
        return []
    album = message.media_group_id
    await deps.store.drafts.remember_photo(message.chat_id, message.message_id, album, photo, now=deps.clock())
    if album is None:
        return [DraftPhoto(photo, message.message_id, place)]
    return [replace(item, place=place) for item in await deps.store.drafts.album_photos(message.chat_id, album)]


def new_draft(deps: Dependencies, message: Message, person: int, effect: str | None) -> Draft:
    """A draft that begins with this message."""
    now = deps.clock()
    where = place_of(message, person)
    return Draft(
        id=deps.new_id(),
        state=DraftState.OPEN,
        chat_id=where.chat_id,
        thread_id=where.thread_id,
        person_id=where.person_id,
        message_id=message.message_id,
        media_group_id=message.media_group_id,
        language=language_of(message),
        asker=sender_name_of(message),
        effect=effect,
        held=effect is not None and now - message.date.timestamp() > STALE,
        reason=None,
        card_id=None,
        show_at=None,
        created_at=now,
        expires_at=now + EXPIRES,
    )
