"""/settings in a group: its admins say which effects there are, who may ask, how many videos a day, which language.

Every press names what it leads to, not a change: handled twice, it changes nothing.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.message import callback_data_of, language_of, sender_id_of
from handlers.messages.names import title_args
from handlers.messages.view import Button, View, in_rows
from handlers.reply import reply
from handlers.requests.permissions import effects_allowed

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale


async def group_settings(update: Update, context: Context) -> None:
    """The settings, for who runs the group."""
    message = update.message
    person = sender_id_of(message) if message else None
    if message is None or person is None:
        return
    locale = context.deps.locale(language_of(message))
    if not await context.deps.chat_members.is_admin(context.bot, message.chat_id, person):
        await reply(message, View(locale("group-settings-for-admins")))
        return
    await reply(message, await main_page(context.deps, locale, message.chat_id))


async def change_group(update: Update, context: Context) -> None:
    """A press: `group:WHAT[:VALUE[:PAGE]]`, as a button of that message sends it."""
    query, deps = update.callback_query, context.deps
    if query is None:
        return
    locale = deps.locale(query.from_user.language_code)
    message = query.message
    if message is None or query.data not in callback_data_of(message):
        await _say(query, None)
        return
    if not await deps.chat_members.is_admin(context.bot, message.chat.id, query.from_user.id):
        await _say(query, locale.text("group-settings-for-admins"))
        return
    what, _, rest = (query.data or "").removeprefix("group:").partition(":")
    if what == "done":
        await _say(query, None)
        with suppress(BadRequest):
            await context.bot.delete_message(message.chat.id, message.message_id)
        return
    view = await _turn(deps, locale, message.chat.id, what, rest)
    await _say(query, None)
    with suppress(BadRequest):  # not modified: a double tap
        await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=view.reply_markup)  # type: ignore[arg-type]


async def _turn(deps: Dependencies, locale: Locale, chat_id: int, what: str, rest: str) -> View:
    """Change what was pressed, and show the page that comes next."""
    groups = deps.store.groups
    match what:
        case "who":
            await groups.set(chat_id, "who", rest)
        case "limit" if rest:
            await groups.set(chat_id, "daily", None if rest == "-" else int(rest))
        case "limit":
            return await limit_page(deps, locale, chat_id)
        case "language" if rest:
            chosen = None if rest == "-" else rest
            await groups.set(chat_id, "language", chosen)
            deps.languages.set(chat_id, chosen)
            locale = locale if chosen is None else deps.locale(chosen)
        case "language":
            return await language_page(deps, locale, chat_id)
        case "effects":
            return await effects_page(deps, locale, chat_id)
        case "theme":
            theme, _, page = rest.partition(":")
            return await theme_page(deps, locale, chat_id, theme, int(page))
        case "all" | "none":
            names = [effect.command for effect in deps.catalogue.in_theme(rest)]
            await groups.set_theme(chat_id, rest, names, on=what == "all")
            return await theme_page(deps, locale, chat_id, rest, 0)
        case "on" | "off":
            name, _, page = rest.partition(":")
            return await _switch(deps, locale, chat_id, name, int(page), on=what == "on")
    return await main_page(deps, locale, chat_id)


async def _switch(deps: Dependencies, locale: Locale, chat_id: int, name: str, page: int, *, on: bool) -> View:
    """One effect on or off: noted where that is unlike its theme."""
    effect = deps.catalogue.by_name(name)
    if effect is None:
        return await effects_page(deps, locale, chat_id)
    rules = await deps.store.groups.rules(chat_id)
    await deps.store.groups.set_switch(chat_id, effect.command, on=rules.allows_theme(effect.theme) != on)
    return await theme_page(deps, locale, chat_id, effect.theme, page)


async def _say(query: CallbackQuery, text: str | None) -> None:
    with suppress(BadRequest):  # "query is too old"
        await query.answer(text)


_NUMBERS = (1, 2, 3, 5, 10, 15, 20, 30, 50, 100)
_PAGE = 12  # effects on a page
_ON, _OFF, _NOW = "✅", "▫️", "● "


async def main_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """What holds now, and the way to each page."""
    rules = await deps.store.groups.rules(chat_id)
    limit = await deps.store.jobs.group_limit(chat_id, deps.limits)
    text = locale(
        "group-settings",
        who="admins" if rules.admins_only else "everyone",
        limit=limit,
        some=len(effects_allowed(deps, rules)),
        all=len(deps.catalogue.offered(deps.services)),
    )
    who = [
        Button(
            _marked(locale.text(f"button-who-{one}"), now=rules.admins_only == (one == "admins")), f"group:who:{one}"
        )
        for one in ("everyone", "admins")
    ]
    pages = [
        Button(locale.text("button-group-effects"), "group:effects"),
        Button(locale.text("button-group-limit"), "group:limit"),
    ]
    if len(deps.locales.languages) > 1:
        pages.append(Button(locale.text("button-group-language"), "group:language"))
    done = Button(locale.text("button-done"), "group:done")
    return View(text, (tuple(who), *in_rows(pages, 2), (done,)))


async def limit_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """How many videos a day: fewer than the operator allows, or as many."""
    rules = await deps.store.groups.rules(chat_id)
    numbers = [number for number in _NUMBERS if number < deps.limits.group_daily]
    buttons = [Button(_marked(str(one), now=rules.daily == one), f"group:limit:{one}") for one in numbers]
    most = locale.text("button-limit-most", limit=deps.limits.group_daily)
    whole = Button(_marked(most, now=rules.daily is None), "group:limit:-")
    return View(locale("group-limit"), (*in_rows(buttons, 4), (whole,), (_back(locale, "group:main"),)))


async def language_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """The bot's language in the group, or that of each person."""
    rules = await deps.store.groups.rules(chat_id)
    each = Button(_marked(locale.text("button-language-each"), now=rules.language is None), "group:language:-")
    buttons = [
        Button(_marked(deps.locale(code).text("language-name"), now=rules.language == code), f"group:language:{code}")
        for code in deps.locales.languages
    ]
    return View(locale("group-language"), ((each,), *in_rows(buttons, 2), (_back(locale, "group:main"),)))


