"""What /start and /help say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.message import language_of
from handlers.view import Button, View, in_rows

if TYPE_CHECKING:
    from telegram import Message

    from handlers.context import Context
    from handlers.texts import Words
    from video.effects import Effect


def greeting(context: Context, message: Message) -> View:
    """How to use the bot, here: in a group with the bot's name in the commands."""
    desk = context.desk
    private = message.chat.type == ChatType.PRIVATE
    return _view(
        desk.words(language_of(message)),
        tuple(effect for effect in desk.catalogue.main if desk.offers(effect)),
        len(desk.catalogue.offered(desk.services)),
        desk.limits.daily,
        "" if private else f"@{context.bot.username}",
    )


@lru_cache(maxsize=64)
def _view(words: Words, main: tuple[Effect, ...], total: int, daily: int, at: str) -> View:
    """Always the same for the same arguments: `at` is empty in private chats."""
    lines = [
        words("help-effect", emoji=one.emoji, command=f"/{one.command}{at}", title=one.title, count=one.photos)
        for one in main
    ]
    text = words("help-group" if at else "help", total=total, daily=daily, at=at)
    buttons = [
        Button(words.plain("button-effect", emoji=one.emoji, title=one.title), f"want:{one.command}") for one in main
    ]
    more = Button(words.plain("button-more"), "shelves:-")
    rows = () if at else (*in_rows(buttons, 3), (more,))
    return View(text.replace("EFFECT-LINES", "\n".join(lines)), rows)
