"""/balance, for admins in private: what is left at each service, what was spent, what a video costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.message import language_of
from handlers.messages.names import title_args
from handlers.messages.view import View
from handlers.reply import reply
from storage import State
from storage.models import FINAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram import Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage.reports import JobCounts
    from video.effects.effect import Effect
    from video.services.protocol import Account


async def balance(update: Update, context: Context) -> None:
    """Ask the services, and answer with what they say and what the rows know."""
    message = update.message
    if message is None:
        return
    desk = context.deps
    words = desk.locale(language_of(message))
    accounts = [_account(words, desk.service_titles[one.service], one) for one in await desk.fetch_balances()]
    spent = [await _spent(desk, words, days) for days in report_days(desk)]
    parts = [
        [words("balance-head"), *accounts],
        [words("spent-head"), *spent],
        [words("price-head", quality=desk.quality), *_prices(desk, words)],
    ]
    await reply(message, View("\n\n".join("\n".join(part) for part in parts)))


def _account(words: Locale, title: str, account: Account) -> str:
    if account.usd is not None:
        return words("balance-line", service=title, usd=f"{account.usd:.2f}")
    if account.refused:
        return words("balance-refused", service=title, detail=account.detail)
    if account.detail:
        return words("balance-trouble", service=title, detail=account.detail)
    return words("balance-untold", service=title)


async def _spent(desk: Dependencies, words: Locale, days: int) -> str:
    spent = await desk.store.reports.spending_since(desk.clock() - days * DAY)
    known = spent.videos - spent.unknown
    return words("spent-line", days=days, usd=f"{spent.usd:.2f}", count=known, unknown=spent.unknown)


def _prices(desk: Dependencies, words: Locale) -> Iterator[str]:
    """A line for each main effect whose price somebody tells, and for each service that tells none."""
    for effect in desk.catalogue.main:
        costs = [*_costs(desk, words, effect)] if desk.offers(effect) else []
        if costs:
            yield words("price-line", **title_args(effect, words), costs=", ".join(costs))
    for service, title in desk.service_titles.items():
        if desk.catalogue.prices.get(service, desk.quality) is None:
            yield words("price-none", service=title)


def _costs(desk: Dependencies, words: Locale, effect: Effect) -> Iterator[str]:
    model = desk.animate_model if effect.prompt else desk.quality
    for service, title in desk.service_titles.items():
        scene = effect.scenes.get(service)
        price = desk.catalogue.prices.get(service, model, scene) if scene and service not in effect.retired else None
        if scene is None or price is None:
            continue
        key = "price-most" if price.upper_bound else "price-cost"
        yield words.text(
            key, service=title, usd=f"{price.for_seconds(scene.durations[0]):.2f}", seconds=scene.durations[0]
        )


DAY = 86_400.0  # seconds
_MONTH = 30  # days


def report_days(desk: Dependencies) -> tuple[int, int]:
    """A day, and a month or as long as jobs are remembered: in days."""
    return 1, min(_MONTH, int(desk.keep_days))


async def stats(update: Update, context: Context) -> None:
    """Answer with what the rows know."""
    message = update.message
    if message is None:
        return
    desk = context.deps
    words = desk.locale(language_of(message))
    counts = await desk.store.jobs.count_by_state()
    now = [_line(words, state, counts[state]) for state in State if state in counts and state not in FINAL]
    parts = [[words("stats-now"), *(now or [words("stats-quiet")])]]
    for days in report_days(desk):
        went = await desk.store.reports.jobs_since(desk.clock() - days * DAY)
        parts.append([words("stats-span", days=days), *_span(words, went)])
    await reply(message, View("\n\n".join("\n".join(part) for part in parts)))


def _span(words: Locale, counts: JobCounts) -> Iterator[str]:
    yield words("stats-asked", count=sum(counts.states.values()), people=counts.people)
    for state, count in counts.states.items():
        if state in FINAL:
            why = counts.reasons if state is State.FAILED else {}
            reasons = ", ".join(f"<code>{reason}</code> {number}" for reason, number in why.items())
            yield _line(words, state, count) + (f" ({reasons})" if reasons else "")
    if counts.lost:
        yield words("stats-lost", count=counts.lost, found=counts.found, asked=counts.asked)


def _line(words: Locale, state: State, count: int) -> str:
    name = "stats-needs-decision" if state is State.NEEDS_DECISION else f"state-{state.replace('_', '-')}"
    return words("stats-line", state=words.text(name), count=count)
