"""People as photos: whose profile pictures a command asks for, and whether they may be used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from telegram import MessageEntity
from telegram.constants import ChatType
from telegram.error import BadRequest

from handlers.pictures import ABOUT_A_PERSON, largest_photo, replied_kind, replied_photo
from handlers.requests.permissions import PersonRefused, PictureRefusal
from storage.drafts import DraftPhoto
from storage.people.users import PicturePermission

if TYPE_CHECKING:
    from telegram import Bot, Message, User

    from handlers.context import Context
    from storage import Photo
    from video.effects.effect import Effect

_SENDER_PLACE, _OTHERS_PLACE = 0, 2  # the sender stands left; a photo that was replied to has the place between


class NoteKind(StrEnum):
    """Why a photo is needed although the command names people, or has an album. The value is the key of its text."""

    ONLY_IN_GROUPS = "note-people-in-groups"
    UNKNOWN_PERSON = "note-unknown-person"
    AWAY = "note-away"
    NO_PICTURE = "note-no-picture"
    NO_OWN_PICTURE = "note-no-own-picture"
    NOT_A_PHOTO = "not-a-photo"
    """Its album has too few still pictures; the name is the kind of what stands at the command."""


@dataclass(frozen=True, slots=True)
class Note:
    """Why a photo is needed although the command names people: `KIND` or `KIND:NAME` in `drafts.note`."""

    kind: NoteKind
    name: str | None = None

    def encode(self) -> str:
        """Return the text for the column."""
        return self.kind if self.name is None else f"{self.kind}:{self.name}"

    @classmethod
    def decode(cls, text: str | None) -> Self | None:
        """Read the column; None if there is no note, or none that is known."""
        kind, colon, name = (text or "").partition(":")
        return cls(NoteKind(kind), name if colon else None) if kind in set(NoteKind) else None


@dataclass(frozen=True, slots=True)
class Person:
    """A person whom a command names."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """What a command's mentions, or the message that it replies to, bring to a draft.

    Attributes:
        photos: the profile pictures of the people it names.
        note: why a photo is needed all the same.
        refused: why there will be no video.
    """

    photos: tuple[DraftPhoto, ...] = ()
    note: Note | None = None
    refused: PersonRefused | None = None

    @property
    def is_empty(self) -> bool:
        """True if the command names nobody."""
        return self == NamedPeople()


async def named_people(context: Context, effect: Effect, *, have: int) -> NamedPeople:
    """Return the profile pictures that a command asks for, beside the `have` photos that came with it.

    Raises:
        TelegramError: Telegram can't be reached; nothing was written yet.
    """
    missing, message = effect.photos - have, context.message
    if missing <= 0:
        return NamedPeople()
    named = await _mentioned(context, message)
    if isinstance(named, Note):
        return NamedPeople(note=named)
    if not named:
        named = _replied_to(message, effect)
    if message.chat.type == ChatType.PRIVATE:
        return NamedPeople(note=Note(NoteKind.ONLY_IN_GROUPS)) if named else NamedPeople()
    named = named[:missing]
    if not named or (missing == 2 and [one.id for one in named] == [context.sender_id]):
        return NamedPeople()
    people = NamedPeople()
    if len(named) < missing and context.sender_id > 0:  # no anonymous admin
        people = await _add(context, people, Person(context.sender_id, ""), _SENDER_PLACE)
    for place, person in enumerate(named, start=_OTHERS_PLACE):
        people = await _add(context, people, person, place)
    return people


def replied_person(message: Message) -> Person | None:
    """Return the person whose message is replied to, None if nobody's is; a topic's first message is nobody's."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or replied.sender_chat is not None:
        return None
    return _person(replied.from_user)


async def consent_needed(context: Context, chat_id: int, user_id: int) -> bool | PictureRefusal:
    """Return True if a user must consent before their profile picture is used in this group, or why it may not be.

    Raises:
        TelegramError: Telegram can't be reached; the update is handled again later.
    """
    permission = await context.deps.store.users.picture_permission(user_id)
    if permission is PicturePermission.NEVER:
        return PictureRefusal.NEVER
    is_member = await context.deps.chat_members.is_member(chat_id, user_id)
    if is_member is False:
        return PictureRefusal.AWAY
    return not (is_member and permission is PicturePermission.ALWAYS)


async def profile_photo(bot: Bot, user_id: int) -> Photo | None:
    """Return the newest profile photo in its largest size; None if there is none, or the bot may not see it.

    Raises:
        TelegramError: Telegram can't be reached; the update is handled again later.
    """
    try:
        photos = await bot.get_user_profile_photos(user_id, limit=1)
    except BadRequest:  # the bot has never met this user
        return None
    sizes = photos.photos[0] if photos.photos else ()
    return largest_photo(sizes) if sizes else None


async def _add(context: Context, people: NamedPeople, person: Person, place: int) -> NamedPeople:
    """Add a person's profile picture, or the reason why it can't be used."""
    message, own = context.message, person.id == context.sender_id
    person = replace(person, name=context.locale.name_of(person.id, person.name))
    needs_consent = False if own else await consent_needed(context, message.chat_id, person.id)
    if needs_consent is PictureRefusal.AWAY:
        return replace(people, note=Note(NoteKind.AWAY, person.name))
    if isinstance(needs_consent, PictureRefusal):
        return replace(people, refused=PersonRefused(needs_consent, person.name))
    photo = await profile_photo(context.bot, person.id)
    if photo is None:
        return replace(people, note=Note(NoteKind.NO_OWN_PICTURE) if own else Note(NoteKind.NO_PICTURE, person.name))
    if not own:
        photo = replace(photo, author_id=person.id, portrait=True)
    added = DraftPhoto(photo, message.message_id, place, person.name, needs_consent=needs_consent)
    return replace(people, photos=(*people.photos, added))


async def _mentioned(context: Context, message: Message) -> list[Person] | Note:
    """Return the people whom a message mentions, in order; a note if the bot has never seen one of them."""
    found: list[Person] = []
    entities = message.parse_entities() if message.text else message.parse_caption_entities()
    for entity, text in sorted(entities.items(), key=lambda item: item[0].offset):
        if entity.type == MessageEntity.TEXT_MENTION:
            person = _person(entity.user)
        elif entity.type == MessageEntity.MENTION and text[1:].lower() != context.bot.username.lower():
            user = await context.deps.store.users.by_username(text[1:])
            if user is None:
                return Note(NoteKind.UNKNOWN_PERSON, text)
            person = Person(user.person_id, user.name)
        else:
            person = None
        if person is not None and person.id not in [one.id for one in found]:
            found.append(person)
    return found


def _replied_to(message: Message, effect: Effect) -> list[Person]:
    """Return the person who is replied to, if the reply means the person and not what they sent.

    An album brings its own photos.
    """
    replied = message.reply_to_message
    person = replied_person(message)
    if person is None or replied is None or message.media_group_id is not None or replied_photo(message):
        return []
    if effect.photos == 1 and replied_kind(message) not in ABOUT_A_PERSON:
        return []  # the sticker or the video is meant
    return [person]


def _person(user: User | None) -> Person | None:
    return None if user is None or user.is_bot else Person(user.id, user.first_name)