async def effects_page(deps: Dependencies, locale: Locale, chat_id: int) -> View:
    """The themes, each with how many of its effects are on."""
    rules = await deps.store.groups.rules(chat_id)
    on = effects_allowed(deps, rules)
    buttons = []
    for theme in deps.catalogue.themes:
        every = [one for one in deps.catalogue.offered(deps.services) if one.theme == theme.key]
        some = sum(one.theme == theme.key for one in on)
        if every:
            label = locale.text("button-theme", **title_args(theme, locale), some=some, all=len(every))
            buttons.append(Button(f"{_ON if some else _OFF} {label}", f"group:theme:{theme.key}:0"))
    return View(locale("group-effects"), (*in_rows(buttons, 2), (_back(locale, "group:main"),)))


async def theme_page(deps: Dependencies, locale: Locale, chat_id: int, key: str, page: int) -> View:
    """The effects of one theme, each to be switched."""
    rules = await deps.store.groups.rules(chat_id)
    theme = next((one for one in deps.catalogue.themes if one.key == key), None)
    if theme is None:
        return await effects_page(deps, locale, chat_id)
    there = [effect for effect in deps.catalogue.in_theme(key) if deps.offers(effect)]
    pages = max(1, -(-len(there) // _PAGE))
    page = min(page, pages - 1)
    buttons = []
    for effect in there[page * _PAGE : (page + 1) * _PAGE]:
        on = rules.allows(effect.command, effect.theme)
        label = f"{_ON if on else _OFF} {effect.emoji} {locale.title(effect)}"
        buttons.append(Button(label, f"group:{'off' if on else 'on'}:{effect.command}:{page}"))
    both = (
        Button(locale.text("button-all-on"), f"group:all:{key}"),
        Button(locale.text("button-all-off"), f"group:none:{key}"),
    )
    turn = [_back(locale, "group:effects")]
    if page > 0:
        turn.insert(0, Button("‹", f"group:theme:{key}:{page - 1}"))
    if page < pages - 1:
        turn.append(Button("›", f"group:theme:{key}:{page + 1}"))
    text = locale("shelf", **title_args(theme, locale), page=page + 1, pages=pages)
    return View(text, (*in_rows(buttons, 2), both, tuple(turn)))


def _marked(label: str, *, now: bool) -> str:
    return f"{_NOW}{label}" if now else label


def _back(locale: Locale, to: str) -> Button:
    return Button(locale.text("button-step-back"), to)
