"""What @BotFather's switches mean for the bot, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram import User


def sentences(me: User) -> list[str]:
    """What `getMe` says about this bot's account."""
    privacy = (
        "Privacy mode is off: in groups the bot sees every message, which it does not need (@BotFather, /setprivacy)."
        if me.can_read_all_group_messages
        else "Privacy mode is on: in groups the bot sees commands with its name, and replies to it. That is enough."
    )
    groups = (
        "may be added to groups" if me.can_join_groups else "may not be added to groups (@BotFather, /setjoingroups)"
    )
    inline = (
        "Inline mode is on. Whether inline feedback is on, Telegram does not tell; @BotFather shows it "
        "(/setinlinefeedback): at 100% videos begin by themselves, else when Start is pressed."
        if me.supports_inline_queries
        else "Inline mode is off (@BotFather, /setinline): nobody can make or share videos by @name in other chats."
    )
    guest = (
        "Guest mode is on."
        if me.supports_guest_queries
        else "Guest mode is off (@BotFather, the bot's settings): it can't be called in chats that it is not in."
    )
    return [privacy, f"The bot {groups}.", inline, guest]
