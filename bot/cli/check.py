"""`python -m bot check`: tries everything that the bot needs, and reports each result in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.clock import MAX_SKEW_S, Clock, describe_skew
from bot.errors import AlreadyRunning, ListenError
from bot.instance_lock import single_instance
from bot.periodic.balances import refresh_prices
from bot.services import load_catalogue, make_services
from storage import DatabaseError, Store
from video.effects.catalogue import Catalogue, CatalogueError
from video.effects.models import PRICED_MODELS
from video.services.protocol import Balance, Failure, FailureKind, Refused, Unanswered, VideoService

if TYPE_CHECKING:
    from bot.settings import Settings
    from video.services.spec import ServiceSpec

_PRICED_DURATION_S = 5  # the duration of most videos
_NO_STORAGE_CHAT = (
    "STORAGE_CHAT_ID is not set: videos for inline and guest mode go by their address, up to 20 MB; "
    "larger ones, and those whose address Telegram can't fetch, wait in the private chat."
)
_NOT_MEMBER = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One sentence for the operator. `failed`: the bot cannot work like this."""

    text: str
    failed: bool = False


async def check(settings: Settings) -> list[CheckResult]:
    """Try Telegram, the video services, the effects and the database; return all results."""
    catalogue, effects = _check_effects(settings)
    clock = Clock()
    return [
        *await _check_telegram(settings, clock),
        *await _check_services(settings, catalogue, clock),
        *effects,
        await _check_database(settings),
    ]


async def _check_telegram(settings: Settings, clock: Clock) -> list[CheckResult]:
    bot: ExtBot[None] = ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        request=HTTPXRequest(httpx_kwargs={"event_hooks": {"response": [clock.observe]}}),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
    )
    try:
        async with bot:
            me = await bot.get_me()
            webhook = await bot.get_webhook_info()
            storage_chat = await check_storage_chat(bot, settings.storage_chat_id)
    except InvalidToken:
        return [CheckResult("Telegram does not know TELEGRAM_BOT_TOKEN; @BotFather shows the right one.", failed=True)]
    except TelegramError as error:
        return [CheckResult(f"Telegram at {settings.telegram_api_url} can't be reached: {error.message}.", failed=True)]
    results = [
        CheckResult(f"Telegram knows the bot as @{me.username}."),
        *map(CheckResult, describe_bot_account(me)),
        storage_chat,
        *_check_clock(clock.wall_skew, "Telegram"),
    ]
    if webhook.url:
        results.append(CheckResult("A webhook is left over from before; the bot takes it away when it starts."))
    return results


def _check_clock(skew: float, whose: str) -> list[CheckResult]:
    if abs(skew) <= MAX_SKEW_S:
        return []
    sentence = describe_skew(skew, whose)
    return [CheckResult(f"{sentence[0].upper()}{sentence[1:]}. The bot allows for that; please set the clock right.")]


async def _check_services(settings: Settings, catalogue: Catalogue | None, clock: Clock) -> list[CheckResult]:
    results = []
    for name, service in make_services(settings, clock=clock).items():
        try:
            results.append(await _check_service(service, settings.spec(name), settings))
            results += _check_clock(-(service.clock_skew or 0.0), settings.spec(name).title)
            if catalogue is not None and not results[-1].failed:
                await refresh_prices(catalogue, {name: service})
                results.append(_describe_prices(settings.spec(name), catalogue))
        finally:
            await service.aclose()
    preferred, *others = (settings.spec(name).title for name in settings.services)
    if others:
        results.append(
            CheckResult(
                f"{preferred} is preferred; {' and '.join(others)} makes what {preferred} does not or can't make."
            )
        )
    return [*results, _describe_budgets(settings), *_check_port(settings)]


def _describe_budgets(settings: Settings) -> CheckResult:
    """Say what a day and a month can cost at most."""
    day, month = settings.daily_budget_usd, settings.monthly_budget_usd
    most = settings.daily_limit * settings.assumed_price_usd
    a_day = "without a limit in US dollars" if day is None else f"at most {day:.2f} USD"
    a_month = "without a limit in US dollars" if month is None else f"at most {month:.2f} USD"
    sentence = f"Budgets: videos may cost {a_day} in 24 hours, and {a_month} in 30 days."
    if day is None:
        sentence += f" DAILY_LIMIT ends a day at {settings.daily_limit} videos, about {most:.0f} USD."
    return CheckResult(sentence)


def _check_port(settings: Settings) -> list[CheckResult]:
    if not settings.callback_urls:
        return []
    from bot.workers.callback_server import open_socket  # noqa: PLC0415 -- as in bot/app.py

    try:
        open_socket(settings).close()
    except ListenError as error:
        return [CheckResult(f"{error} That is right if the bot runs now.")]
    return [
        CheckResult(
            f"{settings.listen} can be listened on; {' and '.join(settings.callback_urls.values())} must lead there."
        )
    ]


async def _check_service(service: VideoService, spec: ServiceSpec[Any], settings: Settings) -> CheckResult:
    url = spec.url(settings)
    match await service.balance():
        case Balance(usd, units):
            return _describe_balance(spec.title, usd, units, settings.low_balance_usd)
        case Refused(failure):
            return CheckResult(_describe_refusal(spec, url, failure), failed=True)
        case Unanswered(detail):
            return CheckResult(f"{spec.title} at {url} can't be reached: {detail}.", failed=True)


