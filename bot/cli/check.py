"""`python -m bot check`: tries everything that the bot needs, and says in sentences what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.instance_lock import AlreadyRunning, single_instance
from bot.services import SERVICES, ServiceSpec, load_catalogue, make_services
from bot.workers.balances import refresh_prices
from bot.workers.callback_server import ListenError, open_socket
from storage import DatabaseError, Store
from video.effects.catalogue import CatalogueError
from video.effects.models import PRICED_MODELS
from video.services.protocol import Balance, FailureKind, Refused, Unanswered

if TYPE_CHECKING:
    from telegram import Bot, ChatMember, User

    from bot.settings import Settings
    from video.effects.catalogue import Catalogue
    from video.services.protocol import Failure, VideoService


_PRICED_DURATION_S = 5  # of a usual video


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One sentence. `wrong`: the bot cannot do its work like this."""

    text: str
    failed: bool = False


async def check(settings: Settings) -> list[CheckResult]:
    """Try Telegram, the effects, the video services and the database."""
    catalogue, effects = _check_effects(settings)
    return [
        *await _check_telegram(settings),
        *await _check_services(settings, catalogue),
        *effects,
        await _check_database(settings),
    ]


async def _check_telegram(settings: Settings) -> list[CheckResult]:
    bot: ExtBot[None] = ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
    )
    try:
        async with bot:
            me = await bot.get_me()
            webhook = await bot.get_webhook_info()
            storage, storage_wrong = await check_storage_chat(bot, settings.storage_chat_id)
    except InvalidToken:
        return [CheckResult("Telegram does not know TELEGRAM_BOT_TOKEN; @BotFather shows the right one.", failed=True)]
    except TelegramError as error:
        return [CheckResult(f"Telegram at {settings.telegram_api_url} can't be reached: {error.message}.", failed=True)]
    results = [
        CheckResult(f"Telegram knows the bot as @{me.username}."),
        *map(CheckResult, describe_bot_account(me)),
        CheckResult(storage, storage_wrong),
    ]
    if webhook.url:
        results.append(CheckResult("A webhook is left over from before; the bot takes it away when it starts."))
    return results


async def _check_services(settings: Settings, catalogue: Catalogue | None) -> list[CheckResult]:
    results = []
    for name, service in make_services(settings).items():
        try:
            results.append(
                await _check_service(service, SERVICES[name], SERVICES[name].url(settings), settings.low_balance_usd)
            )
            if catalogue is not None and not results[-1].failed:
                await refresh_prices(catalogue, {name: service})
                results.append(_describe_prices(name, catalogue))
        finally:
            await service.aclose()
    preferred, *others = (SERVICES[name].title for name in settings.services)
    if others:
        results.append(
            CheckResult(
                f"{preferred} is preferred; {' and '.join(others)} makes what {preferred} does not or can't make."
            )
        )
    return [*results, *_check_port(settings)]


def _check_port(settings: Settings) -> list[CheckResult]:
    if settings.kling_callback_url is None:
        return []
    try:
        open_socket(settings).close()
    except ListenError as error:
        return [CheckResult(f"{error} That is right if the bot runs now.")]
    return [CheckResult(f"{settings.listen} can be listened on; {settings.kling_callback_url} must lead there.")]


async def _check_service(service: VideoService, spec: ServiceSpec, url: str, low: float) -> CheckResult:
    match await service.balance():
        case Balance(usd):
            return _describe_balance(spec.title, usd, low)
        case Refused(failure):
            return CheckResult(_describe_refusal(spec, url, failure), failed=True)
        case Unanswered(detail):
            return CheckResult(f"{spec.title} at {url} can't be reached: {detail}.", failed=True)


def _describe_refusal(spec: ServiceSpec, url: str, failure: Failure) -> str:
    match failure.kind:
        case FailureKind.BAD_KEY:
            return f"{spec.title} does not accept {spec.key}: {failure.detail}."
        case FailureKind.OUT_OF_CREDIT:
            return f"The {spec.title} account is empty: {failure.detail}."
        case _:
            return f"{spec.title} at {url} refuses what it is asked; is the address right? It says: {failure.detail}."


def _describe_balance(title: str, usd: float | None, low: float) -> CheckResult:
    if usd is None:
        return CheckResult(f"The {title} key works.")
    if usd <= 0:
        return CheckResult(f"The {title} key works, but the account is empty: {usd:.2f} USD.", failed=True)
    warning = f", less than LOW_BALANCE_USD ({low:.2f})" if usd < low else ""
    return CheckResult(f"The {title} key works; {usd:.2f} USD are left on the account{warning}.")


def _describe_prices(service: str, catalogue: Catalogue) -> CheckResult:
    title = SERVICES[service].title
    prices = {model: price for model in PRICED_MODELS if (price := catalogue.prices.get(service, model))}
    if not prices:
        return CheckResult(f"{title} does not tell what a video costs; your effects file can (docs/effects.md).")
    listed = ", ".join(
        f"{model} {'at most ' if price.upper_bound else ''}{price.for_seconds(_PRICED_DURATION_S):.2f}"
        for model, price in prices.items()
    )
    return CheckResult(f"A video of {_PRICED_DURATION_S} s costs at {title}, in USD: {listed}.")


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
    """What `getMe` says about this bot's account."""
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


_NO_STORAGE_CHAT = (
    "STORAGE_CHAT_ID is not set: videos for inline and guest mode go by their address, up to 20 MB; "
    "larger ones, and those whose address Telegram can't fetch, wait in the private chat."
)
_NOT_MEMBER = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})


async def check_storage_chat(bot: Bot, chat_id: int | None) -> tuple[str, bool]:
    """What is to be said of STORAGE_CHAT_ID, and whether it is wrong.

    Raises:
        TelegramError: Telegram can't be reached.
    """
    if chat_id is None:
        return (_NO_STORAGE_CHAT, False)
    try:
        chat = await bot.get_chat(chat_id)
        member = await bot.get_chat_member(chat_id, bot.id)
    except (BadRequest, Forbidden) as error:
        return (f"The storage chat {chat_id} can't be reached: {error.message}. Make the bot an admin of it.", True)
    name = chat.title or chat.full_name or chat_id
    if not _may_send_videos(member, channel=chat.type == ChatType.CHANNEL):
        return (f"The bot may not send videos to the storage chat “{name}”. Make it an admin there.", True)
    return (f"Videos for inline and guest mode pass through “{name}”.", False)


def _may_send_videos(member: ChatMember, *, channel: bool) -> bool:
    """As far as it can be told without sending one."""
    match member:
        case ChatMemberAdministrator(can_post_messages=may) if channel:
            return may is not False
        case ChatMemberRestricted(can_send_videos=may):
            return may
        case _:
            return member.status not in _NOT_MEMBER and (not channel or member.status == ChatMemberStatus.ADMINISTRATOR)
