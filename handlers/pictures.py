"""Where a still picture stands in a message, or in what the message replies to.

`tests/handlers/test_message_fields.py` sorts every field of the Bot API's `Message` by what is made of it here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from telegram import ExternalReplyInfo, Message, MessageOriginChannel, MessageOriginChat, MessageOriginUser

from storage import Photo
from storage.drafts import DraftPhoto

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from telegram import PhotoSize

_IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif")

ABOUT_A_PERSON = frozenset({None, "voice"})
"""Kinds of messages that are replied to in order to mean the person, and not a picture in them."""


def photo_of(source: Message | ExternalReplyInfo) -> Photo | None:
    """Return the still image in a message: a photo, a live photo's, a file's, a rich message's, or a chat's new one."""
    sizes = source.photo or (source.live_photo.photo if source.live_photo else ())
    if not sizes and isinstance(source, Message):
        sizes = source.new_chat_photo
    if sizes:
        return largest_photo(sizes)
    document = source.document
    if document is not None and source.animation is None:
        mime_type, name = document.mime_type or "", (document.file_name or "").lower()
        if mime_type.startswith("image/") or name.endswith(_IMAGE_SUFFIXES):
            return Photo(document.file_id, document.file_size)
    return next(_raw_photos(source.api_kwargs.get("rich_message")), None)


def largest_photo(sizes: Sequence[PhotoSize]) -> Photo:
    """Return the largest of the sizes in which Telegram keeps one photo."""
    largest = max(sizes, key=lambda size: size.width * size.height)
    return Photo(largest.file_id, largest.file_size)


def other_kind_of(source: Message | ExternalReplyInfo) -> str | None:
    """Return what a message holds in place of a usable still image, as the locales' `kind`; None if nothing."""
    preview = source.link_preview_options
    poll = source.poll
    kinds: Mapping[str, object] = {
        "sticker": source.sticker,
        "animation": source.animation,
        "video": source.video or source.video_note,
        "voice": source.voice or source.audio,
        "file": source.document,
        "paid": source.paid_media,
        "story": source.story,
        "other": source.game
        or source.invoice
        or (poll and (poll.media or any(option.media for option in poll.options))),
        "link": preview and preview.url and not preview.is_disabled,
    }
    return next((kind for kind, value in kinds.items() if value), None)


def replied_photo(message: Message) -> Photo | None:
    """Return the still image in what a message replies to, in this chat or in another one."""
    return next((photo for one in _replied(message) if (photo := photo_of(one))), None)


def replied_kind(message: Message) -> str | None:
    """Return what stands in place of a still image in what a message replies to; None if nothing."""
    kinds = [other_kind_of(one) for one in _replied(message)]
    return next((kind for kind in kinds if kind), "story" if message.reply_to_story else None)


def photo_from_elsewhere(message: Message, place: int, asker_id: int) -> DraftPhoto | None:
    """Return the photo of a message in another chat or topic that is replied to, with its author if that is known."""
    external = message.external_reply
    photo = photo_of(external) if external else None
    if external is None or photo is None:
        return None
    author: tuple[int, str] | None = None
    match external.origin:
        case MessageOriginUser(sender_user=user) if not user.is_bot:
            author = user.id, user.first_name
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            author = chat.id, chat.effective_name or ""
    if author is None or author[0] == asker_id:
        return DraftPhoto(photo, message.message_id, place)
    return DraftPhoto(replace(photo, author_id=author[0]), message.message_id, place, author[1])


def _replied(message: Message) -> list[Message | ExternalReplyInfo]:
    """Return what a message replies to; in a topic, that may be the topic's first message beside another chat's."""
    return [one for one in (message.external_reply, message.reply_to_message) if one is not None]


def _raw_photos(value: object) -> Iterator[Photo]:
    """Yield the photos in a part of a message that the library does not know, in their order."""
    pending: list[Any] = [value]
    while pending:
        match pending.pop():
            case {"photo": [{"file_id": str()}, *_] as sizes}:
                yield _largest_raw_photo(sizes)
            case {**fields}:
                pending.extend(reversed(fields.values()))
            case [*items]:
                pending.extend(reversed(items))


def _largest_raw_photo(sizes: Sequence[Mapping[str, Any]]) -> Photo:
    largest = max(sizes, key=lambda size: int(size.get("width") or 0) * int(size.get("height") or 0))
    size = largest.get("file_size")
    return Photo(str(largest.get("file_id")), size if isinstance(size, int) else None)
