"""The composition root: takes the lock, opens the store and the clients, and runs all loops in one TaskGroup.

If a loop dies, all end, and its exception is raised. At SIGTERM or SIGINT the periodic tasks are cancelled at once;
running steps of the workers get a few seconds to end.
"""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import signal
from contextlib import AsyncExitStack
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from bot.cli.check import describe_bot_account
from bot.clock import Clock, ClockMonitor, start_clock
from bot.instance_lock import single_instance
from bot.pacing import of_model
from bot.periodic import command_menu
from bot.periodic.balances import BalanceMonitor, fetch_balances
from bot.periodic.cleanup import Cleanup
from bot.periodic.heartbeat import Heartbeat
from bot.periodic.loop import Periodic, PeriodicLoop
from bot.services import load_catalogue, make_services, service_hosts, services_with_qualities
from bot.telegram_api.application import TelegramApplication, connected
from bot.telegram_api.client import TelegramClient
from bot.telegram_api.rate_limit import ChatBudget
from bot.updates.dispatcher import UpdateDispatcher
from bot.updates.polling import UpdatePoller
from bot.wakeups import Wakeup, Wakeups
from bot.workers import admin_notices, draft_messages, reconcile, status_messages
from bot.workers.context import WorkerContext
from bot.workers.deliver import DeliveryWorker
from bot.workers.loop import Concurrency, InProgress, Worker, WorkerLoop
from bot.workers.poll import PollWorker
from bot.workers.schedules import PollSchedules
from bot.workers.submit import SubmitWorker
from handlers.chat_members import ChatMembers
from handlers.context import Choices, Dependencies, Policy
from handlers.localization import LanguageOverrides, Locales
from storage import Store
from storage.budgets import Budgets, microusd
from storage.limits import Limits, ServicePlaces
from video.effects.models import MODELS
from video.photos.process_pool import PhotoProcessPool

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Mapping

    from bot.settings import Settings
    from bot.workers.callback_server import CallbackServer
    from video.effects.catalogue import Catalogue
    from video.services.protocol import VideoService

    Coroutines = list[Coroutine[Any, Any, None]]

_LOG = logging.getLogger(__name__)
_SHUTDOWN_GRACE_S = 4.0  # for the steps that are running
_ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters and digits that look alike


