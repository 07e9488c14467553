"""Albums: which of their photos a command takes, and to which request each of their messages belongs.

Telegram sends an album as separate messages, in any order and without a mark at its end. Each may have a caption.

- A command takes the photo under which it stands. What else its effect needs are the nearest photos without a command,
  those on its left first; at the end of the album, photos of other requests, too.
- A command of the same effect joins a request that still lacks photos. Under neighbouring photos the same command of a
  two-photo effect is one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.pictures import other_kind_of, photo_of
from handlers.requests import people
from storage import DraftState
from storage.drafts import DraftPhoto

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message

    from handlers.context import Context, Dependencies
    from storage import Draft
    from storage.drafts import AlbumPhoto
    from video.effects.effect import Effect

OWN_PLACE, SPARE_PLACE = 0, 9
"""Where an album's photos stand in a draft: those that it uses, and those that are more than it needs."""


async def photos_for(deps: Dependencies, message: Message, effect: Effect) -> list[DraftPhoto]:
    """Return the photos that a command in an album takes, and as spares those that are more than its effect needs."""
    photo, album = photo_of(message), message.media_group_id or ""
    if photo is not None:
        await deps.store.drafts.remember_photo(
            message.chat_id, message.message_id, album, photo, now=deps.clock(), effect=effect.command
        )
    seen = await deps.store.drafts.album_photos(message.chat_id, album)
    own = [one for one in seen if one.message_id == message.message_id]
    free = [one for one in seen if one.effect is None and not one.used_by and one not in own]
    left = [one for one in reversed(free) if one.message_id < message.message_id]
    right = [one for one in free if one.message_id > message.message_id]
    available = [*own, *left, *right]
    taken, spare = available[: effect.max_photos], available[effect.max_photos :]
    return [*(_placed(one, OWN_PLACE) for one in taken), *(_placed(one, SPARE_PLACE) for one in spare)]


async def request_to_join(context: Context, effect: Effect) -> Draft | None:
    """Return the request of the same album that a command belongs to, None if it is a request of its own."""
    drafts, message = context.deps.store.drafts, context.message
    if message.media_group_id is None or effect.prompt:
        return None
    for draft in await drafts.of_album(message.chat_id, message.media_group_id):
        same = draft.effect == effect.command and draft.person_id == context.sender_id
        if same and _is_open(draft) and len(draft.photos) < effect.photos:
            return draft
    if effect.photos == 1:
        return None
    seen = await drafts.album_photos(message.chat_id, message.media_group_id)
    for neighbour in _neighbours(seen, message.message_id):
        if neighbour.effect == effect.command:
            found = await drafts.by_message(message.chat_id, neighbour.message_id)
            if found is not None and found.effect == effect.command:
                return found
    return None


def request_for_photo(deps: Dependencies, drafts: Sequence[Draft]) -> Draft | None:
    """Return which of an album's requests, the newest first, gets a photo without a command; None if all have ended."""
    drafts, growing = [draft for draft in drafts if _is_open(draft)], None
    for draft in drafts:
        effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
        if effect is not None and len(draft.photos) < effect.photos:
            return draft
        if effect is None or len(draft.photos) < effect.max_photos:
            growing = growing or draft
    return growing or (drafts[0] if drafts else None)


async def is_full(deps: Dependencies, draft: Draft) -> bool:
    """Return True if the draft's effect takes no more photos of its album than it has."""
    effect = deps.catalogue.by_name(draft.effect) if draft.effect else None
    return effect is not None and await deps.store.drafts.own_photos(draft.id) >= effect.max_photos


async def photos_to_share(deps: Dependencies, draft: Draft, effect: Effect) -> list[DraftPhoto]:
    """Return photos of the draft's album that complete it, although other requests use them; the nearest first.

    Empty if they do not suffice, or if somebody else sent the album. A photo is never used twice for one effect.
    """
    lacking = effect.photos - len(draft.photos)
    if draft.media_group_id is None or lacking <= 0 or any(photo.author_id is not None for photo in draft.photos):
        return []
    seen = await deps.store.drafts.album_photos(draft.chat_id, draft.media_group_id)
    shared = [one for one in seen if effect.command not in one.used_by]
    shared.sort(key=lambda one: abs(one.message_id - draft.message_id))
    return [_placed(one, OWN_PLACE) for one in shared[:lacking]] if len(shared) >= lacking else []


def note_without_photo(message: Message) -> people.Note | None:
    """Return what to say if a command's own message has no photo, and its album has too few."""
    if message.media_group_id is None or photo_of(message) is not None:
        return None
    kind = other_kind_of(message)
    return people.Note(people.NoteKind.NOT_A_PHOTO, kind) if kind else None


def _is_open(draft: Draft) -> bool:
    return draft.state is DraftState.OPEN and draft.waits_for is None


def _placed(photo: AlbumPhoto, place: int) -> DraftPhoto:
    return DraftPhoto(photo.photo, photo.message_id, place)


def _neighbours(seen: Sequence[AlbumPhoto], message_id: int) -> list[AlbumPhoto]:
    """Return the photos that stand next to a message, the left one first."""
    left = [one for one in seen if one.message_id < message_id][-1:]
    return left + [one for one in seen if one.message_id > message_id][:1]
