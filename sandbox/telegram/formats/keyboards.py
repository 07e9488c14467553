"""Reply markups: validated as Telegram validates them, and shown as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.formats.errors import BUTTON_DATA_INVALID, bad_request

_ACTIONS = frozenset(
    {
        "callback_data",
        "callback_game",
        "copy_text",
        "login_url",
        "pay",
        "switch_inline_query",
        "switch_inline_query_chosen_chat",
        "switch_inline_query_current_chat",
        "url",
        "web_app",
    }
)


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message. People see `text`; a press sends `data`.

    With `switch_inline_query` the person chooses a chat, where that text is typed after the bot's name.
    """

    text: str
    data: str | None = None
    url: str | None = None
    switch_inline_query: str | None = None


def validated_markup(markup: Any) -> dict[str, Any] | None:
    """Return a reply markup that Telegram accepts, or None if there is none.

    Raises:
        ApiError: Telegram refuses the markup or a button.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            _check_button(button)
    return markup


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(_ACTIONS.intersection(button)) != 1:
        raise bad_request("can't parse inline keyboard button: exactly one action expected")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= 64:
        raise bad_request(BUTTON_DATA_INVALID)


def inline_keyboard(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the inline keyboard of a markup, which belongs to the message itself; None if it has no buttons."""
    if markup and any(markup.get("inline_keyboard", ())):
        return {"inline_keyboard": markup["inline_keyboard"]}
    return None


def buttons(message: dict[str, Any]) -> list[list[Button]]:
    """Return the rows of buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return [[_button(one) for one in row] for row in rows]


def _button(button: dict[str, Any]) -> Button:
    chosen_chat = button.get("switch_inline_query_chosen_chat", {})
    return Button(button["text"], button.get("callback_data"), button.get("url"), chosen_chat.get("query"))
