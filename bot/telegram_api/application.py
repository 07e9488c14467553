"""PTB's application, and its first call to Telegram."""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from bot.errors import TokenRefused
from bot.pacing import backoff
from bot.telegram_api.rate_limit import ChatBudget, RateLimiter
from handlers import register
from handlers.context import Dependencies, context_type

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from bot.clock import Clock
    from bot.settings import Settings

TelegramApplication = Application[ExtBot[None], Any, Any, Any, Any, None]
_LOG = logging.getLogger(__name__)
_MAX_CONNECTIONS = 512  # opened as they are needed: each call that Telegram leaves unanswered keeps one


def make_application(settings: Settings, deps: Dependencies, budget: ChatBudget, clock: Clock) -> TelegramApplication:
    """Make PTB's application: the bot and its handlers, without PTB's own polling. All timeouts are in seconds."""
    request = HTTPXRequest(
        connection_pool_size=_MAX_CONNECTIONS,
        pool_timeout=30,
        read_timeout=30,
        write_timeout=30,
        connect_timeout=10,
        media_write_timeout=300,
        httpx_kwargs={"event_hooks": {"response": [clock.observe]}},
    )
    application = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .context_types(ContextTypes(context=context_type(deps)))
        .updater(None)
        .job_queue(None)
        .request(request)
        .rate_limiter(RateLimiter(budget))
        .build()
    )
    register(application, deps)
    return application


@asynccontextmanager
async def connected(
    settings: Settings, deps: Dependencies, budget: ChatBudget, clock: Clock, stop: asyncio.Event
) -> AsyncIterator[TelegramApplication]:
    """Yield the application once Telegram has answered, or once `stop` is set.

    Raises:
        TokenRefused: Telegram does not know the token.
    """
    application = make_application(settings, deps, budget, clock)
    try:
        await _race(_initialize_with_retry(application), stop.wait())
        yield application
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # if `initialize` was cancelled, the line before does nothing


async def _initialize_with_retry(application: TelegramApplication) -> None:
    """Initialize the application, which calls getMe, until that succeeds."""
    failures = 0
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            delay = backoff(failures, random.random, first=1.0, maximum=30.0)
            failures += 1
            _LOG.warning("Telegram is out of reach: %s; again in %.0f s", error.message, delay)
            await asyncio.sleep(delay)
        else:
            return


async def _race(*coroutines: Coroutine[Any, Any, Any]) -> None:
    """Wait until one of these ends, then cancel the others. Raise what the one raised."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
