from __future__ import annotations

from typing import TYPE_CHECKING

from storage import ImageToVideoOptions, State
from storage.reports import JobCounts, Spending
from tests.storage.samples import NOW, TRANSITION_METHODS, bring_to, enqueue

if TYPE_CHECKING:
    from storage import Store


async def test_jobs_of_a_period(store: Store) -> None:
    """An operator sees who asked since then, how the jobs went, and what became of submits in doubt."""
    await bring_to(store, State.FAILED, "old", now=NOW - 1)
    await bring_to(store, State.FAILED, "failed", person_id=1)
    await bring_to(store, State.IN_DOUBT, "found", person_id=1)
    assert await TRANSITION_METHODS["accept"].call(store.transitions, "found", NOW)
    await bring_to(store, State.NEEDS_DECISION, "asked", person_id=2)
    await bring_to(store, State.IN_DOUBT, "in doubt", person_id=2)
    expected = {State.FAILED: 1, State.GENERATING: 1, State.IN_DOUBT: 1, State.NEEDS_DECISION: 1}
    assert await store.reports.jobs_since(NOW) == JobCounts(
        2, expected, {"no_face": 1}, lost=3, found=1, asked=1, withheld=0
    )
    assert await store.reports.jobs_since(NOW + 1) == JobCounts(0, {}, {}, 0, 0, 0, 0)


async def test_only_what_was_charged_is_spent(store: Store) -> None:
    """Videos that were made count, delivered or dropped; what failed, waits or was cancelled in time does not."""
    for state in State:
        await bring_to(store, state, str(state))
    await bring_to(store, State.GENERATING, "dropped")
    await store.transitions.request_cancel("dropped", 7, now=NOW)
    await store.transitions.finish_cancelled("dropped", charged=True, now=NOW)
    await bring_to(store, State.GENERATING, "withheld")
    await store.transitions.request_cancel("withheld", 7, now=NOW)
    await store.transitions.withhold("withheld", "https://cdn.example/v.mp4", usd=0.5, now=NOW)
    await bring_to(store, State.GENERATING, "for nothing")
    await store.transitions.request_cancel("for nothing", 7, now=NOW)
    await store.transitions.finish_cancelled("for nothing", charged=False, now=NOW)
    spending = await store.reports.spending_since(NOW - 1000)
    made = [job for state in State if (job := await store.jobs.get(str(state))) and job.video_url]
    assert len(made) >= 4
    assert spending.videos == len(made) + 2
    assert spending.usd == sum(job.usd or 0.0 for job in made) + 0.5
    assert spending.unknown == sum(job.usd is None for job in made) + 1
    assert (await store.reports.jobs_since(NOW - 1000)).withheld == 1
    assert await store.reports.spending_since(NOW + 1_000_000) == Spending(0, 0.0, 0)


async def test_jobs_by_state(store: Store) -> None:
    """An operator sees how many jobs are in each state."""
    for number, state in enumerate(State):
        await bring_to(store, state, f"job-{number}")
    await enqueue(store, "one more")
    assert await store.reports.count_by_state() == {str(state): 1 for state in State} | {"queued": 2}


async def test_the_usual_time_is_learnt_from_all_that_ended(store: Store) -> None:
    """The bot learns how long videos and failures of the same kind took, from their acceptance to their end."""
    for number, end in enumerate(("complete", "fail", "complete")):
        name = f"job-{number}"
        await bring_to(store, State.GENERATING, name, now=NOW + number)
        assert await TRANSITION_METHODS[end].call(store.transitions, name, NOW + 100 + 2 * number)
        if end == "complete":
            for step in ("deliver", "mark_delivered"):
                assert await TRANSITION_METHODS[step].call(store.transitions, name, NOW + 900 + number)
    await bring_to(store, State.DELIVERED, "pro", quality="pro")
    await bring_to(store, State.DELIVERED, "other service", service="kling")
    await bring_to(store, State.DELIVERED, "long", duration=10)
    await bring_to(store, State.DELIVERED, "other model", motion=ImageToVideoOptions(model="v2", prompt="steam rises"))
    await bring_to(store, State.GENERATING, "unfinished")
    assert await store.reports.seconds_taken("aiml", "standard", 5, limit=9) == [102, 100, 101]
    assert await store.reports.seconds_taken("aiml", "standard", 5, limit=1) == [102]
    assert await store.reports.seconds_taken("kling", "pro", 5, limit=9) == []
    assert len(await store.reports.seconds_taken("aiml", "v2", 5, limit=9)) == 1
    assert len(await store.reports.seconds_taken("aiml", "standard", 10, limit=9)) == 1


async def test_nothing_is_learnt_from_lost_submits(store: Store) -> None:
    """When a job that was found in the record was taken is not known, so its time is not used."""
    await bring_to(store, State.IN_DOUBT)
    for step in ("accept", "complete", "deliver", "mark_delivered"):
        assert await TRANSITION_METHODS[step].call(store.transitions, "job", NOW), step
    assert await store.reports.seconds_taken("aiml", "standard", 5, limit=9) == []


async def test_the_usual_time_is_found_by_an_index(store: Store) -> None:
    """However many videos there are, only those of the same kind are read."""
    plan = await store.database.execute(
        """EXPLAIN QUERY PLAN SELECT finished_at FROM jobs WHERE service = 'aiml'
           AND coalesce(motion ->> 'model', quality) = 'v2' AND duration = 5
               AND finished_at IS NOT NULL AND accepted_at IS NOT NULL"""
    )
    assert "jobs_pace (service=? AND <expr>=? AND duration=?" in plan[0]["detail"]
