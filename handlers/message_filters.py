"""Filters: which messages are for us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext.filters import MessageFilter

from handlers.message import command_of, photo_of, sender_id_of

if TYPE_CHECKING:
    from telegram import Message


class Command(MessageFilter):
    """A command of one of these names, in a text or in a caption: PTB's own CommandHandler ignores captions."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = frozenset(names)

    def filter(self, message: Message) -> bool:
        """Whether this message says one of them to us."""
        command = command_of(message, message.get_bot().username)
        return command is not None and command.name in self._names


class HasPhoto(MessageFilter):
    """A still picture, as a photo or as a file."""

    def filter(self, message: Message) -> bool:
        """Whether this message has one."""
        return photo_of(message) is not None


class FromUser(MessageFilter):
    """Not from a bot, and not sent through one, ourselves included; no post that a linked channel has here."""

    def filter(self, message: Message) -> bool:
        """Whether a person or a chat speaks here."""
        forwarded = message.is_automatic_forward or False
        return message.via_bot is None and not forwarded and sender_id_of(message) is not None


RESERVED_COMMANDS = frozenset(
    {"balance", "cancel", "effect", "effects", "help", "privacy", "settings", "start", "stats", "status"}
)
