"""What happens to a chat: the bot is added, removed and promoted; rights, links and flood limits change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sandbox.telegram.methods.members import bot_chat_member
from sandbox.telegram.server_state import ServerState

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.state.accounts import Person

MessageKind = Literal["text messages", "photos", "videos", "documents"]


class ChatControls(ServerState):
    """The controls of chats."""

    def remove_bot(self, group: Chat) -> None:
        """Remove the bot from a group."""
        if group.owner is None:
            raise ValueError("there is nobody in this chat to do it")
        before = group.bot_status
        group.bot_status = "kicked"
        self.push_bot_status(group, group.owner, before, "kicked")

    def add_bot(self, group: Chat, by: Person | None = None) -> None:
        """Add the bot to a group in a member's name."""
        person = by or group.owner
        if person is None:
            raise ValueError("there is nobody in this chat to do it")
        before = "left" if group.bot_status == "stranger" else group.bot_status
        group.bot_status = "member"
        self.push_bot_status(group, person, before, "member")
        group.add_service_message(person, new_chat_members=[self.account.user()])

    def promote_bot(self, group: Chat) -> None:
        """Make the bot an administrator."""
        if group.owner is None:
            raise ValueError("there is nobody in this chat to do it")
        before, group.bot_status = group.bot_status, "administrator"
        self.push_bot_status(group, group.owner, before, "administrator")

    def link_channel(self, channel: Chat, group: Chat) -> None:
        """Make a group the discussion group of a channel: Telegram forwards the channel's posts there."""
        channel.linked_chat, group.linked_chat = group, channel

    def protect_content(self, chat: Chat) -> None:
        """Forbid forwarding and copying from a chat."""
        chat.is_protected = True

    def forbid(self, group: Chat, kind: MessageKind) -> None:
        """Forbid all members, the bot included, to send messages of this kind."""
        group.forbidden_kinds.add(kind)

    def allow(self, group: Chat, kind: MessageKind) -> None:
        """Allow messages of this kind again."""
        group.forbidden_kinds.discard(kind)

    def flood(self, chat: Chat, retry_after: int = 30) -> None:
        """Answer everything that the bot does in this chat with a 429 (`retry_after` in seconds), until `end_flood`."""
        chat.flood_wait = retry_after

    def end_flood(self, chat: Chat) -> None:
        """End the flood limit."""
        chat.flood_wait = None

    def push_bot_status(self, chat: Chat, by: Person, before: str, after: str) -> None:
        """Tell the bot that its status in a chat has changed."""
        new = bot_chat_member(self, chat) | {"status": after}
        if after == "kicked":
            new["until_date"] = 0
        old = {"status": before, "user": self.account.user(), **({"until_date": 0} if before == "kicked" else {})}
        change = {"chat": chat.api_object, "from": by.user(), "date": self.now()}
        self.updates.push("my_chat_member", change | {"old_chat_member": old, "new_chat_member": new})
        chat.notify()
