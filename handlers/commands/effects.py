"""/effects: the catalogue by theme, in pages of buttons, and what a search finds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import callback_data_of, draft_key_of
from handlers.messages import names
from handlers.messages.payloads import DraftAction, DraftButton, NewDraftButton, ThemeListButton, ThemePageButton
from handlers.messages.view import Button, View, in_rows
from handlers.reply import answer_query, edit_pressed, reply
from handlers.requests.permissions import effects_allowed
from storage.people.groups import DEFAULT_RULES

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context
    from handlers.localization import Locale
    from video.effects.effect import Effect

_PAGE_SIZE = 8  # effects
_MAX_FOUND = 24  # effects that a search shows
_MAX_QUOTED = 60  # characters of what was searched for


async def effects(_update: Update, context: Context) -> None:
    """Answer /effects with the list of themes, and /effects WORDS with the effects that they may mean."""
    wanted = context.command.argument if context.command else ""
    found = await found_effects(context, wanted) if wanted else None
    view = found or await _theme_list(context, None)
    if wanted and found is None:
        view = View(f"{context.locale('search-nothing', text=_quoted(wanted))}\n\n{view.text}", view.buttons)
    await reply(context.message, view)


async def found_effects(context: Context, text: str) -> View | None:
    """Return buttons for the effects that a text may mean in this chat, for the photos that wait for an effect, if any.

    None if there are no such effects.
    """
    deps, locale, message = context.deps, context.locale, context.message
    found = names.similar_effects(text, deps.catalogue, deps.locales, await _allowed(context), limit=None)
    if not found:
        return None
    draft = await deps.store.drafts.open_for(draft_key_of(message, context.sender_id))
    draft_id = draft.id if draft is not None and draft.effect is None else None
    buttons = [_effect_button(effect, locale, draft_id) for effect in found[:_MAX_FOUND]]
    more = len(found) - len(buttons)
    return View(locale("search-found", text=_quoted(text), count=len(found), more=more), in_rows(buttons, 2))


def _quoted(text: str) -> str:
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"


async def turn_page(_update: Update, context: Context) -> None:
    """Show the list of themes or the page of a theme that a button asks for, in place of the one with the button."""
    query, view = context.callback_query, None
    if button := ThemeListButton.decode(query.data):
        view = await _theme_list(context, button.draft_id)
    elif page := ThemePageButton.decode(query.data):
        view = await _theme_page(context, page)
    await answer_query(query)
    shown = callback_data_of(query.message)
    if view is not None and any(ThemeListButton.decode(one) or ThemePageButton.decode(one) for one in shown):
        await edit_pressed(query, view)  # otherwise the press is forged: this message has no pages


async def _theme_list(context: Context, draft_id: str | None) -> View:
    """Return all themes and the main effects, for the draft whose photos an effect is chosen for, or for none."""
    locale, allowed = context.locale, await _allowed(context)
    themes = [
        Button(
            locale.text("button-shelf", **names.title_args(theme, locale), count=count),
            ThemePageButton(draft_id, theme.key, 0),
        )
        for theme in context.deps.catalogue.themes
        if (count := sum(effect.theme == theme.key for effect in allowed))
    ]
    main = [_effect_button(effect, locale, draft_id) for effect in context.deps.catalogue.main if effect in allowed]
    return View(locale("shelves", count=len(allowed)), (*in_rows(main, 3), *in_rows(themes, 2)))


async def _theme_page(context: Context, button: ThemePageButton) -> View | None:
    """Return one page of a theme, None if there is no such theme."""
    locale, draft_id = context.locale, button.draft_id
    theme = next((one for one in context.deps.catalogue.themes if one.key == button.theme), None)
    if theme is None:
        return None
    allowed = [effect for effect in await _allowed(context) if effect.theme == theme.key]
    pages = max(1, -(-len(allowed) // _PAGE_SIZE))
    page = min(button.page, pages - 1)
    shown = allowed[page * _PAGE_SIZE : (page + 1) * _PAGE_SIZE]
    navigation = [Button(locale.text("button-back"), ThemeListButton(draft_id))]
    if page > 0:
        navigation.insert(0, Button("‹", ThemePageButton(draft_id, theme.key, page - 1)))
    if page < pages - 1:
        navigation.append(Button("›", ThemePageButton(draft_id, theme.key, page + 1)))
    text = locale("shelf", **names.title_args(theme, locale), page=page + 1, pages=pages)
    buttons = [_effect_button(effect, locale, draft_id) for effect in shown]
    return View(text, (*in_rows(buttons, 2), tuple(navigation)))


async def _allowed(context: Context) -> list[Effect]:
    """Return the effects that this chat allows."""
    rules = await context.deps.store.groups.rules(context.chat_id) if context.chat_id else DEFAULT_RULES
    return effects_allowed(context.deps, rules)


def _effect_button(effect: Effect, locale: Locale, draft_id: str | None) -> Button:
    key = "button-effect-two" if effect.photos == 2 else "button-effect"
    choose = DraftButton(DraftAction.CHOOSE_EFFECT, draft_id, effect.command) if draft_id else None
    return Button(locale.text(key, **names.title_args(effect, locale)), choose or NewDraftButton(effect.command))
