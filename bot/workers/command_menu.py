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
_PRIVATE = ("effects", "status", "settings", "privacy", "cancel", "help")
_GROUPS = ("effects", "status", "cancel", "help")
_ADMINS = ("effects", "status", "cancel", "group-settings", "help")  # of a group: its settings are theirs
_EVERY = 15.0  # seconds between looks for scenes that another process has restored
_AGAIN = 300.0  # seconds to the next try where Telegram did not take it
_KNOWN = "menu"  # in the table `installation`: a digest of what Telegram was told last

_TELEGRAMS_CODE = 2  # letters: Bot API, setMyCommands: "a two-letter ISO 639-1 language code"
_LONGEST = 60.0  # seconds for Telegram to take it all


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

    def __init__(self, bot: ExtBot[None], shop: WorkerContext, texts: Locales, *, beat: Callable[[str], None]) -> None:
        self._bot = bot
        self._shop = shop
        self._texts = texts
        self._beat = beat
        self._offered: tuple[str, ...] | None = None
        self._not_before = 0.0

    async def run(self) -> None:
        """Go round for ever."""
        while True:
            self._beat("menu")
            await self.once()
            await self._shop.wakeups.command_menu.wait(_EVERY)

    async def once(self) -> None:
        """Look what is offered, and tell Telegram if it changed; where it can't be told now, it is told later."""
        catalogue, services = self._shop.catalogue, tuple(self._shop.services)
        catalogue.retire(await self._shop.store.retired_scenes.scenes())
        offered = tuple(effect.command for effect in catalogue.offered(services))
        if offered == self._offered or self._shop.clock() < self._not_before:
            return
        signs = profiles_of(catalogue, self._texts, services)
        told = digest(self._bot.id, signs)
        if await self._shop.store.key_values.get(_KNOWN) != told:
            try:
                async with asyncio.timeout(_LONGEST):
                    await publish(self._bot, signs)
            except (TelegramError, TimeoutError) as error:
                _LOG.warning("the command menu was not set: %s", error)
                self._not_before = self._shop.clock() + _AGAIN
                return
            await self._shop.store.key_values.set(_KNOWN, told)
        self._offered = offered


def profiles_of(catalogue: Catalogue, texts: Locales, services: Collection[str]) -> list[BotProfile]:
    """A sign for each language that Telegram knows by two letters.

    Groups have the menu too: there it inserts the form with the bot's name, which privacy mode needs.
    """
    signs = []
    for language in texts.languages:
        if len(language) != _TELEGRAMS_CODE:
            continue
        words = texts.get(language)
        scopes: list[tuple[BotCommandScope, Collection[str]]] = [
            (BotCommandScopeDefault(), _PRIVATE),
            (BotCommandScopeAllPrivateChats(), _PRIVATE),
            (BotCommandScopeAllGroupChats(), _GROUPS),
            (BotCommandScopeAllChatAdministrators(), _ADMINS),
        ]
        signs.append(
            BotProfile(
                language=None if language == texts.languages[0] else language,
                menus=[(scope, menu(catalogue, words, services, others)) for scope, others in scopes],
                description=words.text("bot-description", count=len(catalogue.offered(services))),
                short_description=words.text("bot-short-description"),
            )
        )
    return signs


def digest(bot_id: int, signs: list[BotProfile]) -> str:
    """The same for the same signs of the same bot."""
    told = [
        (
            sign.language,
            [(scope.to_dict(), [command.to_dict() for command in commands]) for scope, commands in sign.menus],
            sign.description,
            sign.short_description,
        )
        for sign in signs
    ]
    return hashlib.sha256(json.dumps([bot_id, told]).encode()).hexdigest()


async def publish(bot: ExtBot[None], signs: list[BotProfile]) -> None:
    """Set the commands for each scope and language, and the descriptions."""
    for sign in signs:
        for scope, commands in sign.menus:
            await bot.set_my_commands(commands, scope=scope, language_code=sign.language)
        await bot.set_my_description(sign.description, language_code=sign.language)
        await bot.set_my_short_description(sign.short_description, language_code=sign.language)


def menu(catalogue: Catalogue, words: Locale, services: Collection[str], others: Collection[str]) -> list[BotCommand]:
    """The main effects, then what every bot has."""
    main = [effect for effect in catalogue.main if effect.first_service(services)]
    return [
        *(BotCommand(effect.command, _meaning(effect, words)) for effect in main),
        *(BotCommand(other.removeprefix("group-"), words.text(f"menu-{other}")) for other in others),
    ]


def _meaning(effect: Effect, words: Locale) -> str:
    """What an effect does; of one that the operator has named, its title."""
    if effect.title_key and words.has(f"menu-{effect.title_key}"):
        return words.text(f"menu-{effect.title_key}")
    return words.text("menu-effect", title=words.title(effect), count=effect.photos)
