"""How to use the bot in a group: what /help says there, and what it says when it is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.house_rules import offered
from handlers.title import titled
from handlers.view import View

if TYPE_CHECKING:
    from telegram import User

    from handlers.context import Desk
    from handlers.texts import Words
    from storage.groups import Rules


def group_help(desk: Desk, words: Words, me: User, rules: Rules, *, added: bool = False) -> View:
    """The main effects that the group has, the ways to ask for them, and what the bot sees."""
    there = offered(desk, rules)
    at = f"@{me.username}"
    lines = [
        words(
            "help-animation" if one.prompt else "help-effect",
            command=f"/{one.command}{at}",
            **titled(one, words),
            count=one.photos,
        )
        for one in desk.catalogue.main
        if one in there
    ]
    text = words("help-group", total=len(there), at=at).replace("EFFECT-LINES", "\n".join(lines))
    parts = [words("group-hello")] if added else []
    parts.append(text)
    if not me.can_read_all_group_messages:
        parts.append(words("group-privacy-mode", at=at))
    if added:
        parts.append(words("group-for-admins", at=at))
    return View("\n\n".join(parts))
