"""/settings in a private chat: one message of buttons, edited as they are pressed; the choices are the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.context import Choices
from handlers.message import callback_data_of
from handlers.messages.payloads import SettingButton
from handlers.messages.view import Button, View, in_rows
from handlers.reply import answer_query, edit_pressed, reply
from handlers.requests.options import choices_of, may_choose, permitted
from video.effects.models import MODELS, Quality

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage.people.preferences import UserPreferences

_ROW_WIDTH = 3  # buttons


@dataclass(frozen=True, slots=True)
class _Setting:
    """One setting.

    Attributes:
        name: a column of the table `choices`.
        options: value and label; the value None means "as Telegram says".
        current: the value that holds.
    """

    name: str
    options: tuple[tuple[str | None, str], ...]
    current: str | None


async def own_settings(_update: Update, context: Context) -> None:
    """Show the sender's settings."""
    preferences = await context.deps.store.preferences.get(context.sender_id)
    await reply(context.message, settings_view(context.deps, context.locale, context.sender_id, preferences))


async def choose_setting(_update: Update, context: Context) -> None:
    """Store the option that was chosen, and show the settings with it."""
    query, deps, user_id = context.callback_query, context.deps, context.sender_id
    await answer_query(query)
    button, message = SettingButton.decode(query.data), query.message
    # The settings are shown in private chats only, and other data than their buttons' is forged.
    if button is None or message is None or message.chat.id != user_id or query.data not in callback_data_of(message):
        return
    settings = _settings(deps, context.locale, user_id, await deps.store.preferences.get(user_id))
    options = next((one.options for one in settings if one.name == button.name), ())
    if button.value not in {value for value, _ in options}:
        return  # the operator has withdrawn this option
    value = int(button.value) if button.name == "duration" and button.value else button.value
    await deps.store.preferences.set(user_id, button.name, value)
    locale = context.locale
    if button.name == "language":
        deps.languages.set(user_id, button.value)
        locale = deps.locales.get(button.value or context.telegram_language)
    await edit_pressed(query, settings_view(deps, locale, user_id, await deps.store.preferences.get(user_id)))


def settings_view(deps: Dependencies, locale: Locale, user_id: int, preferences: UserPreferences) -> View:
    """Return the settings that the user may change, with a mark at each current option."""
    settings = _settings(deps, locale, user_id, preferences)
    only_language = all(one.name == "language" for one in settings)
    head = locale("settings-nothing" if only_language else "settings-head")
    lines = "\n".join(locale(f"settings-{one.name.replace('_', '-')}") for one in settings)
    if choices_of(deps, user_id) is Choices.SAME_PRICE:
        lines += f"\n\n{locale('settings-same-price')}"
    rows = tuple(row for one in settings for row in in_rows(_buttons(one, locale), _ROW_WIDTH))
    return View(f"{head}\n\n{lines}".strip(), rows)


def _buttons(setting: _Setting, locale: Locale) -> list[Button]:
    return [
        Button(
            locale.text("button-chosen", option=label) if value == setting.current else label,
            SettingButton(setting.name, value),
        )
        for value, label in setting.options
    ]


def _settings(deps: Dependencies, locale: Locale, user_id: int, preferences: UserPreferences) -> list[_Setting]:
    """Return the settings that the user may change."""
    settings = [] if choices_of(deps, user_id) is Choices.NONE else _video_settings(deps, locale, user_id, preferences)
    languages = tuple((code, deps.locales.get(code).text("language-name")) for code in deps.locales.languages)
    if len(languages) > 1:
        options = ((None, locale.text("option-as-telegram")), *languages)
        settings.append(_Setting("language", options, preferences.language))
    return settings


def _video_settings(deps: Dependencies, locale: Locale, user_id: int, preferences: UserPreferences) -> list[_Setting]:
    """Return the settings for how videos are made; each only if the user has more than one option."""
    policy, offered = deps.policy, deps.catalogue.offered(deps.services)
    preferences = permitted(deps, user_id, preferences)
    scenes = [scene for effect in offered for service, scene in effect.scenes.items() if service in deps.services]
    every = sorted({one for scene in scenes for one in scene.durations})
    durations = [one for one in every if one == every[0] or may_choose(deps, user_id, duration=one)]
    settings = []
    if policy.services_with_qualities & set(deps.services):
        allowed = [one for one in Quality if may_choose(deps, user_id, quality=one)]
        qualities = tuple((str(one), locale.text(f"option-{one}")) for one in allowed)
        settings.append(_Setting("quality", qualities, preferences.quality or policy.quality))
    if len(durations) > 1:
        seconds = tuple((str(one), locale.text("option-seconds", count=one)) for one in durations)
        duration = preferences.duration if preferences.duration in durations else durations[0]
        settings.append(_Setting("duration", seconds, str(duration)))
    if any(effect.prompt for effect in offered):
        names = [one for one in MODELS if may_choose(deps, user_id, model=one)]
        models = tuple((one, locale.text(f"option-model-{one.replace('.', '-')}")) for one in names)
        settings.append(_Setting("animate_model", models, preferences.animate_model or policy.animate_model))
    if len(deps.services) > 1:
        services = tuple((one, deps.service_titles[one]) for one in deps.services)
        service = preferences.service if preferences.service in deps.services else deps.services[0]
        settings.append(_Setting("service", services, service))
    return [one for one in settings if len(one.options) > 1]
