"""Budgets in US dollars. Each submit reserves its price in the transaction that makes it; its end settles that.

Amounts are millionths of a US dollar ("microusd"), as integers: their sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from storage.database import Database

DAY_S = 86_400.0
# What limits and budgets count: each job, and each lost submit that its user had sent again, as of then. The job's own
# row stands for the latest submit. If the lost one is found before another is made, there is no second one to count.
# A service that says that a video cost more than 1,000 US dollars, or less than nothing, is not believed.
VIDEOS = """(SELECT id, person_id, group_id, exempt, service, state, reason, submits, submitted_at, created_at,
        coalesce(CAST(round(min(max(usd, 0), 1000) * 1000000) AS INTEGER), reserved_microusd) AS microusd,
        usd IS NOT NULL OR state IN ('ready', 'delivering', 'delivered', 'undeliverable') AS settled
    FROM jobs
    UNION ALL
    SELECT jobs.id, jobs.person_id, jobs.group_id, resubmits.exempt, jobs.service, 'in_doubt', NULL, 1,
        resubmits.created_at, resubmits.created_at, resubmits.reserved_microusd, 0
    FROM resubmits JOIN jobs ON jobs.id = resubmits.job_id
    WHERE jobs.submits > resubmits.submit OR jobs.state = 'queued' OR (jobs.state = 'failed' AND lost_submit = 1))"""
# What has cost money, or still may.
CHARGED = """(state <> 'failed' OR reason IN ('given_up', 'no_video'))
    AND NOT (state = 'cancelled' AND submitted_at IS NULL)"""
MONTH_S = 30 * DAY_S
MICROUSD = 1_000_000
"""Millionths in a US dollar."""

CHARGES = f"""(
    SELECT person_id, group_id, exempt, service, created_at, microusd, settled FROM {VIDEOS} WHERE {CHARGED}
    UNION ALL SELECT person_id, group_id, 0, service, created_at, microusd, 1 FROM past_spending)"""
"""SQL: what was spent or is reserved, a row for each submit that has cost money or still may."""

KEEP_SPENDING = f"""
    INSERT INTO past_spending (created_at, service, person_id, group_id, microusd)
    SELECT created_at, service, person_id, group_id, microusd FROM {VIDEOS}
    WHERE {CHARGED} AND microusd > 0 AND created_at > :since
        AND id IN (SELECT id FROM jobs WHERE finished_at < :before)"""
"""SQL: keep what the jobs cost that are to be deleted."""


def _within(budget: str, condition: str) -> str:
    spent = f"SELECT coalesce(sum(microusd), 0) FROM {CHARGES} WHERE {condition}"
    return f"(:{budget} IS NULL OR (:{budget} > 0 AND ({spent}) + :reserved_microusd <= :{budget}))"


# True if no budget forbids one more submit for `:reserved_microusd`, by `:person_id` in `:chat_id`. Who is exempt from
# limits is exempt from those of people and groups, and uses none of them up, but the operator's money ends for all.
WITHIN_BUDGETS = f"""({_within("daily_budget", "created_at > :day_start")}
    AND {_within("monthly_budget", "created_at > :month_start")}
    AND (:exempt = 1 OR (
        {_within("user_daily_budget", "person_id = :person_id AND exempt = 0 AND created_at > :day_start")}
        AND (:chat_id > 0
            OR {_within("group_daily_budget", "group_id = :chat_id AND exempt = 0 AND created_at > :day_start")}))))"""


def microusd(usd: float) -> int:
    """Return an amount in US dollars in millionths, rounded up: what is reserved is never too little."""
    return -int(-round(usd * MICROUSD, 3) // 1)


class BudgetKind(StrEnum):
    """Which budget is meant."""

    USER_DAILY = "user"
    GROUP_DAILY = "group"
    DAILY = "day"
    MONTHLY = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """The operator's budgets in millionths of a US dollar; None is no limit, 0 is nothing at all.

    Attributes:
        daily: for everybody, in 24 hours.
        monthly: for everybody, in 30 days.
        user_daily: for one user, in 24 hours.
        group_daily: for what is asked for in one group, in 24 hours.
    """

    daily: int | None = None
    monthly: int | None = None
    user_daily: int | None = None
    group_daily: int | None = None

    def parameters(self, now: float) -> dict[str, Any]:
        """Return the parameters of `WITHIN_BUDGETS` beside the amount, who asks and where."""
        return {
            "daily_budget": self.daily,
            "monthly_budget": self.monthly,
            "user_daily_budget": self.user_daily,
            "group_daily_budget": self.group_daily,
            "month_start": now - MONTH_S,
        }


@dataclass(frozen=True, slots=True)
class BudgetReached:
    """A budget does not suffice for the video before `free_at` (Unix seconds); None if it never does."""

    kind: BudgetKind
    free_at: float | None


class Spent(NamedTuple):
    """An amount of a service, a person or a group: what is known to be spent, and what is reserved, in microusd."""

    of: str | int
    spent: int
    reserved: int


class Spendings:
    """What was spent and what is reserved: for budgets, and for the admins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reached(self, budgets: Budgets, values: dict[str, Any]) -> BudgetReached | None:
        """Return which budget forbids a submit, None if none does; `values` are those of `WITHIN_BUDGETS`."""
        now, person_id, chat_id = values["now"], values["person_id"], values["chat_id"]
        own = [(BudgetKind.USER_DAILY, budgets.user_daily, DAY_S, "exempt = 0 AND person_id = ?", person_id)]
        if chat_id < 0:
            own.append((BudgetKind.GROUP_DAILY, budgets.group_daily, DAY_S, "exempt = 0 AND group_id = ?", chat_id))
        everybody = [
            (BudgetKind.DAILY, budgets.daily, DAY_S, "0 = ?", 0),
            (BudgetKind.MONTHLY, budgets.monthly, MONTH_S, "0 = ?", 0),
        ]
        for kind, budget, span, condition, parameter in [*([] if values["exempt"] else own), *everybody]:
            if budget is None:
                continue
            rows = await self._database.execute(
                f"SELECT created_at, microusd FROM {CHARGES} WHERE {condition} AND created_at > ? ORDER BY created_at",
                (parameter, now - span),
            )
            over = sum(row["microusd"] for row in rows) + values["reserved_microusd"] - budget
            if budget == 0:
                return BudgetReached(kind, None)
            if over > 0:
                return BudgetReached(kind, _free_at([(row[0], row[1]) for row in rows], over, span))
        return None

    async def move_chat(self, old: int, new: int) -> None:
        """Move a group's charges to the supergroup that it became."""
        await self._database.execute("UPDATE past_spending SET group_id = ? WHERE group_id = ?", (new, old))

    async def in_use(self, *, since: float) -> int:
        """Return what was spent or is reserved by submits since then (Unix seconds), of everybody together."""
        row = await self._database.fetch_one(
            f"SELECT coalesce(sum(microusd), 0) FROM {CHARGES} WHERE created_at > ?", (since,)
        )
        return int(row[0]) if row else 0

    async def by_service(self, *, since: float) -> list[Spent]:
        """Return what each service was paid since then (Unix seconds), and what is reserved there."""
        return await self._by("service", since=since)

    async def dearest(self, column: str, *, since: float, limit: int = 10) -> list[Spent]:
        """Return the people or groups that cost most since then (Unix seconds).

        Args:
            column: `person_id` or `group_id`.
            since: Unix time in seconds.
            limit: how many at most.
        """
        return await self._by({"person_id": "person_id", "group_id": "group_id"}[column], since=since, limit=limit)

    async def _by(self, column: str, *, since: float, limit: int = -1) -> list[Spent]:
        rows = await self._database.execute(
            f"""SELECT {column}, coalesce(sum(microusd) FILTER (WHERE settled), 0),
                    coalesce(sum(microusd) FILTER (WHERE NOT settled), 0)
                FROM {CHARGES} WHERE created_at > ? AND {column} IS NOT NULL
                GROUP BY {column} ORDER BY sum(microusd) DESC, {column} LIMIT ?""",
            (since, limit),
        )
        return [Spent(*row) for row in rows]


def _free_at(charges: list[tuple[float, int]], over: int, span: float) -> float | None:
    """Return when so many charges (time, amount; the oldest first) are out of the span that `over` is gone."""
    for created_at, amount in charges:
        over -= amount
        if over <= 0:
            return created_at + span
    return None
