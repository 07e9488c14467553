"""/settings in a group: its admins choose the effects, who may ask, videos per day, and the language.

Each button names the state that it leads to, not a change, so that handling a press twice is harmless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import callback_data_of
from handlers.messages.names import title_args
from handlers.messages.payloads import GroupAction, GroupButton
from handlers.messages.view import Button, View, in_rows
from handlers.reply import answer_query, delete_pressed, edit_pressed, reply
from handlers.requests.permissions import effects_allowed

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale

_LIMITS = (1, 2, 3, 5, 10, 15, 20, 30, 50, 100)  # videos a day
_PAGE_SIZE = 12  # effects
_ON, _OFF, _CURRENT = "✅", "▫️", "● "
_DEFAULT = "-"  # the value of a button that takes a limit or a language back


async def group_settings(_update: Update, context: Context) -> None:
    """Show the group's settings to its admins."""
    message, deps, locale = context.message, context.deps, context.locale
    if not await deps.chat_members.is_admin(message.chat_id, context.sender_id):
        await reply(message, View(locale("group-settings-for-admins")))
        return
    await reply(message, await _main_page(deps, locale, message.chat_id))


async def change_group(_update: Update, context: Context) -> None:
    """Change what an admin pressed, and show the page that comes next."""
    query, deps, locale = context.callback_query, context.deps, context.locale
    button, message = GroupButton.decode(query.data), query.message
    if button is None or message is None or query.data not in callback_data_of(message):
        await answer_query(query)
        return
    if not await deps.chat_members.is_admin(message.chat.id, context.sender_id):
        await answer_query(query, locale("group-settings-for-admins"))
        return
    if button.action is GroupAction.DONE:
        await answer_query(query)
        await delete_pressed(query)
        return
    view = await _change(deps, locale, message.chat.id, button)
    await answer_query(query)
    await edit_pressed(query, view)


async def _change(deps: Dependencies, locale: Locale, chat_id: int, button: GroupButton) -> View:
    """Store what the button says, and return the page that comes next."""
    groups, value, page = deps.store.groups, button.value or "", button.page or 0
    match button.action:
        case GroupAction.WHO:
            await groups.set(chat_id, "who", value)
        case GroupAction.LIMIT if value:
            await groups.set(chat_id, "daily", None if value == _DEFAULT else int(value))
        case GroupAction.LIMIT:
            return await _limit_page(deps, locale, chat_id)
        case GroupAction.LANGUAGE if value:
            language = None if value == _DEFAULT else value
            await groups.set(chat_id, "language", language)
            deps.languages.set(chat_id, language)
            locale = locale if language is None else deps.locales.get(language)
        case GroupAction.LANGUAGE:
            return await _language_page(deps, locale, chat_id)
        case GroupAction.EFFECTS:
            return await _effects_page(deps, locale, chat_id)
        case GroupAction.THEME:
            return await _theme_page(deps, locale, chat_id, value, page)
        case GroupAction.ALL_ON | GroupAction.ALL_OFF:
            names = [effect.command for effect in deps.catalogue.in_theme(value)]
            await groups.set_theme(chat_id, value, names, on=button.action is GroupAction.ALL_ON)
            return await _theme_page(deps, locale, chat_id, value, 0)
        case GroupAction.ON | GroupAction.OFF:
            return await _switch_effect(deps, locale, chat_id, button)
    return await _main_page(deps, locale, chat_id)


async def _switch_effect(deps: Dependencies, locale: Locale, chat_id: int, button: GroupButton) -> View:
    """Switch one effect on or off. Stored is whether it differs from its theme."""
    effect = deps.catalogue.by_name(button.value or "")
    if effect is None:
        return await _effects_page(deps, locale, chat_id)
    rules = await deps.store.groups.rules(chat_id)
    differs = rules.allows_theme(effect.theme) != (button.action is GroupAction.ON)
    await deps.store.groups.set_switch(chat_id, effect.command, on=differs)
    return await _theme_page(deps, locale, chat_id, effect.theme, button.page or 0)


