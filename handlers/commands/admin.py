"""/balance and /stats, for admins in private chats: the operator's money, and how the videos went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.messages.names import title_args
from handlers.messages.view import View
from handlers.reply import reply
from storage import State
from storage.budgets import MICROUSD
from storage.models import FINAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import Update

    from handlers.context import Context, Dependencies
    from handlers.localization import Locale
    from storage.budgets import Spent
    from storage.reports import JobCounts
    from video.effects.effect import Effect
    from video.services.protocol import Account

_DAY = 86_400.0  # seconds
_MONTH = 30  # days


async def balance(_update: Update, context: Context) -> None:
    """Show the balance at each service, what was spent, and what a video costs."""
    deps, locale = context.deps, context.locale
    accounts = [_account_line(locale, deps.service_titles[one.service], one) for one in await deps.fetch_balances()]
    spent = [await _spending_line(deps, locale, days) for days in _report_days(deps)]
    sections = [
        [locale("balance-head"), *accounts],
        [locale("spent-head"), *spent],
        [locale("budget-head"), *(await _budget_lines(deps, locale))],
        [locale("price-head", quality=deps.policy.quality), *_price_lines(deps, locale)],
    ]
    dearest = await _dearest_lines(deps, locale)
    if dearest:
        sections.append([locale("dearest-head"), *dearest])
    await reply(context.message, _report(sections))


def _account_line(locale: Locale, title: str, account: Account) -> str:
    if account.usd is not None and account.units is not None:
        return locale("balance-units", service=title, units=f"{account.units:g}", usd=f"{account.usd:.2f}")
    if account.usd is not None:
        return locale("balance-line", service=title, usd=f"{account.usd:.2f}")
    if account.refused:
        return locale("balance-refused", service=title, detail=account.detail)
    if account.detail:
        return locale("balance-trouble", service=title, detail=account.detail)
    return locale("balance-untold", service=title)


async def _spending_line(deps: Dependencies, locale: Locale, days: int) -> str:
    spent = await deps.store.reports.spending_since(deps.clock() - days * _DAY)
    known = spent.videos - spent.unknown
    return locale("spent-line", days=days, usd=f"{spent.usd:.2f}", count=known, unknown=spent.unknown)


async def _budget_lines(deps: Dependencies, locale: Locale) -> list[str]:
    """Return what is spent and reserved of each budget, and at each service."""
    own, now, lines = deps.policy.limits.budgets, deps.clock(), []
    for days, budget in ((1, own.daily), (_MONTH, own.monthly)):
        amounts = await deps.store.spendings.by_service(since=now - days * _DAY)
        spent, reserved = sum(one.spent for one in amounts), sum(one.reserved for one in amounts)
        limited, of = ("no", "") if budget is None else ("yes", _usd(budget))
        amounts_text = {"spent": _usd(spent), "reserved": _usd(reserved), "budget": of}
        lines.append(locale("budget-line", days=days, limited=limited, **amounts_text))
        if len(deps.services) > 1:
            lines += [
                locale("budget-service", service=_title(deps, one), spent=_usd(one.spent), reserved=_usd(one.reserved))
                for one in amounts
            ]
    return lines


async def _dearest_lines(deps: Dependencies, locale: Locale) -> list[str]:
    """Return the ten people and the ten groups whose videos of a month cost most."""
    spendings, since = deps.store.spendings, deps.clock() - _MONTH * _DAY
    lines = []
    for one in await spendings.dearest("person_id", since=since):
        name = locale.name_of(int(one.of), await deps.store.users.name_of(int(one.of)) or "")
        lines.append(locale("dearest-line", name=name, id=str(one.of), usd=_usd(one.spent + one.reserved)))
    groups = await spendings.dearest("group_id", since=since)
    return [*lines, *(locale("dearest-group", id=str(one.of), usd=_usd(one.spent + one.reserved)) for one in groups)]


def _title(deps: Dependencies, spent: Spent) -> str:
    return deps.service_titles.get(str(spent.of), str(spent.of))


def _usd(microusd: int) -> str:
    return f"{microusd / MICROUSD:.2f}"


def _price_lines(deps: Dependencies, locale: Locale) -> Iterator[str]:
    """Yield a line for each main effect with a known price, and for each service without known prices."""
    for effect in deps.catalogue.main:
        costs = [*_costs(deps, locale, effect)] if deps.offers(effect) else []
        if costs:
            yield locale("price-line", **title_args(effect, locale), costs=", ".join(costs))
    for service, title in deps.service_titles.items():
        if deps.catalogue.prices.get(service, deps.policy.quality) is None:
            yield locale("price-none", service=title)


def _costs(deps: Dependencies, locale: Locale, effect: Effect) -> Iterator[str]:
    """Yield what the effect costs at each service that has a known price for it."""
    model = deps.policy.animate_model if effect.prompt else deps.policy.quality
    for service, title in deps.service_titles.items():
        scene = effect.scenes.get(service)
        price = deps.catalogue.prices.get(service, model, scene) if scene and service not in effect.retired else None
        if scene is None or price is None:
            continue
        key = "price-most" if price.upper_bound else "price-cost"
        seconds = scene.durations[0]
        yield locale.text(key, service=title, usd=f"{price.for_seconds(seconds):.2f}", seconds=seconds)


async def stats(_update: Update, context: Context) -> None:
    """Show how many jobs are in each state now, and how those of a day and of a month ended."""
    deps, locale = context.deps, context.locale
    counts = await deps.store.reports.count_by_state()
    now = [_count_line(locale, state, counts[state]) for state in State if state in counts and state not in FINAL]
    sections = [[locale("stats-now"), *(now or [locale("stats-quiet")])]]
    for days in _report_days(deps):
        jobs = await deps.store.reports.jobs_since(deps.clock() - days * _DAY)
        sections.append([locale("stats-span", days=days), *_outcome_lines(locale, jobs)])
    await reply(context.message, _report(sections))


def _outcome_lines(locale: Locale, counts: JobCounts) -> Iterator[str]:
    yield locale("stats-asked", count=sum(counts.states.values()), people=counts.people)
    ends = {state: count for state, count in counts.states.items() if state in FINAL}
    if counts.withheld:
        ends[State.UNDELIVERABLE] -= counts.withheld
        yield locale("stats-line", state=locale.text("state-withheld"), count=counts.withheld)
    for state, count in ends.items():
        if count:
            by_reason = counts.reasons if state is State.FAILED else {}
            reasons = ", ".join(f"<code>{reason}</code> {number}" for reason, number in by_reason.items())
            yield _count_line(locale, state, count) + (f" ({reasons})" if reasons else "")
    if counts.lost:
        yield locale("stats-lost", count=counts.lost, found=counts.found, asked=counts.asked)


def _count_line(locale: Locale, state: State, count: int) -> str:
    name = "stats-needs-decision" if state is State.NEEDS_DECISION else f"state-{state.replace('_', '-')}"
    return locale("stats-line", state=locale.text(name), count=count)


def _report_days(deps: Dependencies) -> tuple[int, int]:
    """Return the periods of a report in days: one, and a month or as long as jobs are kept."""
    return 1, min(_MONTH, int(deps.policy.keep_days))


def _report(sections: Sequence[Sequence[str]]) -> View:
    return View("\n\n".join("\n".join(section) for section in sections))
