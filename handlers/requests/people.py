"""People as photos: whose profile pictures a command means, and whether they may be used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from telegram import MessageEntity
from telegram.constants import ChatType
from telegram.error import BadRequest

from handlers.message import other_kind_of, photo_of
from storage import Photo
from storage.drafts import DraftPhoto
from storage.users import PicturePermission

if TYPE_CHECKING:
    from telegram import Bot, Message, User

    from handlers.context import Dependencies
    from video.effects.effect import Effect


_SENDER, _OTHERS = 0, 2  # who asks stands left; between them is a photo that was replied to


@dataclass(frozen=True, slots=True)
class Person:
    """A person who is meant."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """What a command says about people.

    Attributes:
        photos: their profile pictures.
        note: `key:name`, why a photo is needed after all.
        refused: `key:name`, why there will be no video.
    """

    photos: tuple[DraftPhoto, ...] = ()
    note: str | None = None
    refused: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the command named nobody."""
        return self == NamedPeople()


async def named_people(deps: Dependencies, message: Message, person: int, effect: Effect, *, have: int) -> NamedPeople:
    """The profile pictures that a command means beside the `have` photos that came with it.

    Raises:
        TelegramError: Telegram can't be reached; nothing was written yet.
    """
    missing = effect.photos - have
    if missing <= 0:
        return NamedPeople()
    meant = await _mentioned(deps, message)
    if isinstance(meant, str):
        return NamedPeople(note=meant)
    if not meant:
        meant = _replied(message, effect)
    if message.chat.type == ChatType.PRIVATE:
        return NamedPeople(note="note-people-in-groups") if meant else NamedPeople()
    others = meant[:missing]
    if not others or (missing == 2 and [one.id for one in others] == [person]):
        return NamedPeople()
    found = NamedPeople()
    if len(others) < missing and person > 0:
        found = await _add(deps, message, found, Person(person, ""), person, _SENDER)
    for place, someone in enumerate(others, start=_OTHERS):
        found = await _add(deps, message, found, someone, person, place)
    return found


def replied_person(message: Message) -> Person | None:
    """The person whose message is replied to; a topic's first message is no message of theirs."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or replied.sender_chat is not None:
        return None
    return _someone(replied.from_user)


async def picture_permission(
    deps: Dependencies, bot: Bot, chat_id: int, person_id: int
) -> Literal["fine", "ask", "never", "away"]:
    """What a person says about their picture in this group: fine, to be asked, never; or they are not there to ask."""
    said = await deps.store.users.picture_permission(person_id)
    if said is PicturePermission.NEVER:
        return "never"
    here = await deps.chat_members.is_member(bot, chat_id, person_id)
    if here is False:
        return "away"
    return "fine" if here and said is PicturePermission.ALWAYS else "ask"


async def _add(
    deps: Dependencies, message: Message, found: NamedPeople, someone: Person, person: int, place: int
) -> NamedPeople:
    """The company with one more person in it."""
    own = someone.id == person
    bot = message.get_bot()
    word = "fine" if own else await picture_permission(deps, bot, message.chat_id, someone.id)
    if word == "never":
        return replace(found, refused=f"refused-never:{someone.name}")
    if word == "away":
        return replace(found, note=f"note-away:{someone.name}")
    picture = await profile_photo(bot, someone.id)
    if picture is None:
        return replace(found, note="note-no-own-picture" if own else f"note-no-picture:{someone.name}")
    if not own:
        picture = Photo(picture.file_id, picture.file_size, someone.id, portrait=True)
    placed = DraftPhoto(picture, message.message_id, place, someone.name, needs_consent=word == "ask")
    return replace(found, photos=(*found.photos, placed))


async def _mentioned(deps: Dependencies, message: Message) -> list[Person] | str:
    """The people whom a message mentions, in order; a note where one of them was never seen."""
    found: list[Person] = []
    entities = message.parse_entities() if message.text else message.parse_caption_entities()
    for entity, text in sorted(entities.items(), key=lambda item: item[0].offset):
        if entity.type == MessageEntity.TEXT_MENTION:
            someone = _someone(entity.user)
        elif entity.type == MessageEntity.MENTION and text[1:].lower() != message.get_bot().username.lower():
            seen = await deps.store.users.by_username(text[1:])
            if seen is None:
                return f"note-unknown-person:{text}"
            someone = Person(seen.person_id, seen.name)
        else:
            someone = None
        if someone is not None and someone.id not in [one.id for one in found]:
            found.append(someone)
    return found


def _replied(message: Message, effect: Effect) -> list[Person]:
    """The person who is replied to, where the reply means them and not what they sent."""
    replied = message.reply_to_message
    someone = replied_person(message)
    if someone is None or replied is None or photo_of(replied) is not None:
        return []
    if effect.photos == 1 and other_kind_of(replied) not in {None, "voice"}:
        return []  # the sticker or the video is meant
    return [someone]


def _someone(user: User | None) -> Person | None:
    return None if user is None or user.is_bot else Person(user.id, user.first_name)


async def profile_photo(bot: Bot, person_id: int) -> Photo | None:
    """The newest one in its largest size; None where there is none, or none that the bot may see.

    Raises:
        TelegramError: Telegram can't be reached; the update is handled again later.
    """
    try:
        pictures = await bot.get_user_profile_photos(person_id, limit=1)
    except BadRequest:  # nobody whom the bot knows
        return None
    sizes = pictures.photos[0] if pictures.photos else ()
    if not sizes:
        return None
    largest = max(sizes, key=lambda size: size.width * size.height)
    return Photo(largest.file_id, largest.file_size)
