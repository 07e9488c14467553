"""What happens to the bot and its chats: it is added, removed, blocked and muted; chats are linked and protected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sandbox.telegram.methods.members import bot_member
from sandbox.telegram.server_state import World

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.state.accounts import Person

Right = Literal["text messages", "photos", "videos", "documents"]


class Changes(World):
    """A Telegram in which things go wrong, and are put right."""

    def kick(self, group: Chat) -> None:
        """Remove the bot from a group."""
        if group.owner is None:
            raise ValueError("there is nobody in this chat to do it")
        before = group.standing
        group.standing = "kicked"
        self.bot_moved(group, group.owner, before, "kicked")

    def invite(self, group: Chat, by: Person | None = None) -> None:
        """Let a member add the bot to a group that it is not in (any more)."""
        person = by or group.owner
        if person is None:
            raise ValueError("there is nobody in this chat to do it")
        before = "left" if group.standing == "stranger" else group.standing
        group.standing = "member"
        self.bot_moved(group, person, before, "member")
        group.service(person, new_chat_members=[self.account.user()])

    def promote(self, group: Chat) -> None:
        """Make the bot an administrator."""
        if group.owner is None:
            raise ValueError("there is nobody in this chat to do it")
        before, group.standing = group.standing, "administrator"
        self.bot_moved(group, group.owner, before, "administrator")

    def link(self, channel: Chat, group: Chat) -> None:
        """Make a group the place where a channel is discussed: its posts are forwarded there by Telegram."""
        channel.linked, group.linked = group, channel

    def protect(self, chat: Chat) -> None:
        """Forbid that anything is forwarded or copied out of a chat."""
        chat.protected = True

    def forbid(self, group: Chat, right: Right) -> None:
        """Take from all members, the bot too, the right to send something."""
        group.forbidden.add(right)

    def allow(self, group: Chat, right: Right) -> None:
        """Give it back."""
        group.forbidden.discard(right)

    def flood(self, chat: Chat, retry_after: int = 30) -> None:
        """Answer 429 to everything that the bot does in this chat, until `calm`."""
        chat.flood = retry_after

    def calm(self, chat: Chat) -> None:
        """Lift the flood limit."""
        chat.flood = None

    def bot_moved(self, room: Chat, by: Person, before: str, after: str) -> None:
        """Tell the bot that its standing in a chat is another."""
        new = bot_member(self, room) | {"status": after}
        if after == "kicked":
            new["until_date"] = 0
        old = {"status": before, "user": self.account.user(), **({"until_date": 0} if before == "kicked" else {})}
        change = {"chat": room.object, "from": by.user(), "date": self.now()}
        self.updates.push("my_chat_member", change | {"old_chat_member": old, "new_chat_member": new})
        room.tell()
