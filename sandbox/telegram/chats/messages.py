"""Messages: all their versions, and what people see of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sandbox.telegram.formats.entities import to_html
from sandbox.telegram.formats.keyboards import buttons

if TYPE_CHECKING:
    from sandbox.telegram.formats.keyboards import Button
    from sandbox.telegram.state.accounts import Person
    from sandbox.telegram.state.files import FileStore, StoredFile


@dataclass(eq=False, slots=True)
class StoredMessage:
    """One message with all its versions.

    Attributes:
        sender: the person, or "bot".
        versions: the Bot API's `Message` objects, oldest first. None of them is ever changed in place.
        markup: the reply markup that the bot sent with the newest version, of any kind.
        exists: False once the message is deleted.
        inline_id: the `inline_message_id` of a message that was sent via the bot.
    """

    sender: Person | Literal["bot"]
    versions: list[dict[str, Any]]
    markup: dict[str, Any] | None = None
    exists: bool = True
    inline_id: str | None = None

    @property
    def raw(self) -> dict[str, Any]:
        """The newest version."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class MessageSnapshot:
    """What people see of a message at one time.

    Attributes:
        id: the `message_id`.
        sender: the person, or "bot".
        text: the text, or "" if it is not a text message.
        caption: the caption of a photo, video or document, or "".
        html: the text or caption with its formatting.
        photo: the bytes of the photo in its largest size.
        video: the bytes of the video.
        document: the bytes of the document.
        file_id: the `file_id` of the photo, video or document.
        buttons: the rows of buttons.
        reply_to: the `message_id` of the message that this one replies to.
        thread_id: the topic's `message_thread_id`.
        edit_count: how often it was edited so far.
        force_reply: whether the person's next message becomes a reply to this one.
        raw: the Bot API's `Message` object.
    """

    id: int
    sender: Person | Literal["bot"]
    text: str
    caption: str
    html: str
    photo: bytes | None
    video: bytes | None
    document: bytes | None
    file_id: str | None
    buttons: list[list[Button]]
    reply_to: int | None
    thread_id: int | None
    edit_count: int
    force_reply: bool
    raw: dict[str, Any] = field(repr=False)

    @property
    def text_or_caption(self) -> str:
        """The text or the caption, whichever the message has."""
        return self.text or self.caption

    def __str__(self) -> str:
        """Return the message in one line, for the messages of failed tests."""
        sender = self.sender if isinstance(self.sender, str) else self.sender.first_name
        media = [name for name in ("photo", "video", "animation", "document") if name in self.raw]
        labels = "".join(f" [{button.text}]" for row in self.buttons for button in row)
        return f"{self.id} {sender}: {' '.join([*media, repr(self.text_or_caption)])}{labels}"


def snapshot(message: StoredMessage, files: FileStore, version: int = -1) -> MessageSnapshot:
    """Return what people see of one version of a message."""
    raw = message.versions[version]
    text = raw.get("text", raw.get("caption", ""))
    entities = raw.get("entities", raw.get("caption_entities", ()))
    stored = _file(raw, files)
    return MessageSnapshot(
        id=raw.get("message_id", 0),
        sender=message.sender,
        text=raw.get("text", ""),
        caption=raw.get("caption", ""),
        html=to_html(text, entities),
        photo=stored.data if stored and "photo" in raw else None,
        video=stored.data if stored and "video" in raw else None,
        document=stored.data if stored and "document" in raw else None,
        file_id=stored.file_id if stored else None,
        buttons=buttons(raw),
        reply_to=raw.get("reply_to_message", {}).get("message_id"),
        thread_id=raw.get("message_thread_id"),
        edit_count=(version if version >= 0 else len(message.versions) + version),
        force_reply=bool(message.markup and message.markup.get("force_reply")),
        raw=raw,
    )


def _file(raw: dict[str, Any], files: FileStore) -> StoredFile | None:
    for name in ("video", "document", "sticker", "voice"):
        if name in raw:
            return files.by_id(raw[name]["file_id"])
    return files.by_id(raw["photo"][-1]["file_id"]) if "photo" in raw else None
