"""PTB filters: which messages a handler takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext.filters import MessageFilter

from handlers.message import parse_command, sender_id_of
from handlers.pictures import photo_of

if TYPE_CHECKING:
    from telegram import Message

RESERVED_COMMANDS = frozenset(
    {"allow", "balance", "ban", "bans", "cancel", "deletemydata", "effect", "effects", "help", "mydata", "privacy"}
    | {"report", "settings", "start", "stats", "status", "terms", "unban"}
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
    """A still image, wherever it stands in a message; a chat's new photo is not sent to the bot."""

    def filter(self, message: Message) -> bool:
        """Return True if the message has one."""
        return photo_of(message) is not None and not message.new_chat_photo


class FromUser(MessageFilter):
    """A message of a user or an anonymous admin: not of a bot, not sent via this bot, no post of a linked channel."""

    def filter(self, message: Message) -> bool:
        """Return True if it is one."""
        forwarded = message.is_automatic_forward or False
        own = message.via_bot is not None and message.via_bot.id == message.get_bot().id
        return not own and not forwarded and sender_id_of(message) is not None
