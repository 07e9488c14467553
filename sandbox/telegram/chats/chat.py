"""What people do in a chat: send, edit and delete messages, and press buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from sandbox.telegram.chats.chat_state import ChatState, bot_receives
from sandbox.telegram.formats.entities import find_entities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.telegram.chats.callback_queries import CallbackQueries
    from sandbox.telegram.chats.chat_state import Kind
    from sandbox.telegram.chats.inline import InlineMode
    from sandbox.telegram.chats.messages import StoredMessage
    from sandbox.telegram.state.accounts import Person
    from sandbox.telegram.state.shared import SharedState

ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""The `from` of a message that is sent in a chat's own name (Bot API: Message.sender_chat)."""
TELEGRAM_USER = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
"""The `from` of a channel's post in its discussion group."""


class SendOptions(TypedDict, total=False):
    """How a message is sent.

    Attributes:
        by: the person, or a chat for an anonymous admin or a channel. May be left out in a private chat.
        reply_to: the `message_id` of the message that it replies to.
        thread_id: the topic's `message_thread_id`.
        date: Unix time in seconds; now by default.
        media_group_id: the album that it belongs to.
        extra: further fields of the `Message`.
    """

    by: Person | ChatState | None
    reply_to: int | None
    thread_id: int | None
    date: float | None
    media_group_id: str | None
    extra: dict[str, Any]


