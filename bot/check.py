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
from bot.purse import learn_prices
from bot.services import KNOWN, Known, make_services
from bot.storage_chat import storage_sentence
from storage import DatabaseError, Store
from video.effects import CatalogueError
from video.effects_table import MODELS
from video.service import Balance, FailureKind, Refused, Unanswered

if TYPE_CHECKING:
    from bot.settings import Settings
    from video.effects import Catalogue
    from video.service import Failure, VideoService

_SECONDS = 5  # of a usual video


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence. `wrong`: the bot cannot do its work like this."""

    text: str
    wrong: bool = False


async def check(settings: Settings) -> list[Finding]:
    """Try Telegram, the effects, the video services and the database."""
    catalogue, effects = _effects(settings)
    return [
        *await _telegram(settings),
        *await _services(settings, catalogue),
        *effects,
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


async def _services(settings: Settings, catalogue: Catalogue | None) -> list[Finding]:
    findings = []
    for name, service in make_services(settings).items():
        try:
            findings.append(await _service(service, KNOWN[name], KNOWN[name].url(settings), settings.low_balance_usd))
            if catalogue is not None and not findings[-1].wrong:
                await learn_prices(catalogue, {name: service})
                findings.append(_prices(name, catalogue))
        finally:
            await service.aclose()
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


async def _service(service: VideoService, known: Known, url: str, low: float) -> Finding:
    match await service.balance():
        case Balance(usd):
            return _account(known.title, usd, low)
        case Refused(failure):
            return Finding(_refusal(known, url, failure), wrong=True)
        case Unanswered(detail):
            return Finding(f"{known.title} at {url} can't be reached: {detail}.", wrong=True)


def _refusal(known: Known, url: str, failure: Failure) -> str:
    match failure.kind:
        case FailureKind.BAD_KEY:
            return f"{known.title} does not accept {known.key}: {failure.detail}."
        case FailureKind.OUT_OF_CREDIT:
            return f"The {known.title} account is empty: {failure.detail}."
        case _:
            return f"{known.title} at {url} refuses what it is asked; is the address right? It says: {failure.detail}."


def _account(title: str, usd: float | None, low: float) -> Finding:
    if usd is None:
        return Finding(f"The {title} key works.")
    if usd <= 0:
        return Finding(f"The {title} key works, but the account is empty: {usd:.2f} USD.", wrong=True)
    few = f", less than LOW_BALANCE_USD ({low:.2f})" if usd < low else ""
    return Finding(f"The {title} key works; {usd:.2f} USD are left on the account{few}.")


def _prices(service: str, catalogue: Catalogue) -> Finding:
    title = KNOWN[service].title
    known = {model: price for model in MODELS if (price := catalogue.prices.of(service, model))}
    if not known:
        return Finding(f"{title} does not tell what a video costs; your effects file can (docs/effects.md).")
    costs = ", ".join(
        f"{model} {'at most ' if price.most else ''}{price.of(_SECONDS):.2f}" for model, price in known.items()
    )
    return Finding(f"A video of {_SECONDS} s costs at {title}, in USD: {costs}.")


def _effects(settings: Settings) -> tuple[Catalogue | None, list[Finding]]:
    try:
        catalogue = load_catalogue(settings)
    except CatalogueError as error:
        return None, [Finding(line, wrong=True) for line in str(error).splitlines()]
    hidden = sum(effect.hidden for effect in catalogue.effects)
    also = f"; {hidden} are hidden by {settings.effects_file}" if hidden else ""
    return catalogue, [Finding(f"{len(catalogue.offered(settings.services))} effects are offered{also}.")]


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
