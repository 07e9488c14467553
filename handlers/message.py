"""Read a message: its sender, topic, command, photo and buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Message, MessageEntity

from storage import Photo
from storage.drafts import DraftKey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from telegram import MaybeInaccessibleMessage, PhotoSize

_IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")


@dataclass(frozen=True, slots=True)
class ParsedCommand:
    """A command at the start of a text or a caption: its name in lower case, and the text after it."""

    name: str
    argument: str


def parse_command(message: Message, username: str) -> ParsedCommand | None:
    """Return the command at the start of the text or the caption; None if there is none, or it names another bot."""
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    first = next((one for one in entities if one.type == MessageEntity.BOT_COMMAND and one.offset == 0), None)
    if first is None:
        return None
    name, _, addressee = text[1 : first.length].partition("@")
    if addressee and addressee.lower() != username.lower():
        return None
    return ParsedCommand(name.lower(), text[first.length :].strip())


def photo_of(message: Message) -> Photo | None:
    """Return the still image in a message: a photo, a live photo's image, or an image sent as a file."""
    sizes = message.photo or (message.live_photo.photo if message.live_photo else ())
    if sizes:
        return largest_photo(sizes)
    document = message.document
    if document is not None and message.animation is None:
        mime_type, name = document.mime_type or "", (document.file_name or "").lower()
        if mime_type.startswith("image/") or name.endswith(_IMAGE_SUFFIXES):
            return Photo(document.file_id, document.file_size)
    return None


def largest_photo(sizes: Sequence[PhotoSize]) -> Photo:
    """Return the largest of the sizes in which Telegram keeps one photo."""
    largest = max(sizes, key=lambda size: size.width * size.height)
    return Photo(largest.file_id, largest.file_size)


def other_kind_of(message: Message) -> str | None:
    """Return what a message holds other than a still image, as the locales' `kind`; None if nothing."""
    kinds: Mapping[str, object] = {
        "sticker": message.sticker,
        "animation": message.animation,
        "video": message.video or message.video_note,
        "voice": message.voice or message.audio,
        "file": message.document,
    }
    return next((kind for kind, value in kinds.items() if value), None)


def sender_id_of(message: Message) -> int | None:
    """Return the id of the user, or of the chat that an anonymous admin or a channel posts as; None for other bots."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    if message.from_user is None or message.from_user.is_bot:
        return None
    return message.from_user.id


def sender_name_of(message: Message) -> str:
    """Return the name that people see as the sender's."""
    if message.sender_chat is not None:
        return message.sender_chat.effective_name or ""
    return message.from_user.first_name if message.from_user else ""


def thread_of(message: Message) -> int | None:
    """Return the topic's id; None outside topics, and in General, for which Telegram refuses `message_thread_id`."""
    return message.message_thread_id if message.is_topic_message and message.message_thread_id != 1 else None


def draft_key_of(message: Message, sender_id: int) -> DraftKey:
    """Return the key of the sender's draft in the chat and topic of this message."""
    return DraftKey(message.chat_id, thread_of(message), sender_id)


def callback_data_of(message: MaybeInaccessibleMessage | None) -> set[str]:
    """Return the callback data of the buttons under a message. Other data in a press of it is forged."""
    markup = message.reply_markup if isinstance(message, Message) else None
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return {button.callback_data for button in buttons if isinstance(button.callback_data, str)}
