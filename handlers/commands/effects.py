"""/effects: the whole catalogue in shelves by theme, each in pages of buttons."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.message import callback_data_of, language_of
from handlers.messages.names import title_args
from handlers.messages.view import Button, View, in_rows
from handlers.reply import reply
from handlers.requests.permissions import effects_allowed
from storage.groups import DEFAULT_RULES, GroupRules

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from video.effects.effect import Effect

_PAGE = 8  # effects on a page
_NO_DRAFT = "-"


async def effects(update: Update, context: Context) -> None:
    """The shelves, as an answer to /effects."""
    if update.message is not None:
        locale = context.deps.locale(language_of(update.message))
        rules = await context.deps.store.groups.rules(update.message.chat_id)
        await reply(update.message, shelves_view(context.deps, locale, _NO_DRAFT, rules))


async def theme_list(update: Update, context: Context) -> None:
    """Back to the shelves: `shelves:DRAFT`."""
    query, locale, parts = _pressed(update, context)
    await _show_page(query, shelves_view(context.deps, locale, parts[1], await _rules(context, query)))


async def theme_page(update: Update, context: Context) -> None:
    """One shelf, one page: `shelf:DRAFT:THEME:PAGE`."""
    query, locale, parts = _pressed(update, context)
    theme = next((one for one in context.deps.catalogue.themes if len(parts) == 4 and one.key == parts[2]), None)
    if theme is None or not (parts[3].isascii() and parts[3].isdigit()):
        await query.answer()
        return
    await _show_page(
        query, shelf_view(context.deps, locale, parts[1], theme.key, int(parts[3]), await _rules(context, query))
    )


async def _rules(context: Context, query: CallbackQuery) -> GroupRules:
    """The rules of the group in which a page is turned."""
    return await context.deps.store.groups.rules(query.message.chat.id) if query.message else DEFAULT_RULES


def shelves_view(deps: Dependencies, locale: Locale, draft: str, rules: GroupRules = DEFAULT_RULES) -> View:
    """All themes; with the id of the draft whose photos an effect is chosen for, or `-`."""
    there = effects_allowed(deps, rules)
    buttons = [
        Button(
            locale.text("button-shelf", **title_args(theme, locale), count=count),
            f"shelf:{draft}:{theme.key}:0",
        )
        for theme in deps.catalogue.themes
        if (count := sum(effect.theme == theme.key for effect in there))
    ]
    main = [_choice(effect, locale, draft) for effect in deps.catalogue.main if effect in there]
    return View(locale("shelves", count=len(there)), (*in_rows(main, 3), *in_rows(buttons, 2)))


def shelf_view(
    deps: Dependencies, locale: Locale, draft: str, theme_key: str, page: int, rules: GroupRules = DEFAULT_RULES
) -> View:
    """One page of one theme."""
    theme = next(one for one in deps.catalogue.themes if one.key == theme_key)
    there = [effect for effect in effects_allowed(deps, rules) if effect.theme == theme_key]
    pages = max(1, -(-len(there) // _PAGE))
    page = min(page, pages - 1)
    shown = [_choice(effect, locale, draft) for effect in there[page * _PAGE : (page + 1) * _PAGE]]
    turn = [Button(locale.text("button-back"), f"shelves:{draft}")]
    if page > 0:
        turn.insert(0, Button("‹", f"shelf:{draft}:{theme_key}:{page - 1}"))
    if page < pages - 1:
        turn.append(Button("›", f"shelf:{draft}:{theme_key}:{page + 1}"))
    text = locale("shelf", **title_args(theme, locale), page=page + 1, pages=pages)
    return View(text, (*in_rows(shown, 2), tuple(turn)))


def _choice(effect: Effect, locale: Locale, draft: str) -> Button:
    key = "button-effect-two" if effect.photos == 2 else "button-effect"
    data = f"want:{effect.command}" if draft == _NO_DRAFT else f"pick:{draft}:{effect.command}"
    return Button(locale.text(key, **title_args(effect, locale)), data)


def _pressed(update: Update, context: Context) -> tuple[CallbackQuery, Locale, list[str]]:
    query = update.callback_query
    if query is None:
        raise TypeError("registered for callback queries only")
    return query, context.deps.locale(query.from_user.language_code), (query.data or "").split(":")


async def _show_page(query: CallbackQuery, view: View) -> None:
    """Answer the press and turn the page in place; a second tap on the same button finds it turned."""
    await query.answer()
    if query.message is None or not any(data.startswith("shel") for data in callback_data_of(query.message)):
        return  # made up: no page of ours
    markup = view.reply_markup
    with suppress(BadRequest):  # not modified, or deleted meanwhile
        await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=markup)  # type: ignore[arg-type]
