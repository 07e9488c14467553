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
_FIRST = 60.0  # seconds after the start
_EVERY = 900.0  # seconds
_ROOM = 0.8  # of `DAILY_LIMIT`: with less in use, reaching it is news again
_LONGEST = 20.0  # seconds that an answer may take
Answer = TypeVar("Answer")


async def fetch_balances(catalogue: Catalogue, services: Mapping[str, VideoService]) -> list[Account]:
    """Ask every service what is left; and what videos cost, where nobody has told so far."""
    if not catalogue.prices.told:
        await refresh_prices(catalogue, services)
    return await _accounts(services)


async def _accounts(services: Mapping[str, VideoService]) -> list[Account]:
    answers = await asyncio.gather(*(_soon(service.balance()) for service in services.values()))
    return [_account(name, answer) for name, answer in zip(services, answers, strict=True)]


def _account(service: str, answer: Balance | Refused | Unanswered) -> Account:
    match answer:
        case Balance(usd):
            return Account(service, usd=usd)
        case Refused(failure):
            return Account(service, refused=True, detail=failure.detail)
        case Unanswered(detail):
            _LOG.info("no answer about the balance service=%s: %s", service, detail)
            return Account(service, detail=detail)


async def _soon(question: Coroutine[Any, Any, Answer]) -> Answer | Unanswered:
    """The answer, if it comes in time: an admin waits for it."""
    try:
        async with asyncio.timeout(_LONGEST):
            return await question
    except TimeoutError:
        return Unanswered(f"no answer in {_LONGEST:.0f} s")


async def refresh_prices(catalogue: Catalogue, services: Mapping[str, VideoService]) -> bool:
    """Ask every service what videos cost; False where one did not answer."""
    answers = await asyncio.gather(*(_soon(service.prices()) for service in services.values()))
    for name, told in zip(services, answers, strict=True):
        if isinstance(told, Unanswered):
            _LOG.info("no answer about prices service=%s: %s", name, told.detail)
        else:
            catalogue.prices.learn(name, told)
    return not any(isinstance(told, Unanswered) for told in answers)


class BalanceMonitor:
    """The loop that asks the services for balances and prices: neither costs anything."""

    def __init__(self, shop: WorkerContext, *, low: float, most: int, beat: Callable[[str], None]) -> None:
        """`low`: US dollars below which an account has run low; 0: never. `most`: videos of all people in a day."""
        self._shop = shop
        self._low = low
        self._most = most
        self._beat = beat
        self._due = shop.clock() + _FIRST
        self._priced_at = 0.0

    async def run(self) -> None:
        """Go round for ever; when a service says that the account is empty it is asked at once."""
        while True:
            self._beat("purse")
            if self._shop.clock() >= self._due or self._shop.balance_check_requested.is_set():
                self._shop.balance_check_requested.clear()
                self._due = self._shop.clock() + _EVERY
                await self._look()
            await self._shop.wakeups.balances.wait(None)

    async def _look(self) -> None:
        for account in await _accounts(self._shop.services):
            await self._judge(account.service, account.usd)
        await self._count()
        due = self._shop.clock() - self._priced_at >= DAY_S
        if due and await refresh_prices(self._shop.catalogue, self._shop.services):
            self._priced_at = self._shop.clock()

    async def _judge(self, service: str, usd: float | None) -> None:
        """Tell the admins once that it has run low; again only after it had been filled up."""
        if usd is None or self._low <= 0:
            return
        if usd < self._low:
            await self._shop.notify_admins("low_balance", f"{usd:.2f}", service=service)
        else:
            await self._shop.store.admin_notices.resolve(f"low_balance.{service}")

    async def _count(self) -> None:
        """Tell the admins once that nobody may ask for more; again only after there was room for a while."""
        used = await self._shop.store.jobs.used_today(now=self._shop.clock())
        if 0 < self._most <= used:  # 0 is the operator's own word, and no news
            await self._shop.notify_admins("daily_limit", str(self._most))
        elif used < _ROOM * self._most:
            await self._shop.store.admin_notices.resolve("daily_limit")
