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

from bot.cli.check import sentences
from bot.instance_lock import only_process
from bot.services import KNOWN, QUALITIES, load_catalogue, make_services, own_hosts
from bot.telegram_api.application import greeted
from bot.telegram_api.client import Gateway
from bot.telegram_api.rate_limit import ChatQuota
from bot.updates.dispatcher import Dispatch
from bot.updates.polling import Intake
from bot.wakeups import Bell, Bells
from bot.workers.admin_notices import Tell
from bot.workers.balances import Purse, take_stock
from bot.workers.callback_server import Listener
from bot.workers.cleanup import Tidy
from bot.workers.command_menu import Menu
from bot.workers.context import WorkerContext
from bot.workers.deliver import Deliver
from bot.workers.draft_messages import Prompt
from bot.workers.heartbeat import Pulse
from bot.workers.loop import Holds, Lane, Steps
from bot.workers.poll import Watch
from bot.workers.reconcile import recover
from bot.workers.status_messages import Show
from bot.workers.submit import Submit
from handlers.chat_members import Members
from handlers.context import Dependencies
from handlers.languages import Tongues
from handlers.localization import Texts
from storage import Store
from storage.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping

    from bot.settings import Settings
    from bot.telegram_api.application import App
    from video.effects.catalogue import Catalogue
    from video.services.protocol import VideoService

    Beat = Callable[[str], None]
    Loops = list[Coroutine[Any, Any, None]]

_LOG = logging.getLogger(__name__)
_GRACE = 4.0  # seconds that steps under way get at the end
_ID = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that is mistaken for another


def new_id() -> str:
    """Ten characters that nobody guesses: 49 bits."""
    return "".join(secrets.choice(_ID) for _ in range(10))


