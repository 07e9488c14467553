"""PTB filters: which messages a handler takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext.filters import MessageFilter

from handlers.message import parse_command, photo_of, sender_id_of

if TYPE_CHECKING:
    from telegram import Message

RESERVED_COMMANDS = frozenset(
    {"balance", "cancel", "effect", "effects", "help", "privacy", "settings", "start", "stats", "status"}
)
"""Commands that no effect may have as its name."""


class Command(MessageFilter):
    """A command of one of these names, in a text or a caption; PTB's CommandHandler ignores captions."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = frozenset(names)

    def filter(self, message: Message) -> bool:
        """Return True if the message is one of the commands, and addressed to this bot or to none."""
        command = parse_command(message, message.get_bot().username)
        return command is not None and command.name in self._names


class HasPhoto(MessageFilter):
    """A still image, as a photo or as a file."""

    def filter(self, message: Message) -> bool:
        """Return True if the message has one."""
        return photo_of(message) is not None


class FromUser(MessageFilter):
    """A message of a user or an anonymous admin: not of a bot, not sent via a bot, no post of a linked channel."""

    def filter(self, message: Message) -> bool:
        """Return True if it is one."""
        forwarded = message.is_automatic_forward or False
        return message.via_bot is None and not forwarded and sender_id_of(message) is not None
