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
    deps = context.deps
    locale = deps.locale(language_of(message))
    accounts = [_account(locale, deps.service_titles[one.service], one) for one in await deps.fetch_balances()]
    spent = [await _spent(deps, locale, days) for days in report_days(deps)]
    parts = [
        [locale("balance-head"), *accounts],
        [locale("spent-head"), *spent],
        [locale("price-head", quality=deps.quality), *_prices(deps, locale)],
    ]
    await reply(message, View("\n\n".join("\n".join(part) for part in parts)))


def _account(locale: Locale, title: str, account: Account) -> str:
    if account.usd is not None:
        return locale("balance-line", service=title, usd=f"{account.usd:.2f}")
    if account.refused:
        return locale("balance-refused", service=title, detail=account.detail)
    if account.detail:
        return locale("balance-trouble", service=title, detail=account.detail)
    return locale("balance-untold", service=title)


async def _spent(deps: Dependencies, locale: Locale, days: int) -> str:
    spent = await deps.store.reports.spending_since(deps.clock() - days * DAY)
    known = spent.videos - spent.unknown
    return locale("spent-line", days=days, usd=f"{spent.usd:.2f}", count=known, unknown=spent.unknown)


def _prices(deps: Dependencies, locale: Locale) -> Iterator[str]:
    """A line for each main effect whose price somebody tells, and for each service that tells none."""
    for effect in deps.catalogue.main:
        costs = [*_costs(deps, locale, effect)] if deps.offers(effect) else []
        if costs:
            yield locale("price-line", **title_args(effect, locale), costs=", ".join(costs))
    for service, title in deps.service_titles.items():
        if deps.catalogue.prices.get(service, deps.quality) is None:
            yield locale("price-none", service=title)


def _costs(deps: Dependencies, locale: Locale, effect: Effect) -> Iterator[str]:
    model = deps.animate_model if effect.prompt else deps.quality
    for service, title in deps.service_titles.items():
        scene = effect.scenes.get(service)
        price = deps.catalogue.prices.get(service, model, scene) if scene and service not in effect.retired else None
        if scene is None or price is None:
            continue
        key = "price-most" if price.upper_bound else "price-cost"
        yield locale.text(
            key, service=title, usd=f"{price.for_seconds(scene.durations[0]):.2f}", seconds=scene.durations[0]
        )


DAY = 86_400.0  # seconds
_MONTH = 30  # days


def report_days(deps: Dependencies) -> tuple[int, int]:
    """A day, and a month or as long as jobs are remembered: in days."""
    return 1, min(_MONTH, int(deps.keep_days))


async def stats(update: Update, context: Context) -> None:
    """Answer with what the rows know."""
    message = update.message
    if message is None:
        return
    deps = context.deps
    locale = deps.locale(language_of(message))
    counts = await deps.store.jobs.count_by_state()
    now = [_line(locale, state, counts[state]) for state in State if state in counts and state not in FINAL]
    parts = [[locale("stats-now"), *(now or [locale("stats-quiet")])]]
    for days in report_days(deps):
        went = await deps.store.reports.jobs_since(deps.clock() - days * DAY)
        parts.append([locale("stats-span", days=days), *_span(locale, went)])
    await reply(message, View("\n\n".join("\n".join(part) for part in parts)))


def _span(locale: Locale, counts: JobCounts) -> Iterator[str]:
    yield locale("stats-asked", count=sum(counts.states.values()), people=counts.people)
    for state, count in counts.states.items():
        if state in FINAL:
            why = counts.reasons if state is State.FAILED else {}
            reasons = ", ".join(f"<code>{reason}</code> {number}" for reason, number in why.items())
            yield _line(locale, state, count) + (f" ({reasons})" if reasons else "")
    if counts.lost:
        yield locale("stats-lost", count=counts.lost, found=counts.found, asked=counts.asked)


def _line(locale: Locale, state: State, count: int) -> str:
    name = "stats-needs-decision" if state is State.NEEDS_DECISION else f"state-{state.replace('_', '-')}"
    return locale("stats-line", state=locale.text(name), count=count)
