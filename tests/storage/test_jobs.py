from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import DraftState, Photo, State
from storage.limits import Duplicate, Enqueued, Limits, UserDailyLimit
from tests.storage.samples import NO_LIMITS, NOW, bring_to, enqueue, get_draft, get_job, new_draft, new_job

if TYPE_CHECKING:
    from storage import Store
    from storage.limits import EnqueueResult

GROUP, SUPERGROUP = -70, -100_70
NOTHING = Limits(user_daily=0, user_active=0)


async def create(store: Store, name: str, limits: Limits = NO_LIMITS, **changes: object) -> EnqueueResult:
    return await store.jobs.create(new_job(name, **changes), limits, now=NOW)


# ---------------------------------------------------------------- create
async def test_a_new_job_is_queued(store: Store) -> None:
    """A job begins in the queue, due at once, and holds all that was asked for."""
    job = await enqueue(store, thread_id=3, media_group_id="album", extra_photos=True, card_id=60)
    assert (job.state, job.due_at, job.show_at, job.created_at) == (State.QUEUED, NOW, NOW, NOW)
    assert job.photos == (Photo("left", 1_000), Photo("right", None))
    assert (job.chat_id, job.thread_id, job.person_id, job.message_id, job.card_id) == (7, 3, 7, 100, 60)
    assert (job.effect, job.service, job.quality, job.duration) == ("hug", "aiml", "standard", 5)
    assert (job.submits, job.tries, job.version, job.finished_at) == (0, 0, 1, None)
    assert job.extra_photos
    assert await store.jobs.get("job") == job
    assert await store.jobs.get("another") is None


async def test_the_same_request_makes_one_job(store: Store) -> None:
    """A request whose update is handled twice gives one video, however many the user may have."""
    await enqueue(store, "one", origin="draft:1")
    assert await create(store, "two", origin="draft:1") == Duplicate()
    assert await create(store, "two", NOTHING, origin="draft:1") == Duplicate()
    assert await store.reports.count_by_state() == {"queued": 1}


async def test_a_job_ends_its_draft(store: Store) -> None:
    """A draft is done when its job is queued; one that a limit forbids stays open."""
    draft = new_draft(effect="hug")
    await store.drafts.start(draft, [], consumes=1)
    assert isinstance(await store.jobs.create(new_job(), NOTHING, now=NOW, draft=draft), UserDailyLimit)
    assert (await get_draft(store)).state is DraftState.OPEN
    assert isinstance(await store.jobs.create(new_job(), NO_LIMITS, now=NOW, draft=draft), Enqueued)
    assert (await get_draft(store)).state is DraftState.DONE


async def test_a_draft_that_ended_makes_no_job(store: Store) -> None:
    """A request that was cancelled a moment earlier is not paid for."""
    draft = new_draft(effect="hug")
    await store.drafts.start(draft, [], consumes=1)
    await store.drafts.end("draft", "cancelled", now=NOW)
    assert await store.jobs.create(new_job(), NO_LIMITS, now=NOW, draft=draft) == Duplicate()
    assert await store.jobs.get("job") is None


async def test_again_makes_one_video_at_a_time(store: Store) -> None:
    """Two taps on Again make one video; when it has ended, a third tap makes another."""
    await bring_to(store, State.DELIVERED, "first")
    await enqueue(store, "again", parent_id="first", variant="again")
    assert await create(store, "twice", parent_id="first", variant="again") == Duplicate()
    assert isinstance(await create(store, "swap", parent_id="first", variant="swap"), Enqueued)
    await store.transitions.cancel("again", now=NOW)
    assert isinstance(await create(store, "thrice", parent_id="first", variant="again"), Enqueued)


@pytest.mark.parametrize("state", list(State))
async def test_a_tap_on_again_while_a_video_is_being_made(store: Store, state: State) -> None:
    """Until the video that Again asked for exists, another tap makes none; from then on it makes one more."""
    await bring_to(store, state, "again", parent_id="first", variant="again")
    outcome = await create(store, "twice", parent_id="first", variant="again")
    before_video = {State.QUEUED, State.SUBMITTING, State.IN_DOUBT, State.NEEDS_DECISION, State.GENERATING}
    assert outcome == Duplicate() if state in before_video else isinstance(outcome, Enqueued)


# ---------------------------------------------------------------- read
async def test_a_users_jobs_unfinished_first(store: Store) -> None:
    """/status lists unfinished jobs before finished ones, the newest first."""
    await bring_to(store, State.DELIVERED, "old", now=NOW)
    await enqueue(store, "waiting", now=NOW + 1)
    await bring_to(store, State.FAILED, "failed", now=NOW + 2)
    await enqueue(store, "newest", now=NOW + 3)
    await enqueue(store, "not mine", person_id=8)
    names = [job.id for job in await store.jobs.of_user(7, limit=10)]
    assert names == ["newest", "waiting", "failed", "old"]
    assert [job.id for job in await store.jobs.of_user(7, limit=1)] == ["newest"]


