"""/effects: the whole catalogue in shelves by theme, each in pages of buttons."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.message import data_of, language_of
from handlers.messages.names import titled
from handlers.messages.view import Button, View, in_rows
from handlers.reply import answer
from handlers.requests.permissions import offered
from storage.groups import EVERYTHING, Rules

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Words
    from video.effects.effect import Effect

_PAGE = 8  # effects on a page
_NO_DRAFT = "-"


async def effects(update: Update, context: Context) -> None:
    """The shelves, as an answer to /effects."""
    if update.message is not None:
        words = context.desk.words(language_of(update.message))
        rules = await context.desk.store.groups.rules(update.message.chat_id)
        await answer(update.message, shelves_view(context.desk, words, _NO_DRAFT, rules))


async def shelves(update: Update, context: Context) -> None:
    """Back to the shelves: `shelves:DRAFT`."""
    query, words, parts = _pressed(update, context)
    await _turn(query, shelves_view(context.desk, words, parts[1], await _rules(context, query)))


async def shelf(update: Update, context: Context) -> None:
    """One shelf, one page: `shelf:DRAFT:THEME:PAGE`."""
    query, words, parts = _pressed(update, context)
    theme = next((one for one in context.desk.catalogue.themes if len(parts) == 4 and one.key == parts[2]), None)
    if theme is None or not (parts[3].isascii() and parts[3].isdigit()):
        await query.answer()
        return
    await _turn(
        query, shelf_view(context.desk, words, parts[1], theme.key, int(parts[3]), await _rules(context, query))
    )


async def _rules(context: Context, query: CallbackQuery) -> Rules:
    """The rules of the group in which a page is turned."""
    return await context.desk.store.groups.rules(query.message.chat.id) if query.message else EVERYTHING


def shelves_view(desk: Dependencies, words: Words, draft: str, rules: Rules = EVERYTHING) -> View:
    """All themes; with the id of the draft whose photos an effect is chosen for, or `-`."""
    there = offered(desk, rules)
    buttons = [
        Button(
            words.plain("button-shelf", **titled(theme, words), count=count),
            f"shelf:{draft}:{theme.key}:0",
        )
        for theme in desk.catalogue.themes
        if (count := sum(effect.theme == theme.key for effect in there))
    ]
    main = [_choice(effect, words, draft) for effect in desk.catalogue.main if effect in there]
    return View(words("shelves", count=len(there)), (*in_rows(main, 3), *in_rows(buttons, 2)))


def shelf_view(desk: Dependencies, words: Words, draft: str, theme_key: str, page: int, rules: Rules = EVERYTHING) -> View:
    """One page of one theme."""
    theme = next(one for one in desk.catalogue.themes if one.key == theme_key)
    there = [effect for effect in offered(desk, rules) if effect.theme == theme_key]
    pages = max(1, -(-len(there) // _PAGE))
    page = min(page, pages - 1)
    shown = [_choice(effect, words, draft) for effect in there[page * _PAGE : (page + 1) * _PAGE]]
    turn = [Button(words.plain("button-back"), f"shelves:{draft}")]
    if page > 0:
        turn.insert(0, Button("‹", f"shelf:{draft}:{theme_key}:{page - 1}"))
    if page < pages - 1:
        turn.append(Button("›", f"shelf:{draft}:{theme_key}:{page + 1}"))
    text = words("shelf", **titled(theme, words), page=page + 1, pages=pages)
    return View(text, (*in_rows(shown, 2), tuple(turn)))


def _choice(effect: Effect, words: Words, draft: str) -> Button:
    key = "button-effect-two" if effect.photos == 2 else "button-effect"
    data = f"want:{effect.command}" if draft == _NO_DRAFT else f"pick:{draft}:{effect.command}"
    return Button(words.plain(key, **titled(effect, words)), data)


def _pressed(update: Update, context: Context) -> tuple[CallbackQuery, Words, list[str]]:
    query = update.callback_query
    if query is None:
        raise TypeError("registered for callback queries only")
    return query, context.desk.words(query.from_user.language_code), (query.data or "").split(":")


async def _turn(query: CallbackQuery, view: View) -> None:
    """Answer the press and turn the page in place; a second tap on the same button finds it turned."""
    await query.answer()
    if query.message is None or not any(data.startswith("shel") for data in data_of(query.message)):
        return  # made up: no page of ours
    markup = view.markup
    with suppress(BadRequest):  # not modified, or deleted meanwhile
        await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=markup)  # type: ignore[arg-type]
