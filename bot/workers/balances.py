"""What is left on the accounts: looked at now and then, and the admins told once when it runs low."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar

from bot.pacing import DAY_S
from video.services.protocol import Account, Balance, Refused, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from bot.workers.context import WorkerContext
    from video.effects.catalogue import Catalogue
    from video.services.protocol import VideoService

_LOG = logging.getLogger(__name__)
_FIRST_CHECK_DELAY_S = 60.0  # seconds after the start
_INTERVAL_S = 900.0  # seconds
_DAILY_LIMIT_RESET_SHARE = 0.8  # of `DAILY_LIMIT`: with less in use, reaching it is news again
_ANSWER_TIMEOUT_S = 20.0  # seconds that an answer may take
ResultT = TypeVar("ResultT")


async def fetch_balances(catalogue: Catalogue, services: Mapping[str, VideoService]) -> list[Account]:
    """Ask every service what is left; and what videos cost, where nobody has told so far."""
    if not catalogue.prices.any_reported:
        await refresh_prices(catalogue, services)
    return await _fetch_accounts(services)


async def _fetch_accounts(services: Mapping[str, VideoService]) -> list[Account]:
    results = await asyncio.gather(*(_with_timeout(service.balance()) for service in services.values()))
    return [_account_of(name, answer) for name, answer in zip(services, results, strict=True)]


def _account_of(service: str, result: Balance | Refused | Unanswered) -> Account:
    match result:
        case Balance(usd):
            return Account(service, usd=usd)
        case Refused(failure):
            return Account(service, refused=True, detail=failure.detail)
        case Unanswered(detail):
            _LOG.info("no answer about the balance service=%s: %s", service, detail)
            return Account(service, detail=detail)


async def _with_timeout(call: Coroutine[Any, Any, ResultT]) -> ResultT | Unanswered:
    """The answer, if it comes in time: an admin waits for it."""
    try:
        async with asyncio.timeout(_ANSWER_TIMEOUT_S):
            return await call
    except TimeoutError:
        return Unanswered(f"no answer in {_ANSWER_TIMEOUT_S:.0f} s")


async def refresh_prices(catalogue: Catalogue, services: Mapping[str, VideoService]) -> bool:
    """Ask every service what videos cost; False where one did not answer."""
    results = await asyncio.gather(*(_with_timeout(service.prices()) for service in services.values()))
    for name, prices in zip(services, results, strict=True):
        if isinstance(prices, Unanswered):
            _LOG.info("no answer about prices service=%s: %s", name, prices.detail)
        else:
            catalogue.prices.update(name, prices)
    return not any(isinstance(told, Unanswered) for told in results)


class BalanceMonitor:
    """The loop that asks the services for balances and prices: neither costs anything."""

    def __init__(
        self, context: WorkerContext, *, low_balance_usd: float, daily_limit: int, heartbeat: Callable[[str], None]
    ) -> None:
        """`low`: US dollars below which an account has run low; 0: never. `most`: videos of all people in a day."""
        self._context = context
        self._low_balance_usd = low_balance_usd
        self._daily_limit = daily_limit
        self._heartbeat = heartbeat
        self._due_at = context.clock() + _FIRST_CHECK_DELAY_S
        self._prices_fetched_at = 0.0

    async def run(self) -> None:
        """Go round for ever; when a service says that the account is empty it is asked at once."""
        while True:
            self._heartbeat("purse")
            if self._context.clock() >= self._due_at or self._context.balance_check_requested.is_set():
                self._context.balance_check_requested.clear()
                self._due_at = self._context.clock() + _INTERVAL_S
                await self._check()
            await self._context.wakeups.balances.wait(None)

    async def _check(self) -> None:
        for account in await _fetch_accounts(self._context.services):
            await self._check_low_balance(account.service, account.usd)
        await self._check_daily_limit()
        due = self._context.clock() - self._prices_fetched_at >= DAY_S
        if due and await refresh_prices(self._context.catalogue, self._context.services):
            self._prices_fetched_at = self._context.clock()

    async def _check_low_balance(self, service: str, usd: float | None) -> None:
        """Tell the admins once that it has run low; again only after it had been filled up."""
        if usd is None or self._low_balance_usd <= 0:
            return
        if usd < self._low_balance_usd:
            await self._context.notify_admins("low_balance", f"{usd:.2f}", service=service)
        else:
            await self._context.store.admin_notices.resolve(f"low_balance.{service}")

    async def _check_daily_limit(self) -> None:
        """Tell the admins once that nobody may ask for more; again only after there was room for a while."""
        used = await self._context.store.jobs.used_today(now=self._context.clock())
        if 0 < self._daily_limit <= used:  # 0 is the operator's own word, and no news
            await self._context.notify_admins("daily_limit", str(self._daily_limit))
        elif used < _DAILY_LIMIT_RESET_SHARE * self._daily_limit:
            await self._context.store.admin_notices.resolve("daily_limit")