def new_id() -> str:
    """Return a random id of ten characters, which have 49 bits."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(10))


async def run(
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    clock: Clock | None = None,
    wakeups: Wakeups | None = None,
) -> None:
    """Run the bot until `stop` is set; without `stop`, until SIGTERM or SIGINT.

    A test that moves the clock calls `wakeups.notify_all()` afterwards.

    Raises:
        AlreadyRunning: another process uses the database.
        CatalogueError: the file `EFFECTS_FILE` has mistakes.
        DatabaseError: the database cannot be used.
        TokenRefused: Telegram does not know the token.
        ListenError: the port for callbacks cannot be opened.
    """
    stop, catalogue, clock = stop or _stop_at_signal(), load_catalogue(settings), clock or Clock()
    async with AsyncExitStack() as stack:
        stack.enter_context(single_instance(settings.database_path))
        store = await Store.open(settings.database_path)
        stack.push_async_callback(store.close)
        catalogue.retire(await store.retired_scenes.scenes())
        callback_server = await _open_callback_server(settings, store)
        if callback_server is not None:
            stack.callback(callback_server.close)
        services = make_services(settings, callback_server.callback_urls if callback_server else None, clock=clock)
        for service in services.values():
            stack.push_async_callback(service.aclose)
        locales, wakeups = Locales.load(), wakeups or Wakeups()
        budget = ChatBudget(settings.rate_per_chat, clock)
        deps = handler_dependencies(settings, store, services, catalogue, locales, wakeups, clock)
        deps.languages.load(await store.preferences.languages() | await store.groups.languages())
        application = await stack.enter_async_context(connected(settings, deps, budget, clock, stop))
        await start_clock(clock, store)
        context = worker_context(settings, store, services, catalogue, wakeups, clock)
        stack.push_async_callback(context.photos.aclose)
        await reconcile.mark_interrupted(context)
        heartbeat = Heartbeat(settings.database_path)
        stack.callback(heartbeat.remove)
        if stop.is_set():
            return
        _log_identity(application, services)
        telegram = TelegramClient(application.bot, budget, local_mode=settings.telegram_local_mode)
        draining, cancellable = _loops(settings, application, telegram, context, deps, heartbeat, stop)
        if callback_server is not None:
            cancellable.append(callback_server.run(context))
        await _supervise(stop, wakeups, draining, cancellable)
    _LOG.info("stopped in order")


async def _open_callback_server(settings: Settings, store: Store) -> CallbackServer | None:
    """Open the port for callbacks; None if no service is to send any.

    Raises:
        ListenError: it can't be opened.
    """
    if not settings.callback_urls:
        return None
    from bot.workers.callback_server import CallbackServer  # noqa: PLC0415 -- 3 MB that few bots need

    return await CallbackServer.open(settings, store)


def _log_identity(application: TelegramApplication, services: Iterable[str]) -> None:
    """Log which bot this is, and what its settings at @BotFather mean."""
    _LOG.info("started as @%s, services %s", application.bot.username, ", ".join(services))
    for sentence in describe_bot_account(application.bot.bot):
        _LOG.info(sentence)


def handler_dependencies(
    settings: Settings,
    store: Store,
    services: Mapping[str, VideoService],
    catalogue: Catalogue,
    locales: Locales,
    wakeups: Wakeups,
    clock: Clock,
) -> Dependencies:
    """Make what handlers work with."""
    return Dependencies(
        store=store,
        catalogue=catalogue,
        locales=locales,
        policy=Policy(
            admin_ids=settings.admin_ids,
            allowed_ids=settings.allowed_ids,
            limits=Limits(
                settings.user_daily_limit,
                settings.user_active_limit,
                settings.group_daily_limit,
                settings.daily_limit,
                settings.user_daily_attempts,
                budgets=_budgets(settings),
            ),
            assumed_price_usd=settings.assumed_price_usd,
            own_choices=Choices(settings.own_choices),
            quality=settings.effects_quality,
            services_with_qualities=services_with_qualities(settings),
            animate_model=settings.animate_model,
            album_wait=settings.album_wait,
            keep_days=settings.keep_days,
            ai_label=settings.ai_label,
            privacy_policy_url=settings.privacy_policy_url,
            terms_url=settings.terms_url,
            services_country=settings.services_country,
        ),
        services=settings.services,
        service_titles={name: settings.spec(name).title for name in settings.services},
        fetch_balances=lambda: fetch_balances(catalogue, services),
        languages=LanguageOverrides(),
        chat_members=ChatMembers(clock),
        clock=clock,
        telegram_time=clock.telegram_time,
        new_id=new_id,
        wake=wakeups.notify,
    )


def worker_context(
    settings: Settings,
    store: Store,
    services: Mapping[str, VideoService],
    catalogue: Catalogue,
    wakeups: Wakeups,
    clock: Clock,
) -> WorkerContext:
    """Make what the workers share."""
    return WorkerContext(
        store=store,
        services=services,
        service_specs={spec.name: spec for spec in settings.specs},
        photos=PhotoProcessPool(),
        schedules=PollSchedules(
            store.reports,
            usual_seconds=settings.usual_seconds,
            poll_interval=settings.poll_interval,
            push_services=frozenset(settings.callback_urls),
        ),
        catalogue=catalogue,
        balance_check_requested=asyncio.Event(),
        wakeups=wakeups,
        admin_ids=settings.admin_ids,
        places=service_places(settings),
        status_interval=settings.status_interval,
        deadline_seconds=settings.deadline_minutes * 60,
        in_doubt_seconds=settings.in_doubt_minutes * 60,
        ai_label=settings.ai_label,
        unverified=set(),
        started_at=clock(),
        clock=clock,
        jitter=random.random,
    )


def service_places(settings: Settings) -> ServicePlaces:
    """Return how many jobs each service may have at once, and for how long each counts."""
    deadline = settings.deadline_minutes * 60
    model_deadlines = {name: deadline * of_model(name).deadline for name in MODELS}
    return ServicePlaces(settings.active_limit, deadline, model_deadlines)


def _budgets(settings: Settings) -> Budgets:
    def amount(usd: float | None) -> int | None:
        return None if usd is None else microusd(usd)

    return Budgets(
        daily=amount(settings.daily_budget_usd),
        monthly=amount(settings.monthly_budget_usd),
        user_daily=amount(settings.user_daily_budget_usd),
        group_daily=amount(settings.group_daily_budget_usd),
    )


def _loops(
    settings: Settings,
    application: TelegramApplication,
    telegram: TelegramClient,
    context: WorkerContext,
    deps: Dependencies,
    heartbeat: Heartbeat,
    stop: asyncio.Event,
) -> tuple[Coroutines, Coroutines]:
    """Make the loops: first those that end by themselves at the stop, then those that may be cancelled at any time."""
    dispatcher = UpdateDispatcher(
        application,
        context.store.inbox,
        context.wakeups.dispatcher,
        clock=context.clock,
        heartbeat=heartbeat.beat,
        stop=stop,
        forgotten=deps.forgotten,
    )
    draining = [*_worker_loops(settings, telegram, context, deps, heartbeat, stop), dispatcher.run()]
    return draining, _periodic_tasks(settings, application, context, deps.locales, heartbeat, dispatcher)


def _concurrency(active_limit: int) -> tuple[Concurrency, Concurrency, Concurrency, Concurrency]:
    """Return how many submits, polls, deliveries and messages run at once: it follows from how many videos do."""
    messages = max(4, min(active_limit, 16))
    return (
        Concurrency(min(active_limit, 32), attrgetter("service")),
        Concurrency(max(8, min(2 * active_limit, 64)), attrgetter("group")),
        Concurrency(messages, attrgetter("group"), patience=10.0),
        Concurrency(messages, patience=1.0),
    )


def _worker_loops(
    settings: Settings,
    telegram: TelegramClient,
    context: WorkerContext,
    deps: Dependencies,
    heartbeat: Heartbeat,
    stop: asyncio.Event,
) -> Coroutines:
    """Make the loops that work on rows."""
    wakeups, locales = context.wakeups, deps.locales
    delivery = DeliveryWorker(
        context, telegram, locales, hosts=service_hosts(settings), storage_chat_id=settings.storage_chat_id
    )
    at_service, messages = InProgress(), InProgress()  # jobs whose service is asked; jobs whose message is edited
    submits, polls, deliveries, edits = _concurrency(settings.active_limit)

    def loop(
        worker: Worker[Any], concurrency: Concurrency, in_progress: InProgress, own: Wakeup, *notifies: Wakeup
    ) -> Coroutine[Any, Any, None]:
        return WorkerLoop(
            worker,
            concurrency=concurrency,
            in_progress=in_progress,
            wakeup=own,
            notifies=notifies,
            clock=context.clock,
            heartbeat=heartbeat,
            stop=stop,
        ).run()

    submit, poll, deliver, status = wakeups.submit, wakeups.poll, wakeups.deliver, wakeups.status_messages
    cards = status_messages.StatusMessageWorker(context, telegram, locales)
    drafts = draft_messages.DraftMessageWorker(context, telegram, locales, deps)
    notices = admin_notices.AdminNoticeWorker(context, telegram, locales)
    return [
        loop(SubmitWorker(context, telegram), submits, at_service, submit, poll, status),
        loop(PollWorker(context), polls, at_service, poll, deliver, status, submit),
        loop(delivery, deliveries, messages, deliver, status),
        loop(cards, edits, messages, status, deliver, submit),
        loop(drafts, edits, InProgress(), wakeups.draft_messages),
        loop(notices, Concurrency(1, patience=1.0), InProgress(), wakeups.admin_notices),
    ]


def _periodic_tasks(
    settings: Settings,
    application: TelegramApplication,
    context: WorkerContext,
    locales: Locales,
    heartbeat: Heartbeat,
    dispatcher: UpdateDispatcher,
) -> Coroutines:
    """Make the loops that may be cancelled at any time."""
    bot, clock, wakeups = application.bot, context.clock, context.wakeups

    def loop(task: Periodic, wakeup: Wakeup) -> Coroutine[Any, Any, None]:
        return PeriodicLoop(task, wakeup=wakeup, heartbeat=heartbeat.beat).run()

    poller = UpdatePoller(
        bot, context.store, dispatcher=dispatcher, clock=clock, jitter=context.jitter, heartbeat=heartbeat.beat
    )
    balances = BalanceMonitor(
        context,
        low_balance_usd=settings.low_balance_usd,
        daily_limit=settings.daily_limit,
        budgets=_budgets(settings),
    )
    cleanup = Cleanup(context.store, wakeups, keep_days=settings.keep_days, clock=clock)
    clock_monitor = ClockMonitor(context.clock, context.store, context.services, context.notify_admins)
    return [
        poller.run(),
        loop(cleanup, wakeups.cleanup),
        loop(heartbeat, Wakeup()),
        loop(clock_monitor, wakeups.clock_monitor),
        loop(balances, wakeups.balances),
        loop(command_menu.CommandMenu(bot, context, locales), wakeups.command_menu),
    ]


async def _supervise(stop: asyncio.Event, wakeups: Wakeups, draining: Coroutines, cancellable: Coroutines) -> None:
    """Run the loops until `stop` is set, or until one of them raises.

    Then cancel those in `cancellable`, and let those in `draining` end by themselves, for a few seconds.
    """
    try:
        async with asyncio.TaskGroup() as group:
            draining_tasks = [group.create_task(loop) for loop in draining]
            cancellable_tasks = [group.create_task(loop) for loop in cancellable]
            await stop.wait()
            for task in cancellable_tasks:
                task.cancel()
            wakeups.notify_all()
            await asyncio.wait(draining_tasks, timeout=_SHUTDOWN_GRACE_S)
            for task in draining_tasks:
                task.cancel()
    except BaseExceptionGroup as group:
        raise _root_cause(group) from group


def _root_cause(error: BaseException) -> BaseException:
    """Return the first exception inside nested exception groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _stop_at_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
