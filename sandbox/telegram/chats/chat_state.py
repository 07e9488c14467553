"""Rooms: the state of one chat, and ways to look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from sandbox.telegram.chats.messages import MessageSnapshot, StoredMessage, snapshot
from sandbox.telegram.formats.entities import utf16_slice
from sandbox.telegram.state.waiters import Waiters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sandbox.telegram.state.accounts import BotAccount, Person
    from sandbox.telegram.state.shared import SharedState


Kind = Literal["private", "group", "supergroup", "channel"]
BotStatus = Literal["member", "administrator", "left", "kicked", "stranger"]
"""What the bot is in a chat; a stranger was never in it, and does not know of it."""


@dataclass(eq=False, slots=True)
class Topic:
    """A topic of a forum. `root` is the service message that opened it."""

    root: dict[str, Any]
    closed: bool = False


class ChatState:
    """One chat.

    Attributes:
        id: the `chat_id`.
        standing: what the bot is here.
        forbidden: kinds that the bot may not send: `text messages`, `photos`, `videos`, `documents`.
        flood: seconds that a 429 tells; None while there is none.
        migrated_to: the supergroup that this group became.
        bot_spoke_last: whether ours was the last bot to write here (privacy mode asks).
        linked: the group in which this channel is discussed, or the channel that this group discusses.
        protected: whether nothing may be forwarded or copied out of here.
    """

    def __init__(self, shared: SharedState, chat_id: int, kind: Kind, title: str, members: Sequence[Person]) -> None:
        self.shared = shared
        self.id = chat_id
        self.kind = kind
        self.title = title
        self.members = {person.id: person for person in members}
        self.owner = members[0] if members else None
        self.admins: set[int] = set()
        self.bot_status: BotStatus = "member"
        self.is_forum = False
        self.topics: dict[int, Topic] = {}
        self.forbidden_kinds: set[str] = set()
        self.flood_wait: int | None = None
        self.migrated_to: int | None = None
        self.bot_spoke_last = True
        self.linked_chat: ChatState | None = None
        self.is_protected = False
        self.chat_actions: list[str] = []
        self.reactions: dict[int, list[dict[str, Any]]] = {}
        self.stored_messages: dict[int, StoredMessage] = {}
        self._log: list[tuple[StoredMessage, int]] = []
        self._last_message_id = 0
        self._message_waiters: Waiters[MessageSnapshot] = Waiters()
        self._chat_waiters: Waiters[Any] = Waiters()

    def __repr__(self) -> str:
        return f"<{self.kind} {self.title!r} {self.id}>"

    @property
    def api_object(self) -> dict[str, Any]:
        """The Bot API's `Chat`."""
        if self.kind == "private" and self.owner:
            user = self.owner.user()
            names = {key: value for key, value in user.items() if key in {"first_name", "last_name", "username"}}
            return {"id": self.id, "type": "private"} | names
        chat: dict[str, Any] = {"id": self.id, "type": self.kind, "title": self.title}
        return {**chat, "is_forum": True} if self.is_forum else chat

    # ------------------------------------------------------------ change
    def next_message_id(self) -> int:
        """Number the next message: supergroups and channels count their own, all others share one count."""
        if self.kind in {"supergroup", "channel"}:
            self._last_message_id += 1
            return self._last_message_id
        return self.shared.next_message_id()

    def add_message(
        self, sender: Person | Literal["bot"], raw: dict[str, Any], markup: dict[str, Any] | None = None
    ) -> StoredMessage:
        """Show a new message."""
        post = StoredMessage(sender, [raw], markup)
        self.stored_messages[raw["message_id"]] = post
        self._log.append((post, 0))
        self._notify_message(post)
        return post

    def add_version(self, message: StoredMessage, raw: dict[str, Any], markup: dict[str, Any] | None = None) -> None:
        """Show a new version of a message."""
        message.versions.append(raw)
        message.markup = markup
        self._log.append((message, len(message.versions) - 1))
        self._notify_message(message)

    def remove_message(self, message_id: int) -> None:
        """Make a message vanish."""
        self.stored_messages.pop(message_id).exists = False
        self.notify()

    def notify(self) -> None:
        """Let those who wait for this chat or for the world look again."""
        self._chat_waiters.notify(self)
        self.shared.notify()

    def _notify_message(self, message: StoredMessage) -> None:
        if message.sender == "bot" and self._message_waiters.has_waiters:
            self._message_waiters.notify(snapshot(message, self.shared.files))
        self.notify()

    # ------------------------------------------------------------ look
    @property
    def messages(self) -> list[MessageSnapshot]:
        """What people see now, oldest first."""
        return [snapshot(post, self.shared.files) for post in self.stored_messages.values()]

    @property
    def history(self) -> list[MessageSnapshot]:
        """Every version of every message in the order in which it appeared, deleted ones too."""
        return [snapshot(post, self.shared.files, version) for post, version in self._log]

    def message(self, message_id: int) -> MessageSnapshot:
        """Show one message.

        Raises:
            AssertionError: it is not there.
        """
        return snapshot(self.stored_message(message_id), self.shared.files)

    def stored_message(self, message_id: int) -> StoredMessage:
        """Return a message with its versions.

        Raises:
            AssertionError: it is not there.
        """
        post = self.stored_messages.get(message_id)
        if post is None:
            raise AssertionError(f"there is no message {message_id} in {self}:\n{self.transcript()}")
        return post

    def transcript(self) -> str:
        """Write down what people see, a line for each message."""
        return "\n".join(map(str, self.messages)) or "(nothing)"

    async def wait_for(
        self,
        predicate: Callable[[MessageSnapshot], bool],
        timeout: float = 60,  # noqa: ASYNC109 - what a test's author looks for; it ends in a sentence
    ) -> MessageSnapshot:
        """Return the first bot message, there already or yet to come, that is `wanted`.

        Raises:
            AssertionError: none came within `timeout` seconds; the text lists what is visible.
        """
        posts = [post for post in self.stored_messages.values() if post.sender == "bot"]
        now = (snapshot(post, self.shared.files) for post in posts)
        return await self._message_waiters.wait_until(predicate, now, timeout, self.transcript)

    async def wait(
        self,
        predicate: Callable[[Self], bool],
        timeout: float = 60,  # noqa: ASYNC109 - as above
    ) -> None:
        """Wait until the chat is as `wanted`.

        Raises:
            AssertionError: it was not within `timeout` seconds; the text lists what is visible.
        """
        await self._chat_waiters.wait_until(predicate, [self], timeout, self.transcript)


