"""The composition root: lock, store, clients, one TaskGroup of loops, signals, orderly close."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import signal
import time
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.cli.check import describe_bot_account
from bot.instance_lock import single_instance
from bot.services import SERVICES, SERVICES_WITH_QUALITIES, load_catalogue, make_services, service_hosts
from bot.telegram_api.application import connected
from bot.telegram_api.client import TelegramClient
from bot.telegram_api.rate_limit import ChatBudget
from bot.updates.dispatcher import UpdateDispatcher
from bot.updates.polling import UpdatePoller
from bot.wakeups import Wakeup, Wakeups
from bot.workers.admin_notices import AdminNoticeWorker
from bot.workers.balances import BalanceMonitor, fetch_balances
from bot.workers.callback_server import CallbackServer
from bot.workers.cleanup import Cleanup
from bot.workers.command_menu import CommandMenu
from bot.workers.context import WorkerContext
from bot.workers.deliver import DeliveryWorker
from bot.workers.draft_messages import DraftMessageWorker
from bot.workers.heartbeat import Heartbeat
from bot.workers.loop import InProgress, Worker, WorkerLoop
from bot.workers.poll import PollWorker
from bot.workers.reconcile import mark_interrupted
from bot.workers.status_messages import StatusMessageWorker
from bot.workers.submit import SubmitWorker
from handlers.chat_members import ChatMembers
from handlers.context import Dependencies, Policy
from handlers.localization import LanguageOverrides, Locales
from storage import Store
from storage.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping

    from bot.settings import Settings
    from bot.telegram_api.application import TelegramApplication
    from video.effects.catalogue import Catalogue
    from video.services.protocol import VideoService

    Beat = Callable[[str], None]
    Coroutines = list[Coroutine[Any, Any, None]]

_LOG = logging.getLogger(__name__)
_SHUTDOWN_GRACE_S = 4.0  # seconds that steps under way get at the end
_ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is mistaken for another


def new_id() -> str:
    """Ten characters that nobody guesses: 49 bits."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(10))


async def run(
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    clock: Callable[[], float] = time.time,
    wakeups: Wakeups | None = None,
) -> None:
    """Run the bot until `stop` is set, or SIGTERM or SIGINT comes.

    Whoever moves a `clock` of their own rings the `bells` after it.

    Raises:
        AlreadyRunning: another process uses the database.
        CatalogueError: the file `EFFECTS_FILE` has mistakes.
        DatabaseError: the database cannot be used.
        TokenRefused: Telegram does not know the token.
        ListenError: the port for callbacks cannot be opened.
    """
    stop, catalogue = stop or _stop_at_signal(), load_catalogue(settings)
    async with AsyncExitStack() as stack:
        stack.enter_context(single_instance(settings.database_path))
        store = await Store.open(settings.database_path)
        stack.push_async_callback(store.close)
        catalogue.retire(await store.retired_scenes.scenes())
        callback_server = await CallbackServer.open(settings, store)
        if callback_server is not None:
            stack.callback(callback_server.close)
        services = make_services(settings, callback_url=callback_server.callback_url if callback_server else None)
        for service in services.values():
            stack.push_async_callback(service.aclose)
        texts, wakeups = Locales.load(), wakeups or Wakeups()
        budget = ChatBudget(settings.rate_per_chat, clock)
        deps = handler_dependencies(settings, store, services, catalogue, texts, wakeups, clock)
        deps.languages.load(await store.preferences.languages() | await store.groups.languages())
        application = await stack.enter_async_context(connected(settings, deps, budget, stop))
        context = worker_context(settings, store, services, catalogue, wakeups, clock)
        await mark_interrupted(context)
        heartbeat = Heartbeat(settings.database_path)
        stack.callback(heartbeat.remove)
        if stop.is_set():
            return
        _log_identity(application, services)
        dispatcher = _dispatcher(application, deps, wakeups, heartbeat.beat, stop)
        worker_loops = _worker_loops(
            settings, TelegramClient(application.bot, budget), context, deps, heartbeat.beat, stop
        )
        periodic_tasks = _periodic_tasks(settings, application, context, texts, heartbeat, dispatcher)
        if callback_server is not None:
            periodic_tasks.append(callback_server.run(context))
        await _supervise(stop, wakeups, [*worker_loops, dispatcher.run()], periodic_tasks)
    _LOG.info("stopped in order")


def _log_identity(application: TelegramApplication, services: Iterable[str]) -> None:
    """In the log: which bot this is, and what @BotFather's switches mean for it."""
    _LOG.info("started as @%s, services %s", application.bot.username, ", ".join(services))
    for sentence in describe_bot_account(application.bot.bot):
        _LOG.info(sentence)


