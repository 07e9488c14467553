"""What a message looks like: text and buttons, and how Telegram takes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat

if TYPE_CHECKING:
    from handlers.messages.payloads import Payload


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message.

    Attributes:
        text: its label, without HTML.
        payload: comes back as callback data when it is pressed.
        url: is opened instead.
        inline_query: lets the user choose a chat, and starts inline mode there with this text instead.
    """

    text: str
    payload: Payload | None = None
    url: str | None = None
    inline_query: str | None = None

    @property
    def inline_button(self) -> InlineKeyboardButton:
        """The button as Telegram takes it."""
        if self.inline_query is not None:
            chat = SwitchInlineQueryChosenChat(
                self.inline_query,
                allow_user_chats=True,
                allow_bot_chats=False,
                allow_group_chats=True,
                allow_channel_chats=True,
            )
            return InlineKeyboardButton(self.text, switch_inline_query_chosen_chat=chat)
        data = self.payload.encode() if self.payload is not None else None
        return InlineKeyboardButton(self.text, callback_data=data, url=self.url)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class View:
    """A message.

    Attributes:
        text: HTML.
        buttons: rows of them.
        force_reply: opens the reply field in the person's app. A bot in privacy mode sees only replies.
        resend: send the message again at the end of the chat, and delete the earlier one, instead of editing it.
    """

    text: str
    buttons: Rows = ()
    force_reply: bool = False
    resend: bool = False

    @property
    def keyboard(self) -> InlineKeyboardMarkup | None:
        """The buttons as Telegram takes them in an edit, None if there are none."""
        return inline_keyboard(self.buttons)

    @property
    def reply_markup(self) -> InlineKeyboardMarkup | ForceReply | None:
        """The buttons, or the forced reply, as Telegram takes them in a new message."""
        return ForceReply(selective=True) if self.force_reply else self.keyboard


@lru_cache(maxsize=128)
def inline_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return rows of buttons as Telegram takes them, None if there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[item.inline_button for item in row] for row in rows])


def in_rows(buttons: list[Button], width: int) -> Rows:
    """Arrange buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
