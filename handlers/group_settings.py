"""/settings in a group: its admins say which effects there are, who may ask, how many videos a day, which language.

Every press names what it leads to, not a change: handled twice, it changes nothing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.answer import answer
from handlers.group_settings_view import effects_page, language_page, limit_page, main_page, theme_page
from handlers.message import data_of, language_of, person_of
from handlers.view import View

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context, Desk
    from handlers.texts import Words


async def group_settings(update: Update, context: Context) -> None:
    """The settings, for who runs the group."""
    message = update.message
    person = person_of(message) if message else None
    if message is None or person is None:
        return
    words = context.desk.words(language_of(message))
    if not await context.desk.members.runs(context.bot, message.chat_id, person):
        await answer(message, View(words("group-settings-for-admins")))
        return
    await answer(message, await main_page(context.desk, words, message.chat_id))


async def change_group(update: Update, context: Context) -> None:
    """A press: `group:WHAT[:VALUE[:PAGE]]`, as a button of that message sends it."""
    query, desk = update.callback_query, context.desk
    if query is None:
        return
    words = desk.words(query.from_user.language_code)
    message = query.message
    if message is None or query.data not in data_of(message):
        await _say(query, None)
        return
    if not await desk.members.runs(context.bot, message.chat.id, query.from_user.id):
        await _say(query, words.plain("group-settings-for-admins"))
        return
    what, _, rest = (query.data or "").removeprefix("group:").partition(":")
    if what == "done":
        await _say(query, None)
        with suppress(BadRequest):
            await context.bot.delete_message(message.chat.id, message.message_id)
        return
    view = await _turn(desk, words, message.chat.id, what, rest)
    await _say(query, None)
    with suppress(BadRequest):  # not modified: a double tap
        await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=view.markup)  # type: ignore[arg-type]


async def _turn(desk: Desk, words: Words, chat_id: int, what: str, rest: str) -> View:
    """Change what was pressed, and show the page that comes next."""
    groups = desk.store.groups
    match what:
        case "who":
            await groups.set(chat_id, "who", rest)
        case "limit" if rest:
            await groups.set(chat_id, "daily", None if rest == "-" else int(rest))
        case "limit":
            return await limit_page(desk, words, chat_id)
        case "language" if rest:
            chosen = None if rest == "-" else rest
            await groups.set(chat_id, "language", chosen)
            desk.tongues.choose(chat_id, chosen)
            words = words if chosen is None else desk.words(chosen)
        case "language":
            return await language_page(desk, words, chat_id)
        case "effects":
            return await effects_page(desk, words, chat_id)
        case "theme":
            theme, _, page = rest.partition(":")
            return await theme_page(desk, words, chat_id, theme, int(page))
        case "all" | "none":
            names = [effect.command for effect in desk.catalogue.in_theme(rest)]
            await groups.switch_theme(chat_id, rest, names, on=what == "all")
            return await theme_page(desk, words, chat_id, rest, 0)
        case "on" | "off":
            name, _, page = rest.partition(":")
            return await _switch(desk, words, chat_id, name, int(page), on=what == "on")
    return await main_page(desk, words, chat_id)


async def _switch(desk: Desk, words: Words, chat_id: int, name: str, page: int, *, on: bool) -> View:
    """One effect on or off: noted where that is unlike its theme."""
    effect = desk.catalogue.named(name)
    if effect is None:
        return await effects_page(desk, words, chat_id)
    rules = await desk.store.groups.rules(chat_id)
    await desk.store.groups.switch(chat_id, effect.command, on=rules.has_theme(effect.theme) != on)
    return await theme_page(desk, words, chat_id, effect.theme, page)


async def _say(query: CallbackQuery, text: str | None) -> None:
    with suppress(BadRequest):  # "query is too old"
        await query.answer(text)
