"""/balance, for admins in private: what is left at each service, what was spent, what a video costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.answer import answer
from handlers.message import language_of
from handlers.spans import DAY, spans
from handlers.title import titled
from handlers.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram import Update

    from handlers.context import Context, Desk
    from handlers.texts import Words
    from video.effects import Effect


@dataclass(frozen=True, slots=True)
class Account:
    """What a service says of the operator's account.

    Attributes:
        service: as in `VIDEO_SERVICE`.
        usd: what is left in US dollars; None where the service does not tell, or did not answer.
        refused: whether it does not accept the key.
        detail: why there is no answer.
    """

    service: str
    usd: float | None = None
    refused: bool = False
    detail: str = ""


async def balance(update: Update, context: Context) -> None:
    """Ask the services, and answer with what they say and what the rows know."""
    message = update.message
    if message is None:
        return
    desk = context.desk
    words = desk.words(language_of(message))
    accounts = [_account(words, desk.titles[one.service], one) for one in await desk.accounts()]
    spent = [await _spent(desk, words, days) for days in spans(desk)]
    parts = [
        [words("balance-head"), *accounts],
        [words("spent-head"), *spent],
        [words("price-head", quality=desk.quality), *_prices(desk, words)],
    ]
    await answer(message, View("\n\n".join("\n".join(part) for part in parts)))


def _account(words: Words, title: str, account: Account) -> str:
    if account.usd is not None:
        return words("balance-line", service=title, usd=f"{account.usd:.2f}")
    if account.refused:
        return words("balance-refused", service=title, detail=account.detail)
    if account.detail:
        return words("balance-trouble", service=title, detail=account.detail)
    return words("balance-untold", service=title)


async def _spent(desk: Desk, words: Words, days: int) -> str:
    spent = await desk.store.spending.since(desk.clock() - days * DAY)
    known = spent.videos - spent.unknown
    return words("spent-line", days=days, usd=f"{spent.usd:.2f}", count=known, unknown=spent.unknown)


def _prices(desk: Desk, words: Words) -> Iterator[str]:
    """A line for each main effect whose price somebody tells, and for each service that tells none."""
    for effect in desk.catalogue.main:
        costs = [*_costs(desk, words, effect)] if desk.offers(effect) else []
        if costs:
            yield words("price-line", **titled(effect, words), costs=", ".join(costs))
    for service, title in desk.titles.items():
        if desk.catalogue.prices.of(service, desk.quality) is None:
            yield words("price-none", service=title)


def _costs(desk: Desk, words: Words, effect: Effect) -> Iterator[str]:
    model = desk.animate_model if effect.prompt else desk.quality
    for service, title in desk.titles.items():
        scene = effect.scenes.get(service)
        price = desk.catalogue.prices.of(service, model, scene) if scene and service not in effect.retired else None
        if scene is None or price is None:
            continue
        key = "price-most" if price.most else "price-cost"
        yield words.plain(key, service=title, usd=f"{price.of(scene.durations[0]):.2f}", seconds=scene.durations[0])