def _describe_refusal(spec: ServiceSpec[Any], url: str, failure: Failure) -> str:
    match failure.kind:
        case FailureKind.BAD_KEY:
            return f"{spec.title} does not accept {spec.keys_text}: {failure.detail}."
        case FailureKind.OUT_OF_CREDIT:
            return f"The {spec.title} account is empty: {failure.detail}."
        case FailureKind.ACCOUNT:
            return f"{spec.title} does not let this account make videos: {failure.detail}."
        case _:
            return f"{spec.title} at {url} refuses what it is asked; is the address right? It says: {failure.detail}."


def _describe_balance(title: str, usd: float | None, units: float | None, low: float) -> CheckResult:
    if usd is None:
        return CheckResult(f"The {title} key works.")
    if usd <= 0:
        return CheckResult(f"The {title} key works, but the account is empty: {usd:.2f} USD.", failed=True)
    warning = f", less than LOW_BALANCE_USD ({low:.2f})" if usd < low else ""
    left = f"{usd:.2f} USD" if units is None else f"{units:g} units (about {usd:.2f} USD)"
    return CheckResult(f"The {title} key works; {left} are left on the account{warning}.")


def _describe_prices(spec: ServiceSpec[Any], catalogue: Catalogue) -> CheckResult:
    prices = {model: price for model in PRICED_MODELS if (price := catalogue.prices.get(spec.name, model))}
    if not prices:
        return CheckResult(f"{spec.title} does not tell what a video costs; your effects file can (docs/effects.md).")
    listed = ", ".join(
        f"{model} {'at most ' if price.upper_bound else ''}{price.for_seconds(_PRICED_DURATION_S):.2f}"
        for model, price in prices.items()
    )
    return CheckResult(f"A video of {_PRICED_DURATION_S} s costs at {spec.title}, in USD: {listed}.")


def _check_effects(settings: Settings) -> tuple[Catalogue | None, list[CheckResult]]:
    try:
        catalogue = load_catalogue(settings)
    except CatalogueError as error:
        return None, [CheckResult(line, failed=True) for line in str(error).splitlines()]
    hidden = sum(effect.hidden for effect in catalogue.effects)
    note = f"; {hidden} are hidden by {settings.effects_file}" if hidden else ""
    return catalogue, [CheckResult(f"{len(catalogue.offered(settings.services))} effects are offered{note}.")]


async def _check_database(settings: Settings) -> CheckResult:
    path = settings.database_path
    try:
        with single_instance(path):
            store = await Store.open(path)
            counts = await store.reports.count_by_state()
            await store.close()
    except AlreadyRunning:
        return CheckResult(f"The database {path} is in use by a bot that runs now.")
    except (DatabaseError, OSError) as error:
        return CheckResult(f"The database {path} can't be used: {error}", failed=True)
    return CheckResult(f"The database {path} is in order, with {sum(counts.values())} jobs in it.")


def describe_bot_account(me: User) -> list[str]:
    """Return in sentences what the bot's switches at @BotFather are, as far as getMe tells."""
    privacy = (
        "Privacy mode is off: in groups the bot sees every message, which it does not need (@BotFather, /setprivacy)."
        if me.can_read_all_group_messages
        else "Privacy mode is on: in groups the bot sees commands with its name, and replies to it. That is enough."
    )
    groups = (
        "may be added to groups" if me.can_join_groups else "may not be added to groups (@BotFather, /setjoingroups)"
    )
    inline = (
        "Inline mode is on. Whether inline feedback is on, Telegram does not tell; @BotFather shows it "
        "(/setinlinefeedback): at 100% videos begin by themselves, else when Start is pressed."
        if me.supports_inline_queries
        else "Inline mode is off (@BotFather, /setinline): nobody can make or share videos by @name in other chats."
    )
    guest = (
        "Guest mode is on."
        if me.supports_guest_queries
        else "Guest mode is off (@BotFather, the bot's settings): it can't be called in chats that it is not in."
    )
    return [privacy, f"The bot {groups}.", inline, guest]


async def check_storage_chat(bot: Bot, chat_id: int | None) -> CheckResult:
    """Check that the bot may send videos to the storage chat.

    Raises:
        TelegramError: Telegram can't be reached.
    """
    if chat_id is None:
        return CheckResult(_NO_STORAGE_CHAT)
    try:
        chat = await bot.get_chat(chat_id)
        member = await bot.get_chat_member(chat_id, bot.id)
    except (BadRequest, Forbidden) as error:
        return CheckResult(
            f"The storage chat {chat_id} can't be reached: {error.message}. Make the bot an admin of it.", failed=True
        )
    name = chat.title or chat.full_name or chat_id
    if not _may_send_videos(member, channel=chat.type == ChatType.CHANNEL):
        return CheckResult(
            f"The bot may not send videos to the storage chat “{name}”. Make it an admin there.", failed=True
        )
    return CheckResult(f"Videos for inline and guest mode pass through “{name}”.")


def _may_send_videos(member: ChatMember, *, channel: bool) -> bool:
    """Return True if the member may send videos, as far as that is known without sending one."""
    match member:
        case ChatMemberAdministrator(can_post_messages=may) if channel:
            return may is not False
        case ChatMemberRestricted(can_send_videos=may):
            return may
        case _:
            return member.status not in _NOT_MEMBER and (not channel or member.status == ChatMemberStatus.ADMINISTRATOR)