def bot_receives(chat: ChatState, raw: dict[str, Any], account: BotAccount) -> bool:
    """Tell whether the bot gets this message of a person as an update."""
    if chat.bot_status in {"left", "kicked", "stranger"}:
        return False
    if chat.kind in {"private", "channel"} or not account.privacy or chat.bot_status == "administrator":
        return True
    if raw.get("via_bot", {}).get("id") == account.id or _is_service_message(raw):
        return True
    if raw.get("reply_to_message", {}).get("from", {}).get("id") == account.id:
        return True
    command = _command(raw)
    return account.is_named_in(command) if "@" in command else bool(command) and chat.bot_spoke_last


def _command(raw: dict[str, Any]) -> str:
    words = raw.get("text", raw.get("caption", ""))
    for entity in raw.get("entities", raw.get("caption_entities", ())):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            return utf16_slice(words, 0, entity["length"])
    return ""


def _is_service_message(raw: dict[str, Any]) -> bool:
    return any(name in raw for name in SERVICE_FIELDS)


SERVICE_FIELDS = (
    "new_chat_members",
    "left_chat_member",
    "new_chat_title",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "pinned_message",
    "forum_topic_created",
    "forum_topic_closed",
    "forum_topic_reopened",
)
"""The fields that make a message a service message."""
