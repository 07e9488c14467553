"""Reading a message: who, where, which command, which photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Message, MessageEntity

from storage import Photo
from storage.drafts import DraftKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import MaybeInaccessibleMessage

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")


@dataclass(frozen=True, slots=True)
class Command:
    """A command at the start of a text or caption: the name in lower case, and what follows."""

    name: str
    argument: str


def command_of(message: Message, username: str) -> Command | None:
    """The command that a message is for us, from its text or its caption (any case); None where there is none."""
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    first = next((one for one in entities if one.type == MessageEntity.BOT_COMMAND and one.offset == 0), None)
    if first is None:
        return None
    name, _, addressee = text[1 : first.length].partition("@")
    if addressee and addressee.lower() != username.lower():
        return None
    return Command(name.lower(), text[first.length :].strip())


def photo_of(message: Message) -> Photo | None:
    """The still picture in a message: a photo, a live photo's picture, or an image sent as a file."""
    sizes = message.photo or (message.live_photo.photo if message.live_photo else ())
    if sizes:
        largest = max(sizes, key=lambda size: size.width * size.height)
        return Photo(largest.file_id, largest.file_size)
    document = message.document
    if document is not None and message.animation is None:
        kind, name = document.mime_type or "", (document.file_name or "").lower()
        if kind.startswith("image/") or name.endswith(_PICTURES):
            return Photo(document.file_id, document.file_size)
    return None


def other_kind_of(message: Message) -> str | None:
    """What a message holds that is not a still picture: the key of its word in the locale."""
    kinds: Mapping[str, object] = {
        "sticker": message.sticker,
        "animation": message.animation,
        "video": message.video or message.video_note,
        "voice": message.voice or message.audio,
        "file": message.document,
    }
    return next((kind for kind, value in kinds.items() if value), None)


def sender_id_of(message: Message) -> int | None:
    """Who asks: the user, or the chat that an anonymous admin or a channel speaks as; None for other bots."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    if message.from_user is None or message.from_user.is_bot:
        return None
    return message.from_user.id


def sender_name_of(message: Message) -> str:
    """Who asks, by the name that people see."""
    if message.sender_chat is not None:
        return message.sender_chat.effective_name or ""
    return message.from_user.first_name if message.from_user else ""


def language_of(message: Message) -> str:
    """The person's language, as far as Telegram tells."""
    return (message.from_user.language_code if message.from_user else None) or "en"


def thread_of(message: Message) -> int | None:
    """The topic; None outside of topics and in General, which takes no `message_thread_id`."""
    return message.message_thread_id if message.is_topic_message and message.message_thread_id != 1 else None


def place_of(message: Message, person: int) -> DraftKey:
    """Where a draft of this person belongs."""
    return DraftKey(message.chat_id, thread_of(message), person)


def callback_data_of(message: MaybeInaccessibleMessage) -> set[str]:
    """What the buttons under a message send when they are pressed."""
    markup = message.reply_markup if isinstance(message, Message) else None
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return {button.callback_data for button in buttons if isinstance(button.callback_data, str)}
