"""What happens to the bot and its chats: it is added, removed, blocked and muted; chats are linked and protected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sandbox.telegram.methods.members import bot_chat_member
from sandbox.telegram.server_state import ServerState

if TYPE_CHECKING:
    from sandbox.telegram.chats.chat import Chat
    from sandbox.telegram.state.accounts import Person

MessageKind = Literal["text messages", "photos", "videos", "documents"]


class ChatControls(ServerState):
    """A Telegram in which things go wrong, and are put right."""

    def remove_bot(self, group: Chat) -> None:
        """Remove the bot from a group."""
        if group.owner is None:
            raise ValueError("there is nobody in this chat to do it")
        before = group.bot_status
        group.bot_status = "kicked"
        self.push_bot_status(group, group.owner, before, "kicked")

    def add_bot(self, group: Chat, by: Person | None = None) -> None:
        """Let a member add the bot to a group that it is not in (any more)."""
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
        """Make a group the place where a channel is discussed: its posts are forwarded there by Telegram."""
        channel.linked_chat, group.linked_chat = group, channel

    def protect_content(self, chat: Chat) -> None:
        """Forbid that anything is forwarded or copied out of a chat."""
        chat.is_protected = True

    def forbid(self, group: Chat, kind: MessageKind) -> None:
        """Take from all members, the bot too, the right to send something."""
        group.forbidden_kinds.add(kind)

    def allow(self, group: Chat, kind: MessageKind) -> None:
        """Give it back."""
        group.forbidden_kinds.discard(kind)

    def flood(self, chat: Chat, retry_after: int = 30) -> None:
        """Answer 429 to everything that the bot does in this chat, until `calm`."""
        chat.flood_wait = retry_after

    def end_flood(self, chat: Chat) -> None:
        """Lift the flood limit."""
        chat.flood_wait = None

    def push_bot_status(self, chat: Chat, by: Person, before: str, after: str) -> None:
        """Tell the bot that its standing in a chat is another."""
        new = bot_chat_member(self, chat) | {"status": after}
        if after == "kicked":
            new["until_date"] = 0
        old = {"status": before, "user": self.account.user(), **({"until_date": 0} if before == "kicked" else {})}
        change = {"chat": chat.api_object, "from": by.user(), "date": self.now()}
        self.updates.push("my_chat_member", change | {"old_chat_member": old, "new_chat_member": new})
        chat.notify()
