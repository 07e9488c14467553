"""PTB's application, and its first call to Telegram."""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot.errors import TokenRefused
from bot.pacing import backoff
from bot.telegram_api.rate_limit import RateLimiter
from handlers import register
from handlers.context import context_type

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from bot.settings import Settings
    from bot.telegram_api.rate_limit import ChatBudget
    from handlers.context import Dependencies

    TelegramApplication = Application[ExtBot[None], Any, Any, Any, Any, None]

_LOG = logging.getLogger(__name__)


def make_application(settings: Settings, deps: Dependencies, budget: ChatBudget) -> TelegramApplication:
    """PTB's application: handlers and a bot, without its own polling."""
    application = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .context_types(ContextTypes(context=context_type(deps)))
        .updater(None)
        .job_queue(None)
        .connection_pool_size(32)
        .pool_timeout(30)
        .read_timeout(30)
        .write_timeout(30)
        .connect_timeout(10)
        .media_write_timeout(300)
        .rate_limiter(RateLimiter(budget))
        .build()
    )
    register(application, deps)
    return application


@asynccontextmanager
async def connected(
    settings: Settings, deps: Dependencies, budget: ChatBudget, stop: asyncio.Event
) -> AsyncIterator[TelegramApplication]:
    """Make the application, and greet Telegram: again and again while it is out of reach."""
    application = make_application(settings, deps, budget)
    try:
        await _race(_initialize_with_retry(application), stop.wait())
        yield application
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # where the application was not initialized to its end


async def _initialize_with_retry(application: TelegramApplication) -> None:
    """Initialize, which asks Telegram who we are, as often as it takes."""
    failures = 0
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise TokenRefused("Telegram does not know TELEGRAM_BOT_TOKEN; @BotFather shows the right one.") from None
        except TelegramError as error:
            wait = backoff(failures, random.random, first=1.0, maximum=30.0)
            failures += 1
            _LOG.warning("Telegram is out of reach: %s; again in %.0f s", error.message, wait)
            await asyncio.sleep(wait)
        else:
            return


async def _race(*coroutines: Coroutine[Any, Any, Any]) -> None:
    """Wait for one of these, and cancel the others; what the one raises is raised."""
    tasks = [asyncio.create_task(work) for work in coroutines]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
