"""The command menu and the bot's description, as people see them in Telegram, kept in line with what is offered."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from telegram.ext import ExtBot

    from bot.shop import Shop
    from handlers.texts import Texts, Words
    from video.effects import Catalogue, Effect

_LOG = logging.getLogger(__name__)
_PRIVATE = ("effects", "status", "settings", "privacy", "cancel", "help")
_GROUPS = ("effects", "status", "cancel", "help")
_ADMINS = ("effects", "status", "cancel", "group-settings", "help")  # of a group: its settings are theirs
_EVERY = 15.0  # seconds between looks for scenes that another process has restored

_TELEGRAMS_CODE = 2  # letters: Bot API, setMyCommands: "a two-letter ISO 639-1 language code"
_LONGEST = 60.0  # seconds for Telegram to take it all


class Menu:
    """The loop that tells Telegram what is offered, at the start and when it changes."""

    def __init__(self, bot: ExtBot[None], shop: Shop, texts: Texts, *, beat: Callable[[str], None]) -> None:
        self._bot = bot
        self._shop = shop
        self._texts = texts
        self._beat = beat
        self._told: tuple[str, ...] | None = None

    async def run(self) -> None:
        """Go round for ever."""
        while True:
            self._beat("menu")
            await self.once()
            await asyncio.sleep(_EVERY)

    async def once(self) -> None:
        """Look what is offered, and tell Telegram if it changed; where it can't be told now, the next start will."""
        catalogue, services = self._shop.catalogue, tuple(self._shop.services)
        catalogue.retire(await self._shop.store.retired.scenes())
        offered = tuple(effect.command for effect in catalogue.offered(services))
        if offered == self._told:
            return
        self._told = offered
        try:
            async with asyncio.timeout(_LONGEST):
                await publish(self._bot, catalogue, self._texts, services)
        except (TelegramError, TimeoutError) as error:
            _LOG.warning("the command menu was not set: %s", error)


async def publish(bot: ExtBot[None], catalogue: Catalogue, texts: Texts, services: Collection[str]) -> None:
    """Set the commands for each scope and language, and the description.

    Groups have the menu too: there it inserts the form with the bot's name, which privacy mode needs.
    """
    for language in texts.languages:
        if len(language) != _TELEGRAMS_CODE:
            continue
        words = texts.of(language)
        code = None if language == texts.languages[0] else language
        for scope, others in (
            (BotCommandScopeDefault(), _PRIVATE),
            (BotCommandScopeAllPrivateChats(), _PRIVATE),
            (BotCommandScopeAllGroupChats(), _GROUPS),
            (BotCommandScopeAllChatAdministrators(), _ADMINS),
        ):
            await bot.set_my_commands(menu(catalogue, words, services, others), scope=scope, language_code=code)
        await bot.set_my_description(
            words.plain("bot-description", count=len(catalogue.offered(services))), language_code=code
        )
        await bot.set_my_short_description(words.plain("bot-short-description"), language_code=code)


def menu(catalogue: Catalogue, words: Words, services: Collection[str], others: Collection[str]) -> list[BotCommand]:
    """The main effects, then what every bot has."""
    main = [effect for effect in catalogue.main if effect.made_by(services)]
    return [
        *(BotCommand(effect.command, _meaning(effect, words)) for effect in main),
        *(BotCommand(other.removeprefix("group-"), words.plain(f"menu-{other}")) for other in others),
    ]


def _meaning(effect: Effect, words: Words) -> str:
    """What an effect does; of one that the operator has named, its title."""
    if effect.title_key and words.has(f"menu-{effect.title_key}"):
        return words.plain(f"menu-{effect.title_key}")
    return words.plain("menu-effect", title=words.title(effect), count=effect.photos)
