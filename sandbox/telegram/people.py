"""People with Telegram accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, slots=True)
class Person:
    """Someone with a Telegram account.

    Attributes:
        started: whether this person ever opened a chat with the bot.
        blocked: whether this person has blocked the bot.
        picture: the profile photo, if any.
        picture_hidden: whether this person's privacy settings hide it from bots.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_premium: bool = False
    started: bool = False
    blocked: bool = False
    picture: bytes | None = None
    picture_hidden: bool = False

    def user(self) -> dict[str, Any]:
        """Make the `User` object that bots get."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        if self.is_premium:
            user["is_premium"] = True
        return user
