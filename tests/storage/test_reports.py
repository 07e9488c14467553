"""What was spent, from the rows of all kinds of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from storage.reports import Spending
from tests.storage.samples import NOW, bring_to

if TYPE_CHECKING:
    from storage import Store


async def test_only_what_was_charged(store: Store) -> None:
    """Videos that were made count, delivered or dropped; what failed, waits or was cancelled in time does not."""
    for state in State:
        await bring_to(store, state, str(state))
    await bring_to(store, State.GENERATING, "dropped")
    await store.transitions.request_cancel("dropped", now=NOW)
    await store.transitions.finish_cancelled("dropped", charged=True, usd=0.5, now=NOW)
    await bring_to(store, State.GENERATING, "for nothing")
    await store.transitions.request_cancel("for nothing", now=NOW)
    await store.transitions.finish_cancelled("for nothing", charged=False, now=NOW)
    spent = await store.reports.spending_since(NOW - 1000)
    made = [job for state in State if (job := await store.jobs.get(str(state))) and job.video_url]
    assert len(made) >= 4
    assert spent.videos == len(made) + 1
    assert spent.usd == sum(job.usd or 0.0 for job in made) + 0.5
    assert spent.unknown == sum(job.usd is None for job in made)
    assert await store.reports.spending_since(NOW + 1_000_000) == Spending(0, 0.0, 0)
