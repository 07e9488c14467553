"""`python -m bot check`: tries everything that the bot needs, and says in sentences what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.account import sentences
from bot.catalogue import load_catalogue
from bot.listener import ListenError, open_port
from bot.lock import AlreadyRunning, only_process
from bot.services import KNOWN, Known, make_services
from bot.storage_chat import storage_sentence
from storage import DatabaseError, Store
from video.effects import CatalogueError
from video.service import Balance, Refused, Unanswered

if TYPE_CHECKING:
    from bot.settings import Settings
    from video.service import VideoService


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence. `wrong`: the bot cannot do its work like this."""

    text: str
    wrong: bool = False


async def check(settings: Settings) -> list[Finding]:
    """Try Telegram, the video services, the effects and the database."""
    return [
        *await _telegram(settings),
        *await _services(settings),
        *_effects(settings),
        await _database(settings),
    ]


async def _telegram(settings: Settings) -> list[Finding]:
    bot: ExtBot[None] = ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
    )
    try:
        async with bot:
            me = await bot.get_me()
            hook = await bot.get_webhook_info()
            storage, storage_wrong = await storage_sentence(bot, settings.storage_chat_id)
    except InvalidToken:
        return [Finding("Telegram does not know TELEGRAM_BOT_TOKEN; @BotFather shows the right one.", wrong=True)]
    except TelegramError as error:
        return [Finding(f"Telegram at {settings.telegram_api_url} can't be reached: {error.message}.", wrong=True)]
    findings = [
        Finding(f"Telegram knows the bot as @{me.username}."),
        *map(Finding, sentences(me)),
        Finding(storage, storage_wrong),
    ]
    if hook.url:
        findings.append(Finding("A webhook is left over from before; the bot takes it away when it starts."))
    return findings


async def _services(settings: Settings) -> list[Finding]:
    findings = [
        await _service(service, KNOWN[name], KNOWN[name].url(settings))
        for name, service in make_services(settings).items()
    ]
    first, *others = (KNOWN[name].title for name in settings.services)
    if others:
        findings.append(
            Finding(f"{first} is preferred; {' and '.join(others)} makes what {first} does not or can't make.")
        )
    return [*findings, *_port(settings)]


def _port(settings: Settings) -> list[Finding]:
    if settings.kling_callback_url is None:
        return []
    try:
        open_port(settings).close()
    except ListenError as error:
        return [Finding(f"{error} That is right if the bot runs now.")]
    return [Finding(f"{settings.listen} can be listened on; {settings.kling_callback_url} must lead there.")]


async def _service(service: VideoService, known: Known, url: str) -> Finding:
    try:
        answer = await service.balance()
    finally:
        await service.aclose()
    match answer:
        case Balance(usd):
            return _account(known.title, usd)
        case Refused(failure):
            return Finding(f"{known.title} does not accept {known.key}: {failure.detail}.", wrong=True)
        case Unanswered(detail):
            return Finding(f"{known.title} at {url} can't be reached: {detail}.", wrong=True)


def _account(title: str, usd: float | None) -> Finding:
    if usd is None:
        return Finding(f"The {title} key works.")
    if usd <= 0:
        return Finding(f"The {title} key works, but the account is empty: {usd:.2f} USD.", wrong=True)
    return Finding(f"The {title} key works; {usd:.2f} USD are left on the account.")


def _effects(settings: Settings) -> list[Finding]:
    try:
        catalogue = load_catalogue(settings)
    except CatalogueError as error:
        return [Finding(line, wrong=True) for line in str(error).splitlines()]
    hidden = sum(effect.hidden for effect in catalogue.effects)
    also = f"; {hidden} are hidden by {settings.effects_file}" if hidden else ""
    return [Finding(f"{len(catalogue.offered(settings.services))} effects are offered{also}.")]


async def _database(settings: Settings) -> Finding:
    path = settings.database_path
    try:
        with only_process(path):
            store = await Store.open(path)
            counts = await store.jobs.counts()
            await store.close()
    except AlreadyRunning:
        return Finding(f"The database {path} is in use by a bot that runs now.")
    except (DatabaseError, OSError) as error:
        return Finding(f"The database {path} can't be used: {error}", wrong=True)
    return Finding(f"The database {path} is in order, with {sum(counts.values())} jobs in it.")
