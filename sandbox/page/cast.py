"""Who is on the page: Ada and Ben, a private chat, and a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.photos import photo

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Telegram


def enter(telegram: Telegram) -> tuple[Chat, Chat]:
    """Let Ada and Ben join; returns Ada's private chat with the bot, and the group "Friends"."""
    ada = telegram.person("Ada", username="ada", language_code="en", picture=photo("ada"))
    ben = telegram.person("Ben", username="ben", language_code="en", picture=photo("ben"))
    return telegram.private(ada), telegram.group("Friends", [ada, ben])
