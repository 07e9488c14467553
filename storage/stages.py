"""How many updates and jobs are at each stage, read from the database of a running bot: for the demo."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_STAGES: Final = {
    "queued": "job",
    "submitting": "job",
    "in_doubt": "job",
    "needs_decision": "job",
    "generating": "service",
    "ready": "video",
    "delivering": "video",
    "undeliverable": "told",
    "failed": "told",
    "cancelled": "told",
}
"""The stage of a job in each state; a delivered job has none."""


def count_stages(database: Path) -> dict[str, int]:
    """Return the counts of `inbox`, `job`, `service` and `video`, and of the jobs that ended without a video: `told`.

    It is empty if the database can't be read now, as before the bot's first start.
    """
    counts = dict.fromkeys(("inbox", *_STAGES.values()), 0)
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as connection:
            (counts["inbox"],) = connection.execute("SELECT count(*) FROM inbox WHERE state = 'pending'").fetchone()
            for state, count in connection.execute("SELECT state, count(*) FROM jobs GROUP BY state"):
                if state in _STAGES:
                    counts[_STAGES[state]] += count
    except sqlite3.Error:
        return {}
    return counts