class Chat(ChatState):
    """One chat, as the people in it use it. Every method that sends a message returns its `message_id`."""

    def __init__(
        self,
        shared: SharedState,
        queries: CallbackQueries,
        inline: InlineMode,
        *,
        chat_id: int,
        kind: Kind,
        title: str,
        members: Sequence[Person],
    ) -> None:
        super().__init__(shared, chat_id, kind, title, members)
        self._queries = queries
        self._inline = inline

    def send_text(self, text: str, **options: Unpack[SendOptions]) -> int:
        """Send a text."""
        return self._send({"text": text} | _entities("entities", text), options)

    def send_photo(self, photo: bytes, caption: str | None = None, **options: Unpack[SendOptions]) -> int:
        """Send a photo.

        Raises:
            ValueError: the bytes are not a JPEG, PNG or WebP.
        """
        return self._send({"photo": self.shared.files.add_photo(photo).api_object} | _caption(caption), options)

    def send_live_photo(self, photo: bytes, caption: str | None = None, **options: Unpack[SendOptions]) -> int:
        """Send a live photo."""
        sizes = self.shared.files.add_photo(photo).api_object
        moving = self.shared.files.add_video(b"\0\0\0\x10ftypmp42\0\0\0\0", duration=2).api_object
        body = {"live_photo": {**moving, "photo": sizes}, "photo": sizes}
        return self._send(body | _caption(caption), options)

    def send_album(
        self, photos: Sequence[bytes], caption: str | None = None, caption_on: int = 0, **options: Unpack[SendOptions]
    ) -> list[int]:
        """Send several photos at once; each is a message and an update of its own."""
        options["media_group_id"] = options.get("media_group_id") or str(self.shared.next_number())
        captions = [caption if number == caption_on else None for number in range(len(photos))]
        pairs = zip(photos, captions, strict=True)
        return [self.send_photo(photo, text, **options) for photo, text in pairs]

    def send_document(
        self, data: bytes, name: str, mime: str, caption: str | None = None, **options: Unpack[SendOptions]
    ) -> int:
        """Send a file without compression."""
        return self._send(
            {"document": self.shared.files.add_document(data, name, mime).api_object} | _caption(caption), options
        )

    def send_video(self, data: bytes, caption: str | None = None, **options: Unpack[SendOptions]) -> int:
        """Send a video (MP4)."""
        return self._send(
            {"video": self.shared.files.add_video(data, "video.mp4").api_object} | _caption(caption), options
        )

    def send_animation(self, data: bytes, caption: str | None = None, **options: Unpack[SendOptions]) -> int:
        """Send a GIF, which Telegram turns into an MP4 and also describes as a `document`."""
        body = self.shared.files.add_video(data, "animation.mp4").api_object
        document = {key: body[key] for key in body if key not in {"width", "height", "duration"}}
        return self._send({"animation": body, "document": document} | _caption(caption), options)

    def send_sticker(self, data: bytes = b"RIFF\0\0\0\0WEBP", **options: Unpack[SendOptions]) -> int:
        """Send a sticker."""
        return self._send({"sticker": self.shared.files.add_sticker(data).api_object}, options)

    def send_voice(self, data: bytes = b"OggS", **options: Unpack[SendOptions]) -> int:
        """Send a voice message."""
        return self._send({"voice": self.shared.files.add_voice(data).api_object}, options)

    def add_service_message(self, by: Person | None = None, **fields: Any) -> int:
        """Add a service message: `new_chat_members=[…]`, `pinned_message=…`."""
        return self._send(fields, {"by": by or self.owner})

    def edit(self, message_id: int, text: str | None = None, caption: str | None = None) -> None:
        """Change the text or the caption of a message."""
        message = self.stored_message(message_id)
        raw = {**message.raw, "edit_date": self.shared.now()}
        if text is not None:
            raw |= {"text": text, "entities": find_entities(text)}
        if caption is not None:
            raw |= {"caption": caption, "caption_entities": find_entities(caption)}
        self.add_version(message, raw)
        if bot_receives(self, raw, self.shared.account):
            kind = "edited_channel_post" if self.kind == "channel" else "edited_message"
            self.shared.updates.push(kind, raw)

    def delete(self, message_id: int) -> None:
        """Delete a message. Bots are not told."""
        self.stored_message(message_id)
        self.remove_message(message_id)

    def add_inline_message(self, person: Person, raw: dict[str, Any], inline_id: str) -> StoredMessage:
        """Add a message that a person sends via the bot (Bot API: Message.via_bot)."""
        fields = {"message_id": self.next_message_id(), "date": self.shared.now(), "chat": self.api_object}
        message = fields | {"from": person.user(), "via_bot": self.shared.account.user()} | raw
        stored = self.add_message(person, message, raw.get("reply_markup"))
        stored.inline_id = inline_id
        self._push_update(message)
        return stored

    def add_guest_answer(self, question: dict[str, Any], raw: dict[str, Any], inline_id: str) -> StoredMessage:
        """Add the bot's answer to a message that mentioned it here (Bot API: Message.guest_bot_caller_user)."""
        fields = {"message_id": self.next_message_id(), "date": self.shared.now(), "chat": self.api_object}
        answer = {"reply_to_message": as_replied_message(question), "guest_bot_caller_user": question["from"]}
        stored = self.add_message(
            "bot", fields | {"from": self.shared.account.user()} | answer | raw, raw.get("reply_markup")
        )
        stored.inline_id = inline_id
        return stored

    def press(
        self, message_id: int, text: str | None = None, *, data: str | None = None, by: Person | None = None
    ) -> str:
        """Press the button that shows `text`, or a button that sends `data`, even if it is no longer there.

        Returns:
            The callback query's id; its answer will be in `FakeTelegram.callback_answers`.

        Raises:
            AssertionError: there is no such message or button.
        """
        stored = self.stored_message(message_id)
        person = by or self._default_sender()
        if stored.inline_id is not None:
            return self._inline.press(person, stored.inline_id, text, data)
        return self._queries.press(person, stored, text, data, message=stored.raw, chat_instance=self.id)

    def forward_from_channel(self, post: dict[str, Any]) -> int:
        """Forward a post of the linked channel to here, as Telegram does (Bot API: Message.is_automatic_forward)."""
        origin = {"type": "channel", "chat": post["chat"], "message_id": post["message_id"], "date": post["date"]}
        content = {key: post[key] for key in post if key not in {"message_id", "chat", "sender_chat", "date"}}
        raw = {
            "message_id": self.next_message_id(),
            "date": post["date"],
            "chat": self.api_object,
            "from": TELEGRAM_USER,
        }
        raw |= {"sender_chat": post["chat"], "is_automatic_forward": True, "forward_origin": origin} | content
        self.add_message(self.shared.channel_bot, raw)
        self._push_update(raw)
        return int(raw["message_id"])

    # ------------------------------------------------------------ inside
    def _default_sender(self) -> Person:
        if self.kind != "private" or self.owner is None:
            raise ValueError("in a group say who does it: by=…")
        return self.owner

    def _send(self, body: dict[str, Any], options: SendOptions) -> int:
        author = options.get("by") or (self if self.kind == "channel" else self._default_sender())
        date = options.get("date")
        raw: dict[str, Any] = {
            "message_id": self.next_message_id(),
            "date": self.shared.now() if date is None else int(date),
            "chat": self.api_object,
            **self._sender_fields(author),
        }
        thread_id = options.get("thread_id")
        if thread_id is not None:
            topic = self.topics[thread_id]
            raw |= {"message_thread_id": thread_id, "is_topic_message": True, "reply_to_message": topic.root}
        reply_to = options.get("reply_to")
        if reply_to is not None:
            raw["reply_to_message"] = as_replied_message(self.stored_message(reply_to).raw)
        media_group_id = options.get("media_group_id")
        if media_group_id:
            raw["media_group_id"] = media_group_id
        if self.is_protected:
            raw["has_protected_content"] = True
        raw |= body | options.get("extra", {})
        person = self.owner if isinstance(author, ChatState) else author
        self.add_message(person or self.shared.channel_bot, raw)
        self._push_update(raw)
        return int(raw["message_id"])

    def _sender_fields(self, author: Person | ChatState) -> dict[str, Any]:
        if not isinstance(author, ChatState):
            return {"from": author.user()}
        if self.kind == "channel":
            return {"sender_chat": author.api_object}
        speaker = ANONYMOUS_ADMIN if author is self else self.shared.channel_bot.user() | {"is_bot": True}
        return {"from": speaker, "sender_chat": author.api_object}

    def _push_update(self, raw: dict[str, Any]) -> None:
        if self.kind == "channel" and isinstance(self.linked_chat, Chat):
            self.linked_chat.forward_from_channel(raw)
        if bot_receives(self, raw, self.shared.account):
            self.shared.updates.push("channel_post" if self.kind == "channel" else "message", raw)
        elif self.bot_status == "stranger":
            self._inline.push_guest_message(self, raw)


def as_replied_message(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the copy of a message that a reply carries: without a further reply (Bot API: Message)."""
    return {key: raw[key] for key in raw if key != "reply_to_message"}


def _caption(caption: str | None) -> dict[str, Any]:
    return {"caption": caption} | _entities("caption_entities", caption) if caption else {}


def _entities(name: str, text: str) -> dict[str, Any]:
    found = find_entities(text)
    return {name: found} if found else {}
