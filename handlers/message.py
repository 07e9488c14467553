"""Read a message: its sender, topic, command and buttons. Its photo: `handlers/pictures.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Message, MessageEntity
from telegram.constants import ChatType

from storage.drafts import DraftKey

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage


@dataclass(frozen=True, slots=True)
class ParsedCommand:
    """A command in a text or a caption.

    Attributes:
        name: in lower case.
        argument: the text after it.
        before: the text before it.
        addressed: True if it names the bot, as in `/squish@bot`.
    """

    name: str
    argument: str
    before: str = ""
    addressed: bool = False

    @property
    def words(self) -> str:
        """The text around the command."""
        return f"{self.before} {self.argument}".strip()


def parse_command(message: Message, username: str) -> ParsedCommand | None:
    """Return the command for this bot in the text or the caption, None if there is none.

    It stands at the start. Elsewhere it counts if it names the bot, or in a caption in a private chat.
    """
    text = message.text or message.caption or ""
    in_caption = message.text is None and message.chat.type == ChatType.PRIVATE
    for entity in message.entities or message.caption_entities:
        if entity.type != MessageEntity.BOT_COMMAND:
            continue
        before, command, after = _split(text, entity)
        name, _, addressee = command[1:].partition("@")
        if addressee.lower() == username.lower() or (not addressee and (entity.offset == 0 or in_caption)):
            return ParsedCommand(name.lower(), after, before, addressed=bool(addressee))
    return None


def _split(text: str, entity: MessageEntity) -> tuple[str, str, str]:
    """Return the text before an entity, the entity's, and the text after it. Telegram counts in UTF-16 code units."""
    units = text.encode("utf-16-le", "surrogatepass")
    start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
    before, inside, after = (
        part.decode("utf-16-le", "ignore") for part in (units[:start], units[start:end], units[end:])
    )
    return before.strip(), inside, after.strip()


def text_to_bot(message: Message, username: str) -> str | None:
    """Return the text or the caption without the bot's name; None if it does not mention the bot."""
    text = message.text or message.caption or ""
    found = [
        entity
        for entity, name in (message.parse_entities() if message.text else message.parse_caption_entities()).items()
        if entity.type == MessageEntity.MENTION and name[1:].lower() == username.lower()
    ]
    for entity in sorted(found, key=lambda one: one.offset, reverse=True):
        before, _, after = _split(text, entity)
        text = f"{before} {after}".strip()
    return text if found else None


def sender_id_of(message: Message) -> int | None:
    """Return the id of the user, or of the chat that an anonymous admin or a channel posts as; None for other bots."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    if message.from_user is None or message.from_user.is_bot:
        return None
    return message.from_user.id


def sender_name_of(message: Message) -> str:
    """Return the name that people see as the sender's."""
    if message.sender_chat is not None:
        return message.sender_chat.effective_name or ""
    return message.from_user.first_name if message.from_user else ""


def thread_of(message: Message) -> int | None:
    """Return the topic's id; None outside topics, and in General, for which Telegram refuses `message_thread_id`."""
    return message.message_thread_id if message.is_topic_message and message.message_thread_id != 1 else None


def draft_key_of(message: Message, sender_id: int) -> DraftKey:
    """Return the key of the sender's draft in the chat and topic of this message."""
    return DraftKey(message.chat_id, thread_of(message), sender_id)


def callback_data_of(message: MaybeInaccessibleMessage | None) -> set[str]:
    """Return the callback data of the buttons under a message. Other data in a press of it is forged."""
    markup = message.reply_markup if isinstance(message, Message) else None
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return {button.callback_data for button in buttons if isinstance(button.callback_data, str)}
