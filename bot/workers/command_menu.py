"""The command menu and the bot's description, as people see them in Telegram, kept in line with what is offered."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from telegram.ext import ExtBot

    from bot.workers.context import WorkerContext
    from handlers.localization import Locale, Locales
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect

_LOG = logging.getLogger(__name__)
_PRIVATE_COMMANDS = ("effects", "status", "settings", "privacy", "cancel", "help")
_GROUP_COMMANDS = ("effects", "status", "cancel", "help")
_GROUP_ADMIN_COMMANDS = ("effects", "status", "cancel", "group-settings", "help")  # of a group: its settings are theirs
_INTERVAL_S = 15.0  # seconds between looks for scenes that another process has restored
_RETRY_DELAY_S = 300.0  # seconds to the next try where Telegram did not take it
_DIGEST_KEY = "menu"  # in the table `installation`: a digest of what Telegram was told last

_LANGUAGE_CODE_LENGTH = 2  # letters: Bot API, setMyCommands: "a two-letter ISO 639-1 language code"
_PUBLISH_TIMEOUT_S = 60.0  # seconds for Telegram to take it all


@dataclass(frozen=True, slots=True)
class BotProfile:
    """What people of one language are shown.

    Attributes:
        language: the two-letter code; None: whoever has no sign of their own.
        menus: the commands, by the scope in which they are offered.
        description: what an empty chat shows.
        short_description: what the bot's profile shows.
    """

    language: str | None
    menus: list[tuple[BotCommandScope, list[BotCommand]]]
    description: str
    short_description: str


class CommandMenu:
    """The loop that tells Telegram what is offered, when that has changed since it was told last."""

    def __init__(
        self, bot: ExtBot[None], context: WorkerContext, locales: Locales, *, heartbeat: Callable[[str], None]
    ) -> None:
        self._bot = bot
        self._context = context
        self._locales = locales
        self._heartbeat = heartbeat
        self._published: tuple[str, ...] | None = None
        self._not_before = 0.0

    async def run(self) -> None:
        """Go round for ever."""
        while True:
            self._heartbeat("menu")
            await self.once()
            await self._context.wakeups.command_menu.wait(_INTERVAL_S)

    async def once(self) -> None:
        """Look what is offered, and tell Telegram if it changed; where it can't be told now, it is told later."""
        catalogue, services = self._context.catalogue, tuple(self._context.services)
        catalogue.retire(await self._context.store.retired_scenes.scenes())
        offered = tuple(effect.command for effect in catalogue.offered(services))
        if offered == self._published or self._context.clock() < self._not_before:
            return
        profiles = profiles_of(catalogue, self._locales, services)
        current_digest = digest(self._bot.id, profiles)
        if await self._context.store.key_values.get(_DIGEST_KEY) != current_digest:
            try:
                async with asyncio.timeout(_PUBLISH_TIMEOUT_S):
                    await publish(self._bot, profiles)
            except (TelegramError, TimeoutError) as error:
                _LOG.warning("the command menu was not set: %s", error)
                self._not_before = self._context.clock() + _RETRY_DELAY_S
                return
            await self._context.store.key_values.set(_DIGEST_KEY, current_digest)
        self._published = offered


def profiles_of(catalogue: Catalogue, locales: Locales, services: Collection[str]) -> list[BotProfile]:
    """A sign for each language that Telegram knows by two letters.

    Groups have the menu too: there it inserts the form with the bot's name, which privacy mode needs.
    """
    profiles = []
    for language in locales.languages:
        if len(language) != _LANGUAGE_CODE_LENGTH:
            continue
        locale = locales.get(language)
        scopes: list[tuple[BotCommandScope, Collection[str]]] = [
            (BotCommandScopeDefault(), _PRIVATE_COMMANDS),
            (BotCommandScopeAllPrivateChats(), _PRIVATE_COMMANDS),
            (BotCommandScopeAllGroupChats(), _GROUP_COMMANDS),
            (BotCommandScopeAllChatAdministrators(), _GROUP_ADMIN_COMMANDS),
        ]
        profiles.append(
            BotProfile(
                language=None if language == locales.languages[0] else language,
                menus=[(scope, commands_of(catalogue, locale, services, commands)) for scope, commands in scopes],
                description=locale.text("bot-description", count=len(catalogue.offered(services))),
                short_description=locale.text("bot-short-description"),
            )
        )
    return profiles


def digest(bot_id: int, profiles: list[BotProfile]) -> str:
    """The same for the same signs of the same bot."""
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
    """Set the commands for each scope and language, and the descriptions."""
    for profile in profiles:
        for scope, commands in profile.menus:
            await bot.set_my_commands(commands, scope=scope, language_code=profile.language)
        await bot.set_my_description(profile.description, language_code=profile.language)
        await bot.set_my_short_description(profile.short_description, language_code=profile.language)


def commands_of(
    catalogue: Catalogue, locale: Locale, services: Collection[str], commands: Collection[str]
) -> list[BotCommand]:
    """The main effects, then what every bot has."""
    main = [effect for effect in catalogue.main if effect.first_service(services)]
    return [
        *(BotCommand(effect.command, _description_of(effect, locale)) for effect in main),
        *(BotCommand(command.removeprefix("group-"), locale.text(f"menu-{command}")) for command in commands),
    ]


def _description_of(effect: Effect, locale: Locale) -> str:
    """What an effect does; of one that the operator has named, its title."""
    if effect.title_key and locale.has(f"menu-{effect.title_key}"):
        return locale.text(f"menu-{effect.title_key}")
    return locale.text("menu-effect", title=locale.title(effect), count=effect.photos)
