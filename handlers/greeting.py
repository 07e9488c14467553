"""What /start and /help say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.group_help import group_help
from handlers.message import language_of, person_of
from handlers.title import titled
from handlers.view import Button, View, in_rows

if TYPE_CHECKING:
    from telegram import Message

    from handlers.context import Context
    from handlers.texts import Words
    from video.effects import Effect


async def greeting(context: Context, message: Message) -> View:
    """How to use the bot, here: in a group with the bot's name in the commands."""
    desk = context.desk
    words = desk.words(language_of(message))
    if message.chat.type != ChatType.PRIVATE:
        return group_help(desk, words, context.bot.bot, await desk.store.groups.rules(message.chat_id))
    main = tuple(effect for effect in desk.catalogue.main if desk.offers(effect))
    inline = context.bot.username if context.bot.supports_inline_queries else ""
    total, admin = len(desk.catalogue.offered(desk.services)), person_of(message) in desk.admin_ids
    return _private(words, main, total, desk.limits.daily, inline, admin=admin)


@lru_cache(maxsize=64)
def _private(words: Words, main: tuple[Effect, ...], total: int, daily: int, inline: str, *, admin: bool) -> View:
    """Always the same for the same arguments; `inline` is empty where there is no inline mode."""
    lines = [
        words(
            "help-animation" if one.prompt else "help-effect",
            command=f"/{one.command}",
            **titled(one, words),
            count=one.photos,
        )
        for one in main
    ]
    animate = next((words("help-animate", command=f"/{one.command}") for one in main if one.prompt), "")
    text = words("help", total=total, daily=daily)
    if inline:
        text = f"{text}\n\n{words('help-inline', name=inline)}"
    if admin:
        text = f"{text}\n\n{words('help-admin')}"
    buttons = [Button(words.plain("button-effect", **titled(one, words)), f"want:{one.command}") for one in main]
    more = Button(words.plain("button-more"), "shelves:-")
    text = text.replace("EFFECT-LINES", "\n".join(lines))
    text = text.replace("ANIMATE-LINES", animate) if animate else text.replace("ANIMATE-LINES\n\n", "")
    return View(text, (*in_rows(buttons, 3), (more,)))
