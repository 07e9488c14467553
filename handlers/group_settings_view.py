"""The pages of a group's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.house_rules import offered
from handlers.title import titled
from handlers.view import Button, View, in_rows

if TYPE_CHECKING:
    from handlers.context import Desk
    from handlers.texts import Words

_NUMBERS = (1, 2, 3, 5, 10, 15, 20, 30, 50, 100)
_PAGE = 12  # effects on a page
_ON, _OFF, _NOW = "✅", "▫️", "● "


async def main_page(desk: Desk, words: Words, chat_id: int) -> View:
    """What holds now, and the way to each page."""
    rules = await desk.store.groups.rules(chat_id)
    limit = await desk.store.jobs.group_limit(chat_id, desk.limits)
    text = words(
        "group-settings",
        who="admins" if rules.admins_only else "everyone",
        limit=limit,
        some=len(offered(desk, rules)),
        all=len(desk.catalogue.offered(desk.services)),
    )
    who = [
        Button(
            _marked(words.plain(f"button-who-{one}"), now=rules.admins_only == (one == "admins")), f"group:who:{one}"
        )
        for one in ("everyone", "admins")
    ]
    pages = [
        Button(words.plain("button-group-effects"), "group:effects"),
        Button(words.plain("button-group-limit"), "group:limit"),
    ]
    if len(desk.texts.languages) > 1:
        pages.append(Button(words.plain("button-group-language"), "group:language"))
    done = Button(words.plain("button-done"), "group:done")
    return View(text, (tuple(who), *in_rows(pages, 2), (done,)))


async def limit_page(desk: Desk, words: Words, chat_id: int) -> View:
    """How many videos a day: fewer than the operator allows, or as many."""
    rules = await desk.store.groups.rules(chat_id)
    numbers = [number for number in _NUMBERS if number < desk.limits.group]
    buttons = [Button(_marked(str(one), now=rules.daily == one), f"group:limit:{one}") for one in numbers]
    most = words.plain("button-limit-most", limit=desk.limits.group)
    whole = Button(_marked(most, now=rules.daily is None), "group:limit:-")
    return View(words("group-limit"), (*in_rows(buttons, 4), (whole,), (_back(words, "group:main"),)))


async def language_page(desk: Desk, words: Words, chat_id: int) -> View:
    """The bot's language in the group, or that of each person."""
    rules = await desk.store.groups.rules(chat_id)
    each = Button(_marked(words.plain("button-language-each"), now=rules.language is None), "group:language:-")
    buttons = [
        Button(_marked(desk.words(code).plain("language-name"), now=rules.language == code), f"group:language:{code}")
        for code in desk.texts.languages
    ]
    return View(words("group-language"), ((each,), *in_rows(buttons, 2), (_back(words, "group:main"),)))


async def effects_page(desk: Desk, words: Words, chat_id: int) -> View:
    """The themes, each with how many of its effects are on."""
    rules = await desk.store.groups.rules(chat_id)
    on = offered(desk, rules)
    buttons = []
    for theme in desk.catalogue.themes:
        every = [one for one in desk.catalogue.offered(desk.services) if one.theme == theme.key]
        some = sum(one.theme == theme.key for one in on)
        if every:
            label = words.plain("button-theme", **titled(theme, words), some=some, all=len(every))
            buttons.append(Button(f"{_ON if some else _OFF} {label}", f"group:theme:{theme.key}:0"))
    return View(words("group-effects"), (*in_rows(buttons, 2), (_back(words, "group:main"),)))


async def theme_page(desk: Desk, words: Words, chat_id: int, key: str, page: int) -> View:
    """The effects of one theme, each to be switched."""
    rules = await desk.store.groups.rules(chat_id)
    theme = next((one for one in desk.catalogue.themes if one.key == key), None)
    if theme is None:
        return await effects_page(desk, words, chat_id)
    there = [effect for effect in desk.catalogue.in_theme(key) if desk.offers(effect)]
    pages = max(1, -(-len(there) // _PAGE))
    page = min(page, pages - 1)
    buttons = []
    for effect in there[page * _PAGE : (page + 1) * _PAGE]:
        on = rules.has(effect.command, effect.theme)
        label = f"{_ON if on else _OFF} {effect.emoji} {words.title(effect)}"
        buttons.append(Button(label, f"group:{'off' if on else 'on'}:{effect.command}:{page}"))
    both = (
        Button(words.plain("button-all-on"), f"group:all:{key}"),
        Button(words.plain("button-all-off"), f"group:none:{key}"),
    )
    turn = [_back(words, "group:effects")]
    if page > 0:
        turn.insert(0, Button("‹", f"group:theme:{key}:{page - 1}"))
    if page < pages - 1:
        turn.append(Button("›", f"group:theme:{key}:{page + 1}"))
    text = words("shelf", **titled(theme, words), page=page + 1, pages=pages)
    return View(text, (*in_rows(buttons, 2), both, tuple(turn)))


def _marked(label: str, *, now: bool) -> str:
    return f"{_NOW}{label}" if now else label


def _back(words: Words, to: str) -> Button:
    return Button(words.plain("button-step-back"), to)
