"""Balances and prices: asked of the services, which costs nothing. The admins are told once if a balance runs low."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

from bot.pacing import DAY_S
from storage.admin_notices import NoticeKind
from storage.budgets import MONTH_S, BudgetKind, Budgets
from video.services.protocol import Account, Balance, Refused, Unanswered, VideoService

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.workers.context import WorkerContext
    from video.effects.catalogue import Catalogue

_LOG = logging.getLogger(__name__)
_FIRST_CHECK_DELAY_S = 60.0  # after the start
_CHECK_INTERVAL_S = 900.0
_ANSWER_TIMEOUT_S = 20.0
_DAILY_LIMIT_RESET_SHARE = 0.8  # of `DAILY_LIMIT`: once less than this is in use, reaching it is told again
ResultT = TypeVar("ResultT")


async def fetch_balances(catalogue: Catalogue, services: Mapping[str, VideoService]) -> list[Account]:
    """Ask every service for the operator's balance, and for its prices if no service has told any yet."""
    if not catalogue.prices.any_reported:
        await refresh_prices(catalogue, services)
    return await _fetch_accounts(services)


async def _fetch_accounts(services: Mapping[str, VideoService]) -> list[Account]:
    results = await asyncio.gather(*(_with_timeout(service.balance) for service in services.values()))
    return [_account_of(name, result) for name, result in zip(services, results, strict=True)]


def _account_of(service: str, result: Balance | Refused | Unanswered) -> Account:
    match result:
        case Balance(usd, units):
            return Account(service, usd=usd, units=units)
        case Refused(failure):
            return Account(service, refused=True, detail=failure.detail)
        case Unanswered(detail):
            _LOG.info("no answer about the balance service=%s: %s", service, detail)
            return Account(service, detail=detail)


async def _with_timeout(call: Callable[[], Awaitable[ResultT]]) -> ResultT | Unanswered:
    """Await a call to a service, but not for long: an admin may be waiting for the answer."""
    try:
        async with asyncio.timeout(_ANSWER_TIMEOUT_S):
            return await call()
    except TimeoutError:
        return Unanswered(f"no answer in {_ANSWER_TIMEOUT_S:.0f} s")


async def refresh_prices(catalogue: Catalogue, services: Mapping[str, VideoService]) -> bool:
    """Ask every service what videos cost, and update the catalogue. Return False if one of them did not answer."""
    results = await asyncio.gather(*(_with_timeout(service.prices) for service in services.values()))
    for name, prices in zip(services, results, strict=True):
        if isinstance(prices, Unanswered):
            _LOG.info("no answer about prices service=%s: %s", name, prices.detail)
        else:
            catalogue.prices.update(name, prices)
    return not any(isinstance(prices, Unanswered) for prices in results)


class BalanceMonitor:
    """Checks balances and `DAILY_LIMIT` every 15 minutes, and prices once a day. Implements `Periodic`.

    Balances are also checked at once after a service has said that its account is empty.
    """

    name = "purse"
    interval = 20.0  # seconds between looks whether a check is due

    def __init__(self, context: WorkerContext, *, low_balance_usd: float, daily_limit: int, budgets: Budgets) -> None:
        """Make a monitor.

        Args:
            context: what the workers share.
            low_balance_usd: the balance in US dollars below which the admins are told; 0: never.
            daily_limit: the setting `DAILY_LIMIT`, videos of all users in 24 hours.
            budgets: the operator's, for everybody together.
        """
        self._context = context
        self._budgets = budgets
        self._low_balance_usd = low_balance_usd
        self._daily_limit = daily_limit
        self._due_at = context.clock() + _FIRST_CHECK_DELAY_S
        self._prices_fetched_at = 0.0

    async def run_once(self) -> None:
        """Check if it is time, or if a check was requested."""
        if self._context.clock() >= self._due_at or self._context.balance_check_requested.is_set():
            self._context.balance_check_requested.clear()
            self._due_at = self._context.clock() + _CHECK_INTERVAL_S
            await self._check()

    async def _check(self) -> None:
        for account in await _fetch_accounts(self._context.services):
            await self._check_low_balance(account.service, account.usd)
        await self._check_daily_limit()
        await self._check_budgets()
        due = self._context.clock() - self._prices_fetched_at >= DAY_S
        if due and await refresh_prices(self._context.catalogue, self._context.services):
            self._prices_fetched_at = self._context.clock()

    async def _check_low_balance(self, service: str, usd: float | None) -> None:
        """Tell the admins once if the balance is low; tell them again only after it was topped up."""
        if usd is None or self._low_balance_usd <= 0:
            return
        notice = NoticeKind("low_balance", service)
        if usd < self._low_balance_usd:
            await self._context.notify_admins(notice, f"{usd:.2f}")
        else:
            await self._context.store.admin_notices.resolve(notice.encode())

    async def _check_budgets(self) -> None:
        """Let the admins be told again of a used-up budget, after it was well below for a while."""
        now = self._context.clock()
        for kind, budget, span in (
            (BudgetKind.DAILY, self._budgets.daily, DAY_S),
            (BudgetKind.MONTHLY, self._budgets.monthly, MONTH_S),
        ):
            used = await self._context.store.spendings.in_use(since=now - span)
            if budget is None or used < _DAILY_LIMIT_RESET_SHARE * budget:
                await self._context.store.admin_notices.resolve(NoticeKind(f"budget_{kind}").encode())

    async def _check_daily_limit(self) -> None:
        """Tell the admins once if `DAILY_LIMIT` is reached; tell them again only after it was well below for a while.

        If the operator set it to 0, nobody is told: then it is always reached.
        """
        notice = NoticeKind("daily_limit")
        used = await self._context.store.jobs.used_today(now=self._context.clock())
        if 0 < self._daily_limit <= used:
            await self._context.notify_admins(notice, str(self._daily_limit))
        elif used < _DAILY_LIMIT_RESET_SHARE * self._daily_limit:
            await self._context.store.admin_notices.resolve(notice.encode())
