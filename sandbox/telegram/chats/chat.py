"""What people do in a chat: they write, send pictures, change and delete messages, press buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from sandbox.telegram.chats.chat_state import Room, visible
from sandbox.telegram.formats.entities import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.telegram.chats.callback_queries import Queries
    from sandbox.telegram.chats.chat_state import Kind
    from sandbox.telegram.chats.inline import Inline
    from sandbox.telegram.chats.messages import Post
    from sandbox.telegram.state.accounts import Person
    from sandbox.telegram.state.shared import SharedState

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""The `from` of a message that was written in a chat's own name (Bot API: Message.sender_chat)."""
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
"""The `from` of a channel's post in the group where it is discussed."""


class How(TypedDict, total=False):
    """How a message is sent.

    Attributes:
        by: the person; or a chat, for an anonymous admin or a channel. Optional in a private chat.
        reply_to: the `message_id` that it is a reply to.
        thread: the topic.
        at: when, in Unix seconds; now where not given.
        album: the `media_group_id`.
        extra: further fields of the `Message`, as they are.
    """

    by: Person | Room | None
    reply_to: int | None
    thread: int | None
    at: float | None
    album: str | None
    extra: dict[str, Any]


class Chat(Room):
    """One chat, as the people in it use it. Every method that sends a message returns its `message_id`."""

    def __init__(
        self,
        world: SharedState,
        queries: Queries,
        inline: Inline,
        *,
        chat_id: int,
        kind: Kind,
        title: str,
        members: Sequence[Person],
    ) -> None:
        super().__init__(world, chat_id, kind, title, members)
        self._queries = queries
        self._inline = inline

    def say(self, text: str, **how: Unpack[How]) -> int:
        """Write a text."""
        return self._send({"text": text} | _entities("entities", text), how)

    def photo(self, picture: bytes, caption: str | None = None, **how: Unpack[How]) -> int:
        """Send a picture as a photo.

        Raises:
            ValueError: the bytes are no JPEG, PNG or WebP.
        """
        return self._send({"photo": self.world.files.photo(picture).body} | _caption(caption), how)

    def live_photo(self, picture: bytes, caption: str | None = None, **how: Unpack[How]) -> int:
        """Send a photo that moves."""
        sizes = self.world.files.photo(picture).body
        moving = self.world.files.video(b"\0\0\0\x10ftypmp42\0\0\0\0", duration=2).body
        body = {"live_photo": {**moving, "photo": sizes}, "photo": sizes}
        return self._send(body | _caption(caption), how)

    def album(
        self, pictures: Sequence[bytes], caption: str | None = None, caption_on: int = 0, **how: Unpack[How]
    ) -> list[int]:
        """Send several pictures at once: each is a message and an update of its own."""
        how["album"] = how.get("album") or str(self.world.next_number())
        captions = [caption if number == caption_on else None for number in range(len(pictures))]
        pairs = zip(pictures, captions, strict=True)
        return [self.photo(picture, words, **how) for picture, words in pairs]

    def document(self, data: bytes, name: str, mime: str, caption: str | None = None, **how: Unpack[How]) -> int:
        """Send a file as it is."""
        return self._send({"document": self.world.files.document(data, name, mime).body} | _caption(caption), how)

    def video(self, data: bytes, caption: str | None = None, **how: Unpack[How]) -> int:
        """Send a video (MP4)."""
        return self._send({"video": self.world.files.video(data, "video.mp4").body} | _caption(caption), how)

    def animation(self, data: bytes, caption: str | None = None, **how: Unpack[How]) -> int:
        """Send a GIF, which Telegram turns into an MP4; the `document` beside it is Telegram's habit."""
        body = self.world.files.video(data, "animation.mp4").body
        document = {key: body[key] for key in body if key not in {"width", "height", "duration"}}
        return self._send({"animation": body, "document": document} | _caption(caption), how)

    def sticker(self, data: bytes = b"RIFF\0\0\0\0WEBP", **how: Unpack[How]) -> int:
        """Send a sticker."""
        return self._send({"sticker": self.world.files.sticker(data).body}, how)

    def voice(self, data: bytes = b"OggS", **how: Unpack[How]) -> int:
        """Send a voice message."""
        return self._send({"voice": self.world.files.voice(data).body}, how)

    def service(self, by: Person | None = None, **fields: Any) -> int:
        """Let a service message appear: `new_chat_members=[…]`, `pinned_message=…`."""
        return self._send(fields, {"by": by or self.owner})

    def edit(self, message_id: int, text: str | None = None, caption: str | None = None) -> None:
        """Change the words of a message."""
        post = self.post(message_id)
        raw = {**post.raw, "edit_date": self.world.now()}
        if text is not None:
            raw |= {"text": text, "entities": find(text)}
        if caption is not None:
            raw |= {"caption": caption, "caption_entities": find(caption)}
        self.change(post, raw)
        if visible(self, raw, self.world.account):
            kind = "edited_channel_post" if self.kind == "channel" else "edited_message"
            self.world.updates.push(kind, raw)

    def delete(self, message_id: int) -> None:
        """Delete a message. Bots are not told."""
        self.post(message_id)
        self.remove(message_id)

    def place(self, person: Person, raw: dict[str, Any], inline_id: str) -> Post:
        """Show a message that a person sends by way of the bot (Bot API: Message.via_bot)."""
        about = {"message_id": self.next_message_id(), "date": self.world.now(), "chat": self.object}
        whole = about | {"from": person.user(), "via_bot": self.world.account.user()} | raw
        post = self.add(person, whole, raw.get("reply_markup"))
        post.inline_id = inline_id
        self._deliver(whole)
        return post

    def host(self, summons: dict[str, Any], raw: dict[str, Any], inline_id: str) -> Post:
        """Show the bot's answer to a message that summoned it here (Bot API: Message.guest_bot_caller_user)."""
        about = {"message_id": self.next_message_id(), "date": self.world.now(), "chat": self.object}
        answer = {"reply_to_message": quoted(summons), "guest_bot_caller_user": summons["from"]}
        post = self.add("bot", about | {"from": self.world.account.user()} | answer | raw, raw.get("reply_markup"))
        post.inline_id = inline_id
        return post

    def press(
        self, message_id: int, text: str | None = None, *, data: str | None = None, by: Person | None = None
    ) -> str:
        """Press the button that shows `text`, or one that sends `data` even if it is not there any more.

        Returns:
            The callback query's id: see `callback_answers`.

        Raises:
            AssertionError: there is no such button.
        """
        post = self.post(message_id)
        person = by or self._somebody()
        if post.inline_id is not None:
            return self._inline.press(person, post.inline_id, text, data)
        return self._queries.press(person, post, text, data, message=post.raw, instance=self.id)

    def forward_from_channel(self, post: dict[str, Any]) -> int:
        """Let Telegram forward a post of the linked channel here (Bot API: Message.is_automatic_forward)."""
        origin = {"type": "channel", "chat": post["chat"], "message_id": post["message_id"], "date": post["date"]}
        kept = {key: post[key] for key in post if key not in {"message_id", "chat", "sender_chat", "date"}}
        raw = {"message_id": self.next_message_id(), "date": post["date"], "chat": self.object, "from": TELEGRAM}
        raw |= {"sender_chat": post["chat"], "is_automatic_forward": True, "forward_origin": origin} | kept
        self.add(self.world.nobody, raw)
        self._deliver(raw)
        return int(raw["message_id"])

    # ------------------------------------------------------------ inside
    def _somebody(self) -> Person:
        if self.kind != "private" or self.owner is None:
            raise ValueError("in a group say who does it: by=…")
        return self.owner

    def _send(self, body: dict[str, Any], how: How) -> int:
        author = how.get("by") or (self if self.kind == "channel" else self._somebody())
        at = how.get("at")
        raw: dict[str, Any] = {
            "message_id": self.next_message_id(),
            "date": self.world.now() if at is None else int(at),
            "chat": self.object,
            **self._from(author),
        }
        thread = how.get("thread")
        if thread is not None:
            topic = self.topics[thread]
            raw |= {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": topic.root}
        reply_to = how.get("reply_to")
        if reply_to is not None:
            raw["reply_to_message"] = quoted(self.post(reply_to).raw)
        album = how.get("album")
        if album:
            raw["media_group_id"] = album
        if self.protected:
            raw["has_protected_content"] = True
        raw |= body | how.get("extra", {})
        person = self.owner if isinstance(author, Room) else author
        self.add(person or self.world.nobody, raw)
        self._deliver(raw)
        return int(raw["message_id"])

    def _from(self, author: Person | Room) -> dict[str, Any]:
        if not isinstance(author, Room):
            return {"from": author.user()}
        if self.kind == "channel":
            return {"sender_chat": author.object}
        speaker = ANONYMOUS if author is self else self.world.nobody.user() | {"is_bot": True}
        return {"from": speaker, "sender_chat": author.object}

    def _deliver(self, raw: dict[str, Any]) -> None:
        if self.kind == "channel" and isinstance(self.linked, Chat):
            self.linked.forward_from_channel(raw)
        if visible(self, raw, self.world.account):
            self.world.updates.push("channel_post" if self.kind == "channel" else "message", raw)
        elif self.standing == "stranger":
            self._inline.overhear(self, raw)


def quoted(raw: dict[str, Any]) -> dict[str, Any]:
    """Make the copy of a message that a reply carries: it holds no further reply (Bot API: Message)."""
    return {key: raw[key] for key in raw if key != "reply_to_message"}


def _caption(caption: str | None) -> dict[str, Any]:
    return {"caption": caption} | _entities("caption_entities", caption) if caption else {}


def _entities(name: str, text: str) -> dict[str, Any]:
    found = find(text)
    return {name: found} if found else {}
