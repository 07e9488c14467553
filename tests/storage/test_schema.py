from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.storage.samples import NOW, bring_to, enqueue, new_draft

if TYPE_CHECKING:
    from storage import Store

BAD_JOBS = {
    "an unknown state": (State.QUEUED, "state = 'lost'"),
    "submitting without a request id": (State.QUEUED, "state = 'submitting'"),
    "in doubt without a request id": (State.QUEUED, "state = 'in_doubt'"),
    "asking without a request id": (State.QUEUED, "state = 'needs_decision'"),
    "a request id taken away": (State.SUBMITTING, "client_request_id = NULL"),
    "generating without the service's id": (State.SUBMITTING, "state = 'generating', accepted_at = 1"),
    "generating without the time of acceptance": (State.SUBMITTING, "state = 'generating', service_job_id = 'x'"),
    "the service's id taken away": (State.GENERATING, "service_job_id = NULL"),
    "ready without a video": (State.GENERATING, "state = 'ready'"),
    "delivering without a video": (State.GENERATING, "state = 'delivering'"),
    "delivered without a video": (State.GENERATING, "state = 'delivered', finished_at = 1"),
    "the video taken away": (State.DELIVERED, "video_url = NULL"),
    "failed without a reason": (State.QUEUED, "state = 'failed', finished_at = 1"),
    "undeliverable without a reason": (State.DELIVERING, "state = 'undeliverable', finished_at = 1"),
    "the reason taken away": (State.FAILED, "reason = NULL"),
    "an end without its time": (State.QUEUED, "state = 'cancelled'"),
    "a time of the end without an end": (State.GENERATING, "finished_at = 1"),
    "queued again after its end": (State.CANCELLED, "state = 'queued'"),
    "photos that are no JSON": (State.QUEUED, "photos = 'left, right'"),
    "a flag that is neither": (State.QUEUED, "cancel_requested = 2"),
    "exempt that is neither": (State.QUEUED, "exempt = -1"),
    "extra photos that is neither": (State.QUEUED, "extra_photos = 7"),
    "a prompt that is empty": (State.QUEUED, """motion = '{"model": "v2", "prompt": ""}'"""),
    "options without a model": (State.QUEUED, """motion = '{"prompt": "x"}'"""),
    "options with a mistake": (State.QUEUED, """motion = '{"model": "v2", "prompt": "x", "mistake": "cfg:7"}'"""),
    "options that are no JSON": (State.QUEUED, "motion = 'steam rises'"),
    "a job of nobody": (State.QUEUED, "person_id = NULL"),
    "text for a number": (State.QUEUED, "due_at = 'soon'"),
}


@pytest.mark.parametrize(("state", "change"), list(BAD_JOBS.values()), ids=list(BAD_JOBS))
async def test_a_contradictory_job_is_refused(store: Store, state: State, change: str) -> None:
    """The database refuses a mistaken UPDATE that would make a job contradict itself."""
    before = await bring_to(store, state)
    with pytest.raises(sqlite3.IntegrityError):
        await store.database.execute(f"UPDATE jobs SET {change}")  # noqa: S608 -- no input
    assert await store.jobs.get("job") == before
    assert (await store.reports.job_events("job"))[-1][1] == state


BAD_DRAFTS = (
    "state = 'lost'",
    "state = 'refused'",  # without a reason
    "state = 'done'",  # without an effect
    "held = 2",
    "singly = 2",
    "motion = 'steam rises'",
    "message_id = NULL",
    "expires_at = 'soon'",
)


@pytest.mark.parametrize("change", BAD_DRAFTS)
async def test_a_contradictory_draft_is_refused(store: Store, change: str) -> None:
    """The database refuses a mistaken UPDATE that would make a draft contradict itself."""
    await store.drafts.start(new_draft(), [], consumes=1)
    before = await store.drafts.get("draft")
    with pytest.raises(sqlite3.IntegrityError):
        await store.database.execute(f"UPDATE drafts SET {change}")  # noqa: S608 -- no input
    assert await store.drafts.get("draft") == before


async def test_two_open_drafts_in_one_chat_are_refused(store: Store) -> None:
    """The database refuses a second open draft of the same user in the same chat and topic."""
    await store.drafts.start(new_draft("one"), [], consumes=1)
    await store.drafts.start(new_draft("two"), [], consumes=2)
    with pytest.raises(sqlite3.IntegrityError):
        await store.database.execute("UPDATE drafts SET state = 'open'")


@pytest.mark.parametrize("change", ["state = 'lost'", "payload = NULL", "lane = NULL", "update_id = NULL"])
async def test_a_contradictory_update_is_refused(store: Store, change: str) -> None:
    """The database refuses a mistaken UPDATE that would damage a stored update."""
    await store.inbox.add([(1, "a", "one")], now=NOW)
    with pytest.raises(sqlite3.IntegrityError):
        await store.database.execute(f"UPDATE inbox SET {change}")  # noqa: S608 -- no input


async def test_ids_stay_unique(store: Store) -> None:
    """Two jobs never share the request that asked for them, or the id of a submit."""
    await bring_to(store, State.SUBMITTING, "one")
    await bring_to(store, State.SUBMITTING, "two")
    for change in ("origin = 'same'", "client_request_id = 'same'", "id = 'same'"):
        with pytest.raises(sqlite3.IntegrityError):
            await store.database.execute(f"UPDATE jobs SET {change}")  # noqa: S608 -- no input


async def test_the_history_is_written_by_the_database(store: Store) -> None:
    """A change of state made by hand is in the history, too; a change of anything else is not."""
    await enqueue(store)
    await store.database.execute("UPDATE jobs SET due_at = 5, tries = 3")
    await store.database.execute("UPDATE jobs SET state = state")
    await store.database.execute("UPDATE jobs SET state = 'cancelled', finished_at = 9, changed_at = 9")
    assert await store.reports.job_events("job") == [(None, "queued"), ("queued", "cancelled")]
    with pytest.raises(sqlite3.IntegrityError):
        await store.database.execute("INSERT INTO job_events (job_id, to_state, at) VALUES ('unknown', 'queued', 1)")