def handler_dependencies(
    settings: Settings,
    store: Store,
    services: Mapping[str, VideoService],
    catalogue: Catalogue,
    texts: Locales,
    wakeups: Wakeups,
    clock: Callable[[], float],
) -> Dependencies:
    """What handlers are given."""
    return Dependencies(
        store=store,
        catalogue=catalogue,
        locales=texts,
        policy=Policy(
            admin_ids=settings.admin_ids,
            limits=Limits(
                settings.user_daily_limit, settings.user_active_limit, settings.group_daily_limit, settings.daily_limit
            ),
            own_choices=settings.own_choices,
            quality=settings.effects_quality,
            services_with_qualities=SERVICES_WITH_QUALITIES,
            animate_model=settings.animate_model,
            album_wait=settings.album_wait,
            keep_days=settings.keep_days,
        ),
        services=settings.services,
        service_titles={name: SERVICES[name].title for name in settings.services},
        fetch_balances=partial(fetch_balances, catalogue, services),
        languages=LanguageOverrides(),
        chat_members=ChatMembers(clock),
        clock=clock,
        new_id=new_id,
        wake=wakeups.notify,
    )


def worker_context(
    settings: Settings,
    store: Store,
    services: Mapping[str, VideoService],
    catalogue: Catalogue,
    wakeups: Wakeups,
    clock: Callable[[], float],
) -> WorkerContext:
    """What the lanes share."""
    return WorkerContext(
        store=store,
        services=services,
        push_services=frozenset({"kling"}) if settings.kling_callback_url else frozenset(),
        catalogue=catalogue,
        balance_check_requested=asyncio.Event(),
        wakeups=wakeups,
        admin_ids=settings.admin_ids,
        active_limit=settings.active_limit,
        poll_interval=settings.poll_interval,
        status_interval=settings.status_interval,
        usual_seconds=settings.usual_seconds,
        deadline_seconds=settings.deadline_minutes * 60,
        in_doubt_seconds=settings.in_doubt_minutes * 60,
        started_at=clock(),
        clock=clock,
        jitter=random.random,
    )


def _dispatcher(
    application: TelegramApplication, deps: Dependencies, wakeups: Wakeups, beat: Beat, stop: asyncio.Event
) -> UpdateDispatcher:
    return UpdateDispatcher(
        application,
        deps.store.inbox,
        wakeups.dispatcher,
        clock=deps.clock,
        heartbeat=beat,
        stop=stop,
    )


def _worker_loops(
    settings: Settings,
    telegram: TelegramClient,
    context: WorkerContext,
    deps: Dependencies,
    beat: Beat,
    stop: asyncio.Event,
) -> Coroutines:
    """The loops that work on rows. Lanes that share their holds never work on one job at once."""
    bells, texts = context.wakeups, deps.locales
    delivery = DeliveryWorker(
        context, telegram, texts, hosts=service_hosts(settings), storage_chat_id=settings.storage_chat_id
    )
    paid, seen = InProgress(), InProgress()

    def lane(
        steps: Worker[Any], width: int, holds: InProgress, bell: Wakeup, *rings: Wakeup
    ) -> Coroutine[Any, Any, None]:
        return WorkerLoop(
            steps,
            concurrency=width,
            in_progress=holds,
            wakeup=bell,
            notifies=rings,
            clock=context.clock,
            heartbeat=beat,
            stop=stop,
        ).run()

    return [
        lane(SubmitWorker(context, telegram), 2, paid, bells.submit, bells.poll, bells.status_messages),
        lane(PollWorker(context), 8, paid, bells.poll, bells.deliver, bells.status_messages, bells.submit),
        lane(delivery, 4, seen, bells.deliver, bells.status_messages),
        lane(StatusMessageWorker(context, telegram, texts), 4, seen, bells.status_messages, bells.deliver),
        lane(DraftMessageWorker(context, telegram, texts, deps), 2, InProgress(), bells.draft_messages),
        lane(AdminNoticeWorker(context, telegram, texts), 1, InProgress(), bells.admin_notices),
    ]


def _periodic_tasks(
    settings: Settings,
    application: TelegramApplication,
    context: WorkerContext,
    texts: Locales,
    heartbeat: Heartbeat,
    dispatcher: UpdateDispatcher,
) -> Coroutines:
    """The loops that may be ended between any two of their steps."""
    bot, inbox, clock = application.bot, context.store.inbox, context.clock
    beat, jitter = heartbeat.beat, context.jitter
    return [
        UpdatePoller(bot, inbox, dispatcher=dispatcher, clock=clock, jitter=jitter, heartbeat=beat).run(),
        Cleanup(context.store, context.wakeups, keep_days=settings.keep_days, clock=clock, heartbeat=beat).run(),
        heartbeat.run(),
        BalanceMonitor(
            context, low_balance_usd=settings.low_balance_usd, daily_limit=settings.daily_limit, heartbeat=beat
        ).run(),
        CommandMenu(bot, context, texts, heartbeat=beat).run(),
    ]


async def _supervise(
    stop: asyncio.Event, wakeups: Wakeups, worker_loops: Coroutines, periodic_tasks: Coroutines
) -> None:
    """Run the loops until `stop`; a loop that dies ends them all, and its exception is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            draining = [group.create_task(loop) for loop in worker_loops]
            cancellable = [group.create_task(loop) for loop in periodic_tasks]
            await stop.wait()
            for task in cancellable:
                task.cancel()
            wakeups.notify_all()
            await asyncio.wait(draining, timeout=_SHUTDOWN_GRACE_S)
            for task in draining:
                task.cancel()
    except BaseExceptionGroup as group:
        raise _root_cause(group) from group


def _root_cause(error: BaseException) -> BaseException:
    """What went wrong, out of the groups that it came in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _stop_at_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    return stop
