from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.storage.samples import NOW, bring_to, enqueue, get_job

if TYPE_CHECKING:
    from storage import Store

GROUP, SUPERGROUP = -70, -100_70


async def test_a_late_photo_of_an_album_is_mentioned_once(store: Store) -> None:
    """When more photos of an album come than were needed, the status message of its job says so, once."""
    await enqueue(store, "mine", chat_id=GROUP, media_group_id="album")
    await enqueue(store, "other", chat_id=GROUP, media_group_id="other")
    await bring_to(store, State.DELIVERED, "over", chat_id=GROUP, media_group_id="album")
    await store.jobs.mark_extra_photos(GROUP, "album", now=NOW + 1)
    await store.jobs.mark_extra_photos(GROUP, "album", now=NOW + 2)
    mine = await get_job(store, "mine")
    assert (mine.extra_photos, mine.show_at) == (True, NOW + 1)
    assert not (await get_job(store, "other")).extra_photos
    assert not (await get_job(store, "over")).extra_photos


async def test_jobs_follow_their_group(store: Store) -> None:
    """When a group becomes a supergroup its videos arrive there, in new messages, and old ones stay quiet."""
    await enqueue(store, "waiting", chat_id=GROUP, card_id=60)
    over = await bring_to(store, State.DELIVERED, "over", chat_id=GROUP)
    await store.status_messages.drawn(over, show_at=None)
    elsewhere = await enqueue(store, "elsewhere", chat_id=-71, card_id=61)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 5)
    waiting = await get_job(store, "waiting")
    assert (waiting.chat_id, waiting.card_id, waiting.message_id, waiting.show_at) == (SUPERGROUP, None, None, NOW + 5)
    over = await get_job(store, "over")
    assert (over.chat_id, over.show_at) == (SUPERGROUP, None)
    assert await get_job(store, "elsewhere") == elsewhere


async def test_a_group_that_moves_twice_in_the_telling_moves_once(store: Store) -> None:
    """Being told of the move by several refused messages changes nothing after the first."""
    await enqueue(store, chat_id=GROUP)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW)
    await store.status_messages.message_sent("job", 80)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 1)
    assert (await get_job(store, "job")).card_id == 80


async def test_finished_jobs_are_forgotten_after_their_time(store: Store) -> None:
    """What ended long ago is deleted with its history; what is under way stays, however old."""
    for number, state in enumerate(State):
        await bring_to(store, state, f"job-{number}", now=NOW)
    await bring_to(store, State.DELIVERED, "young", now=NOW + 1)
    await store.jobs.prune(before=NOW + 1)
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
