"""The command menu and the bot's descriptions, as Telegram shows them, kept in line with the effects on offer."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import BotCommand, BotCommandScope
from telegram.constants import BotCommandScopeType
from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Collection

    from telegram.ext import ExtBot

    from bot.workers.context import WorkerContext
    from handlers.localization import Locale, Locales
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect

_LOG = logging.getLogger(__name__)
_COMMANDS = {
    BotCommandScopeType.DEFAULT: ("effects", "status", "settings", "privacy", "cancel", "help"),
    BotCommandScopeType.ALL_PRIVATE_CHATS: ("effects", "status", "settings", "privacy", "cancel", "help"),
    BotCommandScopeType.ALL_GROUP_CHATS: ("effects", "status", "cancel", "help"),
    BotCommandScopeType.ALL_CHAT_ADMINISTRATORS: ("effects", "status", "cancel", "group-settings", "help"),
}
"""The commands beside the effects, in each scope. `group-settings` is /settings with the text for a group's admins.

Groups have a menu too: there Telegram inserts the form with the bot's name, which privacy mode needs.
"""
_LANGUAGE_CODE_LENGTH = 2  # Bot API, setMyCommands: "a two-letter ISO 639-1 language code"
_RETRY_DELAY_S = 300.0
_PUBLISH_TIMEOUT_S = 60.0
DIGEST_KEY = "menu"  # in the key values: the digest of what was published last


@dataclass(frozen=True, slots=True)
class BotProfile:
    """What users of one language are shown.

    Attributes:
        language: the two-letter code; None for users whose language has no profile of its own.
        menus: the commands, by the scope in which they are offered.
        description: what an empty chat shows.
        short_description: what the bot's profile page shows.
    """

    language: str | None
    menus: list[tuple[BotCommandScope, list[BotCommand]]]
    description: str
    short_description: str


class CommandMenu:
    """Publishes the menu and the descriptions if the effects on offer have changed. Implements `Periodic`.

    Each time it also applies scenes that were retired or restored in the database, perhaps by another process.
    """

    name = "menu"
    interval = 15.0

    def __init__(self, bot: ExtBot[None], context: WorkerContext, locales: Locales) -> None:
        self._bot = bot
        self._context = context
        self._locales = locales
        self._published: tuple[str, ...] | None = None
        self._not_before = 0.0

    async def run_once(self) -> None:
        """Publish if something has changed; if Telegram does not accept it, try again in five minutes."""
        catalogue, services = self._context.catalogue, tuple(self._context.services)
        catalogue.retire(await self._context.store.retired_scenes.scenes())
        offered = tuple(effect.command for effect in catalogue.offered(services))
        if offered == self._published or self._context.clock() < self._not_before:
            return
        profiles = profiles_of(catalogue, self._locales, services)
        current_digest = digest(self._bot.id, profiles)
        if await self._context.store.key_values.get(DIGEST_KEY) != current_digest:
            try:
                async with asyncio.timeout(_PUBLISH_TIMEOUT_S):
                    await publish(self._bot, profiles)
            except (TelegramError, TimeoutError) as error:
                _LOG.warning("the command menu was not set: %s", error)
                self._not_before = self._context.clock() + _RETRY_DELAY_S
                return
            await self._context.store.key_values.set(DIGEST_KEY, current_digest)
        self._published = offered


def profiles_of(catalogue: Catalogue, locales: Locales, services: Collection[str]) -> list[BotProfile]:
    """Return a profile for each language that has a two-letter code, the default one first."""
    profiles = []
    for language in locales.languages:
        if len(language) != _LANGUAGE_CODE_LENGTH:
            continue
        locale = locales.get(language)
        profiles.append(
            BotProfile(
                language=None if language == locales.languages[0] else language,
                menus=[
                    (BotCommandScope(scope), commands_of(catalogue, locale, services, commands))
                    for scope, commands in _COMMANDS.items()
                ],
                description=locale.text("bot-description", count=len(catalogue.offered(services))),
                short_description=locale.text("bot-short-description"),
            )
        )
    return profiles


def digest(bot_id: int, profiles: list[BotProfile]) -> str:
    """Return a digest that is the same for equal profiles of the same bot."""
    content = [
        (
            profile.language,
            [(scope.to_dict(), [command.to_dict() for command in commands]) for scope, commands in profile.menus],
            profile.description,
            profile.short_description,
        )
        for profile in profiles
    ]
    return hashlib.sha256(json.dumps([bot_id, content]).encode()).hexdigest()


async def publish(bot: ExtBot[None], profiles: list[BotProfile]) -> None:
    """Set the commands for each scope and language, and the descriptions.

    Raises:
        TelegramError: Telegram did not accept one of them.
    """
    for profile in profiles:
        for scope, commands in profile.menus:
            await bot.set_my_commands(commands, scope=scope, language_code=profile.language)
        await bot.set_my_description(profile.description, language_code=profile.language)
        await bot.set_my_short_description(profile.short_description, language_code=profile.language)


def commands_of(
    catalogue: Catalogue, locale: Locale, services: Collection[str], commands: Collection[str]
) -> list[BotCommand]:
    """Return the menu: the main effects, then `commands`."""
    main = [effect for effect in catalogue.main if effect.first_service(services)]
    return [
        *(BotCommand(effect.command, _description_of(effect, locale)) for effect in main),
        *(BotCommand(command.removeprefix("group-"), locale.text(f"menu-{command}")) for command in commands),
    ]


def _description_of(effect: Effect, locale: Locale) -> str:
    """Return what an effect does. For an effect that the operator named, only its title is known."""
    if effect.title_key and locale.has(f"menu-{effect.title_key}"):
        return locale.text(f"menu-{effect.title_key}")
    return locale.text("menu-effect", title=locale.title(effect), count=effect.photos)