async def _main_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """Return the current settings, and the buttons to change them."""
    rules = await deps.store.groups.rules(chat_id)
    text = locale(
        "group-settings",
        who="admins" if rules.admins_only else "everyone",
        limit=await deps.store.jobs.group_limit(chat_id, deps.policy.limits),
        some=len(effects_allowed(deps, rules)),
        all=len(deps.catalogue.offered(deps.services)),
    )
    who = [
        Button(
            _marked(locale.text(f"button-who-{one}"), current=rules.admins_only == (one == "admins")),
            GroupButton(GroupAction.WHO, one),
        )
        for one in ("everyone", "admins")
    ]
    pages = [
        Button(locale.text("button-group-effects"), GroupButton(GroupAction.EFFECTS)),
        Button(locale.text("button-group-limit"), GroupButton(GroupAction.LIMIT)),
    ]
    if len(deps.locales.languages) > 1:
        pages.append(Button(locale.text("button-group-language"), GroupButton(GroupAction.LANGUAGE)))
    done = Button(locale.text("button-done"), GroupButton(GroupAction.DONE))
    return View(text, (tuple(who), *in_rows(pages, 2), (done,)))


async def _limit_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """Return the choice of videos per day: numbers below the operator's limit, or that limit."""
    rules, maximum = await deps.store.groups.rules(chat_id), deps.policy.limits.group_daily
    buttons = [
        Button(_marked(str(one), current=rules.daily == one), GroupButton(GroupAction.LIMIT, str(one)))
        for one in _LIMITS
        if one < maximum
    ]
    label = _marked(locale.text("button-limit-most", limit=maximum), current=rules.daily is None)
    most = Button(label, GroupButton(GroupAction.LIMIT, _DEFAULT))
    return View(locale("group-limit"), (*in_rows(buttons, 4), (most,), (_back(locale, GroupAction.MAIN),)))


async def _language_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """Return the choice of one language for the group, or each person's own."""
    chosen = (await deps.store.groups.rules(chat_id)).language
    label = _marked(locale.text("button-language-each"), current=chosen is None)
    each = Button(label, GroupButton(GroupAction.LANGUAGE, _DEFAULT))
    buttons = [
        Button(
            _marked(deps.locales.get(code).text("language-name"), current=chosen == code),
            GroupButton(GroupAction.LANGUAGE, code),
        )
        for code in deps.locales.languages
    ]
    return View(locale("group-language"), ((each,), *in_rows(buttons, 2), (_back(locale, GroupAction.MAIN),)))


async def _effects_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """Return the themes, with how many effects of each are on."""
    allowed = effects_allowed(deps, await deps.store.groups.rules(chat_id))
    buttons = []
    for theme in deps.catalogue.themes:
        total = sum(one.theme == theme.key for one in deps.catalogue.offered(deps.services))
        on = sum(one.theme == theme.key for one in allowed)
        if total:
            label = locale.text("button-theme", **title_args(theme, locale), some=on, all=total)
            buttons.append(Button(f"{_ON if on else _OFF} {label}", GroupButton(GroupAction.THEME, theme.key, 0)))
    return View(locale("group-effects"), (*in_rows(buttons, 2), (_back(locale, GroupAction.MAIN),)))


async def _theme_page(deps: Dependencies, locale: Locale, chat_id: int, key: str, page: int) -> View:
    """Return the effects of one theme, with a switch for each and for all."""
    rules = await deps.store.groups.rules(chat_id)
    theme = next((one for one in deps.catalogue.themes if one.key == key), None)
    if theme is None:
        return await _effects_page(deps, locale, chat_id)
    effects = [effect for effect in deps.catalogue.in_theme(key) if deps.offers(effect)]
    pages = max(1, -(-len(effects) // _PAGE_SIZE))
    page = min(page, pages - 1)
    buttons = []
    for effect in effects[page * _PAGE_SIZE : (page + 1) * _PAGE_SIZE]:
        on = rules.allows(effect.command, effect.theme)
        label = f"{_ON if on else _OFF} {effect.emoji} {locale.title(effect)}"
        switch = GroupButton(GroupAction.OFF if on else GroupAction.ON, effect.command, page)
        buttons.append(Button(label, switch))
    both = (
        Button(locale.text("button-all-on"), GroupButton(GroupAction.ALL_ON, key)),
        Button(locale.text("button-all-off"), GroupButton(GroupAction.ALL_OFF, key)),
    )
    navigation = [_back(locale, GroupAction.EFFECTS)]
    if page > 0:
        navigation.insert(0, Button("‹", GroupButton(GroupAction.THEME, key, page - 1)))
    if page < pages - 1:
        navigation.append(Button("›", GroupButton(GroupAction.THEME, key, page + 1)))
    text = locale("shelf", **title_args(theme, locale), page=page + 1, pages=pages)
    return View(text, (*in_rows(buttons, 2), both, tuple(navigation)))


def _marked(label: str, *, current: bool) -> str:
    return f"{_CURRENT}{label}" if current else label


def _back(locale: Locale, action: GroupAction) -> Button:
    return Button(locale.text("button-step-back"), GroupButton(action))
