"""Telegram accounts: people and the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False, slots=True)
class Person:
    """Someone with a Telegram account.

    Attributes:
        has_started_bot: whether this person ever opened a chat with the bot.
        has_blocked_bot: whether this person has blocked the bot.
        profile_photo: the bytes of the profile photo, if there is one.
        hides_profile_photo: whether this person's privacy settings hide it from bots.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_premium: bool = False
    has_started_bot: bool = False
    has_blocked_bot: bool = False
    profile_photo: bytes | None = None
    hides_profile_photo: bool = False

    def user(self) -> dict[str, Any]:
        """Return the Bot API's `User`."""
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


@dataclass(eq=False, slots=True)
class BotAccount:
    """The bot's account, with the switches that its owner sets at BotFather.

    Attributes:
        privacy: privacy mode: in groups the bot gets only what is meant for it.
        inline: inline mode.
        guest: guest mode (Bot API 10.0).
        inline_feedback: whether `chosen_inline_result` is sent.
        commands: what setMyCommands set, by scope (`default`, `chat:42`, …) and language code.
        profile_texts: name, description and short description, by field and language code.
    """

    id: int
    first_name: str
    username: str
    privacy: bool
    inline: bool
    guest: bool
    inline_feedback: bool
    commands: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    profile_texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def user(self) -> dict[str, Any]:
        """Return the Bot API's `User`."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def get_me(self) -> dict[str, Any]:
        """Return the result of getMe."""
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": self.inline,
            "supports_guest_queries": self.guest,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_join_request_queries": False,
        }

    def is_named_in(self, command: str) -> bool:
        """Return True if `/command@name` names this bot."""
        return command.lower().endswith(f"@{self.username.lower()}")