async def test_jobs_whose_next_step_is_due(store: Store) -> None:
    """A worker gets what is due in the states that it asks for, the longest overdue first, as many of each."""
    late = await bring_to(store, State.GENERATING, "late")
    soon = await bring_to(store, State.GENERATING, "soon")
    await bring_to(store, State.READY, "ready")
    await store.transitions.reschedule(late, due_at=NOW + 20)
    await store.transitions.reschedule(soon, due_at=NOW + 10)
    jobs = store.jobs
    assert await jobs.next_due(State.GENERATING) == NOW + 10
    assert await jobs.due(State.GENERATING, now=NOW + 9, limit=9) == []
    assert [job.id for job in await jobs.due(State.GENERATING, now=NOW + 20, limit=9)] == ["soon", "late"]
    both = await jobs.due(State.GENERATING, State.READY, now=NOW + 20, limit=1)
    assert [job.id for job in both] == ["ready", "soon"]
    assert await jobs.next_due(State.IN_DOUBT) is None


async def test_a_status_message_leads_to_its_job(store: Store) -> None:
    """A button under a status message finds the job, in its own chat only."""
    await enqueue(store, card_id=60)
    found = await store.jobs.by_status_message(7, 60)
    assert found is not None
    assert found.id == "job"
    assert await store.jobs.by_status_message(8, 60) is None
    assert await store.jobs.by_status_message(7, 61) is None


async def test_delivered_videos(store: Store) -> None:
    """Delivered videos are listed newest first, without those that were deleted or that Telegram does not keep."""
    for number, state in enumerate([State.DELIVERED, State.DELIVERED, State.GENERATING]):
        await bring_to(store, state, f"job {number}", now=NOW + number)
    await bring_to(store, State.DELIVERED, "squish", now=NOW + 9, effect="squish")
    await bring_to(store, State.DELIVERED, "another's", person_id=8)
    await bring_to(store, State.DELIVERED, "deleted", now=NOW + 5)
    await store.database.execute("UPDATE jobs SET removed_by = 8, removed_at = 1 WHERE id = 'deleted'")
    await store.database.execute("UPDATE jobs SET video_file_id = NULL WHERE id = 'job 0'")
    jobs = store.jobs
    every = await jobs.delivered_videos(7, effects=None, offset=0, limit=9)
    assert [job.id for job in every] == ["squish", "job 1"]
    assert [job.id for job in await jobs.delivered_videos(7, effects={"hug"}, offset=0, limit=9)] == ["job 1"]
    assert [job.id for job in await jobs.delivered_videos(7, effects=None, offset=1, limit=9)] == ["job 1"]
    assert await jobs.delivered_videos(7, effects=set(), offset=0, limit=9) == []


# ---------------------------------------------------------------- change without a transition
async def test_a_late_photo_of_an_album_is_mentioned_once(store: Store) -> None:
    """When an album has more photos than its job needed, the status message says so, once."""
    await enqueue(store, "mine", chat_id=GROUP, media_group_id="album")
    await enqueue(store, "other", chat_id=GROUP, media_group_id="other")
    await bring_to(store, State.DELIVERED, "finished", chat_id=GROUP, media_group_id="album")
    await store.jobs.mark_extra_photos(GROUP, "album", now=NOW + 1)
    await store.jobs.mark_extra_photos(GROUP, "album", now=NOW + 2)
    mine = await get_job(store, "mine")
    assert (mine.extra_photos, mine.show_at) == (True, NOW + 1)
    assert not (await get_job(store, "other")).extra_photos
    assert not (await get_job(store, "finished")).extra_photos


async def test_jobs_follow_their_group(store: Store) -> None:
    """When a group becomes a supergroup its videos arrive there in new messages, and finished jobs stay quiet."""
    await enqueue(store, "waiting", chat_id=GROUP, card_id=60)
    finished = await bring_to(store, State.DELIVERED, "finished", chat_id=GROUP)
    await store.status_messages.drawn(finished, show_at=None)
    elsewhere = await enqueue(store, "elsewhere", chat_id=-71, card_id=61)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 5)
    waiting = await get_job(store, "waiting")
    assert (waiting.chat_id, waiting.card_id, waiting.message_id, waiting.show_at) == (SUPERGROUP, None, None, NOW + 5)
    finished = await get_job(store, "finished")
    assert (finished.chat_id, finished.group_id, finished.show_at) == (SUPERGROUP, SUPERGROUP, None)
    assert await get_job(store, "elsewhere") == elsewhere


async def test_a_group_moves_once(store: Store) -> None:
    """If several refused messages tell of the same move, only the first one changes anything."""
    await enqueue(store, chat_id=GROUP)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW)
    await store.status_messages.message_sent("job", 80)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 1)
    assert (await get_job(store, "job")).card_id == 80


async def test_finished_jobs_are_deleted_after_their_time(store: Store) -> None:
    """Jobs that finished long ago are deleted with their history; unfinished ones stay, however old."""
    for number, state in enumerate(State):
        await bring_to(store, state, f"job-{number}", now=NOW)
    await bring_to(store, State.DELIVERED, "young", now=NOW + 1)
    await store.jobs.prune(before=NOW + 1, now=NOW + 1)
    kept = {
        State.QUEUED,
        State.SUBMITTING,
        State.IN_DOUBT,
        State.NEEDS_DECISION,
        State.GENERATING,
        State.READY,
        State.DELIVERING,
        State.DELIVERED,
    }
    assert await store.reports.count_by_state() == dict.fromkeys(kept, 1)
    assert await store.jobs.get("young") is not None
    rows = await store.database.execute("SELECT count(DISTINCT job_id) FROM job_events")
    assert rows[0][0] == len(kept)
