"""Rooms: the state of one chat, and ways to look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

from sandbox.telegram.chats.messages import Post, Seen, see
from sandbox.telegram.formats.entities import cut
from sandbox.telegram.state.waiters import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sandbox.telegram.state.accounts import Account, Person
    from sandbox.telegram.state.shared import SharedState


Kind = Literal["private", "group", "supergroup", "channel"]
Standing = Literal["member", "administrator", "left", "kicked", "stranger"]
"""What the bot is in a chat; a stranger was never in it, and does not know of it."""


@dataclass(eq=False, slots=True)
class Topic:
    """A topic of a forum. `root` is the service message that opened it."""

    root: dict[str, Any]
    closed: bool = False


class Room:
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

    def __init__(self, world: SharedState, room_id: int, kind: Kind, title: str, members: Sequence[Person]) -> None:
        self.world = world
        self.id = room_id
        self.kind = kind
        self.title = title
        self.members = {person.id: person for person in members}
        self.owner = members[0] if members else None
        self.admins: set[int] = set()
        self.standing: Standing = "member"
        self.forum = False
        self.topics: dict[int, Topic] = {}
        self.forbidden: set[str] = set()
        self.flood: int | None = None
        self.migrated_to: int | None = None
        self.bot_spoke_last = True
        self.linked: Room | None = None
        self.protected = False
        self.actions: list[str] = []
        self.reactions: dict[int, list[dict[str, Any]]] = {}
        self.posts: dict[int, Post] = {}
        self._log: list[tuple[Post, int]] = []
        self._own_ids = 0
        self._message_watch: Watch[Seen] = Watch()
        self._watch: Watch[Any] = Watch()

    def __repr__(self) -> str:
        return f"<{self.kind} {self.title!r} {self.id}>"

    @property
    def object(self) -> dict[str, Any]:
        """The Bot API's `Chat`."""
        if self.kind == "private" and self.owner:
            user = self.owner.user()
            names = {key: value for key, value in user.items() if key in {"first_name", "last_name", "username"}}
            return {"id": self.id, "type": "private"} | names
        chat: dict[str, Any] = {"id": self.id, "type": self.kind, "title": self.title}
        return {**chat, "is_forum": True} if self.forum else chat

    # ------------------------------------------------------------ change
    def next_message_id(self) -> int:
        """Number the next message: supergroups and channels count their own, all others share one count."""
        if self.kind in {"supergroup", "channel"}:
            self._own_ids += 1
            return self._own_ids
        return self.world.next_message_id()

    def add(self, sender: Person | Literal["bot"], raw: dict[str, Any], markup: dict[str, Any] | None = None) -> Post:
        """Show a new message."""
        post = Post(sender, [raw], markup)
        self.posts[raw["message_id"]] = post
        self._log.append((post, 0))
        self._tell(post)
        return post

    def change(self, post: Post, raw: dict[str, Any], markup: dict[str, Any] | None = None) -> None:
        """Show a new version of a message."""
        post.versions.append(raw)
        post.markup = markup
        self._log.append((post, len(post.versions) - 1))
        self._tell(post)

    def remove(self, message_id: int) -> None:
        """Make a message vanish."""
        self.posts.pop(message_id).alive = False
        self.tell()

    def tell(self) -> None:
        """Let those who wait for this chat or for the world look again."""
        self._watch.tell(self)
        self.world.tell()

    def _tell(self, post: Post) -> None:
        if post.sender == "bot" and self._message_watch.busy:
            self._message_watch.tell(see(post, self.world.files))
        self.tell()

    # ------------------------------------------------------------ look
    @property
    def messages(self) -> list[Seen]:
        """What people see now, oldest first."""
        return [see(post, self.world.files) for post in self.posts.values()]

    @property
    def history(self) -> list[Seen]:
        """Every version of every message in the order in which it appeared, deleted ones too."""
        return [see(post, self.world.files, version) for post, version in self._log]

    def message(self, message_id: int) -> Seen:
        """Show one message.

        Raises:
            AssertionError: it is not there.
        """
        return see(self.post(message_id), self.world.files)

    def post(self, message_id: int) -> Post:
        """Return a message with its versions.

        Raises:
            AssertionError: it is not there.
        """
        post = self.posts.get(message_id)
        if post is None:
            raise AssertionError(f"there is no message {message_id} in {self}:\n{self.transcript()}")
        return post

    def transcript(self) -> str:
        """Write down what people see, a line for each message."""
        return "\n".join(map(str, self.messages)) or "(nothing)"

    async def wait_for(
        self,
        wanted: Callable[[Seen], bool],
        timeout: float = 10,  # noqa: ASYNC109 - what a test's author looks for; it ends in a sentence
    ) -> Seen:
        """Return the first bot message, there already or yet to come, that is `wanted`.

        Raises:
            AssertionError: none came within `timeout` seconds; the text lists what is visible.
        """
        posts = [post for post in self.posts.values() if post.sender == "bot"]
        now = (see(post, self.world.files) for post in posts)
        return await self._message_watch.until(wanted, now, timeout, self.transcript)

    async def wait(
        self,
        wanted: Callable[[Self], bool],
        timeout: float = 10,  # noqa: ASYNC109 - as above
    ) -> None:
        """Wait until the chat is as `wanted`.

        Raises:
            AssertionError: it was not within `timeout` seconds; the text lists what is visible.
        """
        await self._watch.until(wanted, [self], timeout, self.transcript)


def visible(room: Room, raw: dict[str, Any], account: Account) -> bool:
    """Tell whether the bot gets this message of a person as an update."""
    if room.standing in {"left", "kicked", "stranger"}:
        return False
    if room.kind in {"private", "channel"} or not account.privacy or room.standing == "administrator":
        return True
    if raw.get("via_bot", {}).get("id") == account.id or _is_service(raw):
        return True
    if raw.get("reply_to_message", {}).get("from", {}).get("id") == account.id:
        return True
    command = _command(raw)
    return account.is_addressed(command) if "@" in command else bool(command) and room.bot_spoke_last


def _command(raw: dict[str, Any]) -> str:
    words = raw.get("text", raw.get("caption", ""))
    for entity in raw.get("entities", raw.get("caption_entities", ())):
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            return cut(words, 0, entity["length"])
    return ""


def _is_service(raw: dict[str, Any]) -> bool:
    return any(name in raw for name in SERVICE)


SERVICE = (
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
