"""The command menu and the bot's description, as people see them in Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeDefault

if TYPE_CHECKING:
    from collections.abc import Collection

    from telegram.ext import ExtBot

    from handlers.texts import Texts, Words
    from video.effects import Catalogue, Effect

_ALWAYS = ("effects", "status", "cancel", "help")


async def publish(bot: ExtBot[None], catalogue: Catalogue, texts: Texts, services: Collection[str]) -> None:
    """Set the commands for each scope and language, and the description.

    Groups have the menu too: there it inserts the form with the bot's name, which privacy mode needs.
    """
    for language in texts.languages:
        words = texts.of(language)
        commands = menu(catalogue, words, services)
        code = None if language == texts.languages[0] else language
        for scope in (BotCommandScopeDefault(), BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()):
            await bot.set_my_commands(commands, scope=scope, language_code=code)
        await bot.set_my_description(
            words.plain("bot-description", count=len(catalogue.offered(services))), language_code=code
        )
        await bot.set_my_short_description(words.plain("bot-short-description"), language_code=code)


def menu(catalogue: Catalogue, words: Words, services: Collection[str]) -> list[BotCommand]:
    """The main effects, then what every bot has."""
    main = [effect for effect in catalogue.main if effect.made_by(services)]
    return [
        *(BotCommand(effect.command, _meaning(effect, words)) for effect in main),
        *(BotCommand(command, words.plain(f"menu-{command}")) for command in _ALWAYS),
    ]


def _meaning(effect: Effect, words: Words) -> str:
    """What an effect does; of an operator's own, its title."""
    if words.has(f"menu-{effect.command}"):
        return words.plain(f"menu-{effect.command}")
    return words.plain("menu-effect", title=effect.title, count=effect.photos)
