"""The state of a chat, and ways to look at it."""

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
"""The bot's status in a chat. A `stranger` was never in the chat and does not know of it."""


@dataclass(eq=False, slots=True)
class Topic:
    """A topic of a forum. `root` is the service message that opened it."""

    root: dict[str, Any]
    closed: bool = False


class ChatState:
    """One chat.

    Attributes:
        id: the `chat_id`.
        bot_status: the bot's status here.
        forbidden_kinds: the kinds that the bot may not send: `text messages`, `photos`, `videos`, `documents`.
        flood_wait: the `retry_after` of the 429 that every call gets, in seconds; None if there is no flood limit.
        migrated_to: the id of the supergroup that this group became, or None.
        bot_spoke_last: whether ours was the last bot that wrote here; privacy mode depends on it.
        linked_chat: the discussion group of this channel, or the channel of this discussion group.
        is_protected: whether forwarding and copying from here are forbidden.
        stored_messages: the messages that exist, by their ids.
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

    # ------------------------------------------------------------ changes
    def next_message_id(self) -> int:
        """Return the next `message_id`; all chats but supergroups and channels share a counter."""
        if self.kind in {"supergroup", "channel"}:
            self._last_message_id += 1
            return self._last_message_id
        return self.shared.next_message_id()

    def add_message(
        self, sender: Person | Literal["bot"], raw: dict[str, Any], markup: dict[str, Any] | None = None
    ) -> StoredMessage:
        """Add a new message."""
        message = StoredMessage(sender, [raw], markup)
        self.stored_messages[raw["message_id"]] = message
        self._log.append((message, 0))
        self._notify_message(message)
        return message

    def add_version(self, message: StoredMessage, raw: dict[str, Any], markup: dict[str, Any] | None = None) -> None:
        """Add a new version of a message."""
        message.versions.append(raw)
        message.markup = markup
        self._log.append((message, len(message.versions) - 1))
        self._notify_message(message)

    def remove_message(self, message_id: int) -> None:
        """Remove a message."""
        self.stored_messages.pop(message_id).exists = False
        self.notify()

    def notify(self) -> None:
        """Let everyone who waits for this chat or for the server check again."""
        self._chat_waiters.notify(self)
        self.shared.notify()

    def _notify_message(self, message: StoredMessage) -> None:
        if message.sender == "bot" and self._message_waiters.has_waiters:
            self._message_waiters.notify(snapshot(message, self.shared.files))
        self.notify()

    # ------------------------------------------------------------ views
    @property
    def messages(self) -> list[MessageSnapshot]:
        """What people see now, oldest first."""
        return [snapshot(message, self.shared.files) for message in self.stored_messages.values()]

    @property
    def history(self) -> list[MessageSnapshot]:
        """Every version of every message in the order in which it appeared, deleted messages included."""
        return [snapshot(message, self.shared.files, version) for message, version in self._log]

    def message(self, message_id: int) -> MessageSnapshot:
        """Return a message as people see it.

        Raises:
            AssertionError: there is no such message.
        """
        return snapshot(self.stored_message(message_id), self.shared.files)

    def stored_message(self, message_id: int) -> StoredMessage:
        """Return a message with its versions.

        Raises:
            AssertionError: there is no such message.
        """
        message = self.stored_messages.get(message_id)
        if message is None:
            raise AssertionError(f"there is no message {message_id} in {self}:\n{self.transcript()}")
        return message

    def transcript(self) -> str:
        """Return what people see, one line per message."""
        return "\n".join(map(str, self.messages)) or "(nothing)"

    async def wait_for(
        self,
        predicate: Callable[[MessageSnapshot], bool],
        timeout: float = 60,  # noqa: ASYNC109 - the error describes what there is
    ) -> MessageSnapshot:
        """Return the first message of the bot, existing or new, for which `predicate` is true.

        Raises:
            TimeoutError: there was none within `timeout` seconds; the message lists what people see.
        """
        messages = [message for message in self.stored_messages.values() if message.sender == "bot"]
        current = (snapshot(message, self.shared.files) for message in messages)
        return await self._message_waiters.wait_until(predicate, current, timeout, self.transcript)

    async def wait(
        self,
        predicate: Callable[[Self], bool],
        timeout: float = 60,  # noqa: ASYNC109 - as above
    ) -> None:
        """Wait until `predicate` is true of the chat.

        Raises:
            TimeoutError: it was not true within `timeout` seconds; the message lists what people see.
        """
        await self._chat_waiters.wait_until(predicate, [self], timeout, self.transcript)


def bot_receives(chat: ChatState, raw: dict[str, Any], account: BotAccount) -> bool:
    """Return True if the bot gets this message as an update (Bot API: Privacy mode)."""
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
    text = raw.get("text", raw.get("caption", ""))
    for entity in raw.get("entities", raw.get("caption_entities", ())):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            return utf16_slice(text, 0, entity["length"])
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
