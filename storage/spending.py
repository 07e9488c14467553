"""What was spent, from the jobs' own rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Spent:
    """So many videos were made, for so many US dollars; `unknown` of them at a price that nobody told."""

    videos: int
    usd: float
    unknown: int


class Spending:
    """The columns of `jobs` about money."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def since(self, moment: float) -> Spent:
        """What the videos that were made since then cost: those that were delivered, and those that were dropped."""
        row = await self._database.row(
            """SELECT count(*), ifnull(sum(usd), 0.0), count(*) - count(usd) FROM jobs WHERE accepted_at >= ?
               AND (video_url IS NOT NULL OR (state = 'cancelled' AND submitted_at IS NOT NULL))""",
            (moment,),
        )
        return Spent(*row) if row else Spent(0, 0.0, 0)
