"""/settings in a private chat: one message of buttons, edited as they are pressed; kept for the person."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import ParseMode
from telegram.error import BadRequest

from handlers.message import callback_data_of, language_of
from handlers.messages.view import Button, View, in_rows
from handlers.reply import reply
from handlers.requests.options import may_choose
from video.effects.models import ImageToVideoModel

if TYPE_CHECKING:
    from telegram import CallbackQuery, Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage.preferences import UserPreferences

_AS_SET = "-"  # no choice of one's own
_WIDTH = 3  # buttons in a row


@dataclass(frozen=True, slots=True)
class _Row:
    """One choice: its name, what may be chosen as (value, words), and what holds now."""

    name: str
    options: tuple[tuple[str, str], ...]
    now: str


async def own_settings(update: Update, context: Context) -> None:
    """The choices of the person who asks."""
    message = update.message
    if message is None or message.from_user is None:
        return
    locale = context.deps.locale(language_of(message))
    choice = await context.deps.store.preferences.get(message.from_user.id)
    await reply(message, settings_view(context.deps, locale, message.from_user.id, choice))


async def choose(update: Update, context: Context) -> None:
    """A press: `set:NAME:VALUE`, as a button of that message sends it."""
    query, deps = update.callback_query, context.deps
    if query is None:
        return
    with suppress(BadRequest):  # "query is too old": the press itself has its effect
        await query.answer()
    # Only the person of a private chat gets such buttons; what no button there sends was made up.
    if (
        query.message is None
        or query.message.chat.id != query.from_user.id
        or query.data not in callback_data_of(query.message)
    ):
        return
    person = query.from_user.id
    _, name, value = (query.data or "").split(":")
    locale = deps.locale(query.from_user.language_code)
    before = await deps.store.preferences.get(person)
    options = next((row.options for row in _rows(deps, locale, person, before) if row.name == name), ())
    if value not in {option for option, _ in options}:
        return  # the operator has changed what may be chosen
    kept = None if value == _AS_SET else int(value) if name == "duration" else value
    await deps.store.preferences.set(person, name, kept)
    if name == "language":
        deps.languages.set(person, None if value == _AS_SET else value)
        locale = deps.locale(deps.languages.reported_by_telegram(person) if value == _AS_SET else value)
    await _redraw(query, settings_view(deps, locale, person, await deps.store.preferences.get(person)))


def settings_view(deps: Dependencies, locale: Locale, person: int, choice: UserPreferences) -> View:
    """What may be chosen, with a mark at what holds."""
    rows = _rows(deps, locale, person, choice)
    settled = all(row.name == "language" for row in rows)
    head = locale("settings-nothing" if settled else "settings-head")
    lines = "\n".join(locale(f"settings-{row.name.replace('_', '-')}") for row in rows)
    buttons = (line for row in rows for line in in_rows(_buttons(row, locale), _WIDTH))
    return View(f"{head}\n\n{lines}".strip(), tuple(buttons))


def _buttons(row: _Row, locale: Locale) -> list[Button]:
    return [
        Button(locale.text("button-chosen", option=label) if value == row.now else label, f"set:{row.name}:{value}")
        for value, label in row.options
    ]


def _rows(deps: Dependencies, locale: Locale, person: int, choice: UserPreferences) -> list[_Row]:
    """The choices that are there to be made."""
    rows = _of_videos(deps, locale, choice) if may_choose(deps, person) else []
    languages = tuple((code, deps.locale(code).text("language-name")) for code in deps.locales.languages)
    if len(languages) > 1:
        options = ((_AS_SET, locale.text("option-as-telegram")), *languages)
        rows.append(_Row("language", options, choice.language or _AS_SET))
    return rows


def _of_videos(deps: Dependencies, locale: Locale, choice: UserPreferences) -> list[_Row]:
    """How videos are made: each only where there is something to choose."""
    offered = deps.catalogue.offered(deps.services)
    scenes = [scene for effect in offered for service, scene in effect.scenes.items() if service in deps.services]
    durations = sorted({one for scene in scenes for one in scene.durations})
    rows = []
    if deps.qualities & set(deps.services):
        options = tuple((one, locale.text(f"option-{one}")) for one in ("standard", "pro"))
        rows.append(_Row("quality", options, choice.quality or deps.quality))
    if len(durations) > 1:
        options = tuple((str(one), locale.text("option-seconds", count=one)) for one in durations)
        rows.append(_Row("duration", options, str(choice.duration if choice.duration in durations else durations[0])))
    if any(effect.prompt for effect in offered):
        models = tuple((str(one), locale.text(f"option-model-{one.replace('.', '-')}")) for one in ImageToVideoModel)
        rows.append(_Row("animate_model", models, choice.animate_model or deps.animate_model))
    if len(deps.services) > 1:
        options = tuple((one, locale.text(f"option-{one}")) for one in deps.services)
        rows.append(_Row("service", options, choice.service if choice.service in deps.services else deps.services[0]))
    return rows


async def _redraw(query: CallbackQuery, view: View) -> None:
    with suppress(BadRequest):  # not modified, or deleted meanwhile
        await query.edit_message_text(view.text, parse_mode=ParseMode.HTML, reply_markup=view.reply_markup)  # type: ignore[arg-type]