async def run(
    settings: Settings,
    *,
    stop: asyncio.Event | None = None,
    clock: Callable[[], float] = time.time,
    bells: Bells | None = None,
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
        stack.enter_context(only_process(settings.database_path))
        store = await Store.open(settings.database_path)
        stack.push_async_callback(store.close)
        catalogue.retire(await store.retired.scenes())
        listener = await Listener.open(settings, store)
        if listener is not None:
            stack.callback(listener.close)
        services = make_services(settings, callback_url=listener.callback_url if listener else None)
        for service in services.values():
            stack.push_async_callback(service.aclose)
        texts, bells = Texts.load(), bells or Bells()
        quota = ChatQuota(settings.rate_per_chat, clock)
        desk = make_desk(settings, store, services, catalogue, texts, bells, clock)
        desk.tongues.remember(await store.choices.languages() | await store.groups.languages())
        application = await stack.enter_async_context(greeted(settings, desk, quota, stop))
        shop = make_shop(settings, store, services, catalogue, bells, clock)
        await recover(shop)
        pulse = Pulse(settings.database_path)
        stack.callback(pulse.forget)
        if stop.is_set():
            return
        _say_who(application, services)
        dispatch = _dispatch(application, desk, bells, pulse.beat, stop)
        lanes = _lanes(settings, Gateway(application.bot, quota), shop, desk, pulse.beat, stop)
        endless = _endless(settings, application, shop, texts, pulse, dispatch)
        if listener is not None:
            endless.append(listener.run(shop))
        await _until(stop, bells, [*lanes, dispatch.run()], endless)
    _LOG.info("stopped in order")


def _say_who(application: App, services: Iterable[str]) -> None:
    """In the log: which bot this is, and what @BotFather's switches mean for it."""
    _LOG.info("started as @%s, services %s", application.bot.username, ", ".join(services))
    for sentence in sentences(application.bot.bot):
        _LOG.info(sentence)


def make_desk(
    settings: Settings,
    store: Store,
    services: Mapping[str, VideoService],
    catalogue: Catalogue,
    texts: Texts,
    bells: Bells,
    clock: Callable[[], float],
) -> Dependencies:
    """What handlers are given."""
    return Dependencies(
        store=store,
        catalogue=catalogue,
        texts=texts,
        limits=Limits(
            settings.user_daily_limit, settings.user_active_limit, settings.group_daily_limit, settings.daily_limit
        ),
        admin_ids=settings.admin_ids,
        services=settings.services,
        titles={name: KNOWN[name].title for name in settings.services},
        accounts=partial(take_stock, catalogue, services),
        keep_days=settings.keep_days,
        quality=settings.effects_quality,
        qualities=QUALITIES,
        own_choices=settings.own_choices,
        tongues=Tongues(),
        animate_model=settings.animate_model,
        album_wait=settings.album_wait,
        members=Members(clock),
        clock=clock,
        new_id=new_id,
        wake=bells.wake,
    )


def make_shop(
    settings: Settings,
    store: Store,
    services: Mapping[str, VideoService],
    catalogue: Catalogue,
    bells: Bells,
    clock: Callable[[], float],
) -> WorkerContext:
    """What the lanes share."""
    return WorkerContext(
        store=store,
        services=services,
        telling=frozenset({"kling"}) if settings.kling_callback_url else frozenset(),
        catalogue=catalogue,
        credit_doubted=asyncio.Event(),
        bells=bells,
        admin_ids=settings.admin_ids,
        active_limit=settings.active_limit,
        poll_interval=settings.poll_interval,
        status_interval=settings.status_interval,
        usual_seconds=settings.usual_seconds,
        deadline=settings.deadline_minutes * 60,
        in_doubt=settings.in_doubt_minutes * 60,
        started_at=clock(),
        clock=clock,
        jitter=random.random,
    )


def _dispatch(application: App, desk: Dependencies, bells: Bells, beat: Beat, stop: asyncio.Event) -> Dispatch:
    return Dispatch(
        application,
        desk.store.inbox,
        desk.texts,
        bells.dispatch,
        tongues=desk.tongues,
        clock=desk.clock,
        beat=beat,
        stop=stop,
    )


def _lanes(settings: Settings, gateway: Gateway, shop: WorkerContext, desk: Dependencies, beat: Beat, stop: asyncio.Event) -> Loops:
    """The loops that work on rows. Lanes that share their holds never work on one job at once."""
    bells, texts = shop.bells, desk.texts
    deliver = Deliver(shop, gateway, texts, hosts=own_hosts(settings), storage_chat_id=settings.storage_chat_id)
    paid, seen = Holds(), Holds()

    def lane(steps: Steps[Any], width: int, holds: Holds, bell: Bell, *rings: Bell) -> Coroutine[Any, Any, None]:
        return Lane(
            steps, width=width, holds=holds, bell=bell, rings=rings, clock=shop.clock, beat=beat, stop=stop
        ).run()

    return [
        lane(Submit(shop, gateway), 2, paid, bells.submit, bells.watch, bells.show),
        lane(Watch(shop), 8, paid, bells.watch, bells.deliver, bells.show, bells.submit),
        lane(deliver, 4, seen, bells.deliver, bells.show),
        lane(Show(shop, gateway, texts), 4, seen, bells.show, bells.deliver),
        lane(Prompt(shop, gateway, texts, desk), 2, Holds(), bells.prompt),
        lane(Tell(shop, gateway, texts), 1, Holds(), bells.tell),
    ]


def _endless(settings: Settings, application: App, shop: WorkerContext, texts: Texts, pulse: Pulse, dispatch: Dispatch) -> Loops:
    """The loops that may be ended between any two of their steps."""
    bot, inbox, clock = application.bot, shop.store.inbox, shop.clock
    beat, jitter = pulse.beat, shop.jitter
    return [
        Intake(bot, inbox, dispatch=dispatch, clock=clock, jitter=jitter, beat=beat).run(),
        Tidy(shop.store, shop.bells, keep_days=settings.keep_days, clock=clock, beat=beat).run(),
        pulse.run(),
        Purse(shop, low=settings.low_balance_usd, most=settings.daily_limit, beat=beat).run(),
        Menu(bot, shop, texts, beat=beat).run(),
    ]


async def _until(stop: asyncio.Event, bells: Bells, lanes: Loops, endless: Loops) -> None:
    """Run the loops until `stop`; a loop that dies ends them all, and its exception is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            patient = [group.create_task(loop) for loop in lanes]
            impatient = [group.create_task(loop) for loop in endless]
            await stop.wait()
            for task in impatient:
                task.cancel()
            bells.ring_all()
            await asyncio.wait(patient, timeout=_GRACE)
            for task in patient:
                task.cancel()
    except BaseExceptionGroup as group:
        raise _first(group) from group


def _first(error: BaseException) -> BaseException:
    """What went wrong, out of the groups that it came in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _stop_at_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    return stop
