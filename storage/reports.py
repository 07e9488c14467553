"""How jobs went, counted in their own rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.models import State

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class JobCounts:
    """The jobs of a span of time.

    Attributes:
        people: who asked for them.
        states: how many rest in each state, the most first.
        reasons: how many of the failed ones failed for each reason, the most first.
        lost: submits whose answer was lost.
        found: of those, how many the service turned out to have taken.
        asked: of those, how many were put before the person, since nobody could know.
    """

    people: int
    states: dict[State, int]
    reasons: dict[str, int]
    lost: int
    found: int
    asked: int


@dataclass(frozen=True, slots=True)
class Spending:
    """So many videos were made, for so many US dollars; `unknown` of them at a price that nobody told."""

    videos: int
    usd: float
    unknown: int


class Reports:
    """The tables `jobs` and `job_events`, counted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def jobs_since(self, moment: float) -> JobCounts:
        """What was asked for since then: Unix time in seconds."""
        people = await self._database.fetch_one(
            "SELECT count(DISTINCT person_id) FROM jobs WHERE created_at >= ?", (moment,)
        )
        states = await self._database.execute(
            "SELECT state, count(*) FROM jobs WHERE created_at >= ? GROUP BY state ORDER BY 2 DESC, 1", (moment,)
        )
        reasons = await self._database.execute(
            """SELECT reason, count(*) FROM jobs WHERE created_at >= ? AND state = 'failed' AND reason IS NOT NULL
               GROUP BY reason ORDER BY 2 DESC, 1""",
            (moment,),
        )
        doubt = await self._database.fetch_one(
            """SELECT
                   count(*) FILTER (WHERE to_state = 'in_doubt'),
                   count(*) FILTER (WHERE from_state = 'in_doubt' AND to_state IN ('generating', 'queued', 'failed')),
                   count(*) FILTER (WHERE from_state = 'in_doubt' AND to_state = 'needs_decision')
               FROM job_events JOIN jobs ON jobs.id = job_id WHERE created_at >= ?""",
            (moment,),
        )
        return JobCounts(
            people[0] if people else 0,
            {State(state): count for state, count in states},
            dict(map(tuple, reasons)),
            *(doubt or (0, 0, 0)),
        )

    async def spending_since(self, moment: float) -> Spending:
        """What the videos that were made since then cost: those that were delivered, and those that were dropped."""
        row = await self._database.fetch_one(
            """SELECT count(*), ifnull(sum(usd), 0.0), count(*) - count(usd) FROM jobs WHERE accepted_at >= ?
               AND (video_url IS NOT NULL OR (state = 'cancelled' AND submitted_at IS NOT NULL))""",
            (moment,),
        )
        return Spending(*row) if row else Spending(0, 0.0, 0)
