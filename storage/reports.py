"""What the rows of `jobs` and `job_events` add up to: counts, money, time and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.models import WITHHELD, State

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class JobCounts:
    """Counts of the jobs of a period.

    Attributes:
        people: users who asked for them.
        states: jobs in each state, the most frequent first.
        reasons: failed jobs for each reason, the most frequent first.
        lost: submits whose answer was lost.
        found: of these, how many the service's log resolved.
        asked: of these, how many the user had to decide about.
        withheld: undeliverable jobs whose video is not posted because somebody said so.
    """

    people: int
    states: dict[State, int]
    reasons: dict[str, int]
    lost: int
    found: int
    asked: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Spending:
    """The cost of the videos of a period: `usd` in US dollars; the price of `unknown` videos is not known."""

    videos: int
    usd: float
    unknown: int


class Reports:
    """The tables `jobs` and `job_events`, counted; nothing is changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def jobs_since(self, moment: float) -> JobCounts:
        """Count the jobs that were created since `moment` (Unix seconds)."""
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
        withheld = await self._database.fetch_one(
            "SELECT count(*) FROM jobs WHERE created_at >= ? AND state = 'undeliverable' AND reason = ?",
            (moment, WITHHELD),
        )
        doubts = await self._database.fetch_one(
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
            lost=doubts[0] if doubts else 0,
            found=doubts[1] if doubts else 0,
            asked=doubts[2] if doubts else 0,
            withheld=withheld[0] if withheld else 0,
        )

    async def spending_since(self, moment: float) -> Spending:
        """Return the cost of the videos that were accepted since `moment` (Unix seconds).

        What may have been charged although the user cancelled it counts like a video.
        """
        row = await self._database.fetch_one(
            """SELECT count(*), coalesce(sum(usd), 0.0), count(*) - count(usd) FROM jobs WHERE accepted_at >= ?
               AND (video_url IS NOT NULL OR (state = 'cancelled' AND submitted_at IS NOT NULL))""",
            (moment,),
        )
        return Spending(*row) if row else Spending(0, 0.0, 0)

    async def count_by_state(self) -> dict[str, int]:
        """Return how many jobs are in each state; states without jobs are left out."""
        rows = await self._database.execute("SELECT state, count(*) FROM jobs GROUP BY state")
        return {str(state): int(count) for state, count in rows}

    async def seconds_taken(self, service: str, model: str, duration: int, *, limit: int) -> list[float]:
        """Return after how many seconds the service's latest jobs of this model and length (seconds) ended.

        Videos and failures count, the newest first; jobs whose submit was lost do not, as nobody saw when it was taken.
        """
        rows = await self._database.execute(
            """SELECT (SELECT max(at) FROM job_events WHERE job_id = jobs.id AND from_state = 'generating'), accepted_at
               FROM jobs WHERE service = ? AND coalesce(motion ->> 'model', quality) = ? AND duration = ?
               AND finished_at IS NOT NULL AND accepted_at IS NOT NULL AND NOT EXISTS (
                   SELECT 1 FROM job_events WHERE job_id = jobs.id AND from_state = 'in_doubt')
               ORDER BY finished_at DESC LIMIT ?""",
            (service, model, duration, limit),
        )
        return [ended_at - accepted_at for ended_at, accepted_at in rows if ended_at is not None]

    async def job_events(self, job_id: str) -> list[tuple[str | None, str]]:
        """Return the state changes of a job as (from, to), the earliest first."""
        rows = await self._database.execute(
            "SELECT from_state, to_state FROM job_events WHERE job_id = ? ORDER BY seq", (job_id,)
        )
        return [(row[0], row[1]) for row in rows]
