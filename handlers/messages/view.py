"""What a message looks like, before Telegram's own types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `data` comes back when it is pressed (at most 64 bytes), or `url` is opened.

    With `switch` the person chooses a chat, where inline mode begins with that text.
    """

    text: str
    data: str | None = None
    url: str | None = None
    switch: str | None = None

    @property
    def markup(self) -> InlineKeyboardButton:
        """The button as Telegram takes it."""
        if self.switch is not None:
            chat = SwitchInlineQueryChosenChat(self.switch, True, False, True, True)  # noqa: FBT003 -- people, no bots
            return InlineKeyboardButton(self.text, switch_inline_query_chosen_chat=chat)
        return InlineKeyboardButton(self.text, callback_data=self.data, url=self.url)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class View:
    """A message.

    Attributes:
        text: HTML.
        buttons: rows of them.
        force_reply: asks the person's app to answer this message: what a bot in privacy mode then sees.
        fresh: sent anew at the end of the chat, in place of the one before.
    """

    text: str
    buttons: Rows = ()
    force_reply: bool = False
    resend: bool = False

    @property
    def reply_markup(self) -> InlineKeyboardMarkup | ForceReply | None:
        """The buttons as Telegram takes them."""
        return ForceReply(selective=True) if self.force_reply else inline_keyboard(self.buttons)


@lru_cache(maxsize=128)
def inline_keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Rows of buttons as Telegram takes them; None where there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[item.markup for item in row] for row in rows])


def in_rows(buttons: list[Button], width: int) -> Rows:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
