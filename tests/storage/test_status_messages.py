from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.storage.samples import NOW, TRANSITION_METHODS, bring_to, enqueue, get_job

if TYPE_CHECKING:
    from storage import Store


async def test_a_new_job_is_shown_at_once(store: Store) -> None:
    """A user sees the status message as soon as the job is stored."""
    assert await store.status_messages.next_due() is None
    job = await enqueue(store)
    assert await store.status_messages.next_due() == NOW
    assert await store.status_messages.due(now=NOW, limit=5) == [job]
    assert await store.status_messages.due(now=NOW - 1, limit=5) == []


async def test_first_answers_then_ends_then_progress(store: Store) -> None:
    """Users without any answer yet come first, then those whose job has finished, and progress last."""
    await bring_to(store, State.GENERATING, "progress", card_id=1, now=NOW)
    await bring_to(store, State.GENERATING, "more progress", card_id=2, now=NOW - 5)
    await bring_to(store, State.FAILED, "end", card_id=3, now=NOW + 1)
    await enqueue(store, "new", card_id=None, now=NOW + 2)
    order = [job.id for job in await store.status_messages.due(now=NOW + 2, limit=10)]
    assert order == ["new", "end", "more progress", "progress"]
    assert [job.id for job in await store.status_messages.due(now=NOW + 2, limit=1)] == ["new"]


async def test_a_drawn_message_is_due_again_at_its_time(store: Store) -> None:
    """Progress is drawn again after its interval, an end never."""
    job = await bring_to(store, State.GENERATING)
    await store.status_messages.drawn(job, show_at=NOW + 15)
    assert await store.status_messages.next_due() == NOW + 15
    await store.status_messages.drawn(await get_job(store), show_at=None)
    assert await store.status_messages.next_due() is None


async def test_a_transition_while_the_message_was_drawn_is_drawn_too(store: Store) -> None:
    """A message that was drawn a moment too early is drawn again with the new state."""
    job = await bring_to(store, State.GENERATING)
    moved = await TRANSITION_METHODS["complete"].call(store.transitions, "job", NOW)  # at the very same time
    assert moved is not None
    await store.status_messages.drawn(job, show_at=None)
    assert await store.status_messages.due(now=NOW, limit=1) == [moved]


async def test_a_cancel_while_the_message_was_drawn_is_drawn_too(store: Store) -> None:
    """A press of Cancel shows although the progress was being drawn at that moment."""
    job = await bring_to(store, State.GENERATING)
    await store.transitions.request_cancel("job", 7, now=NOW + 1)
    await store.status_messages.drawn(job, show_at=NOW + 15)
    assert await store.status_messages.next_due() == NOW + 1


async def test_a_message_is_drawn_again_on_request(store: Store) -> None:
    """A message that must be drawn again is due although nothing about the job has changed."""
    job = await enqueue(store)
    await store.status_messages.drawn(job, show_at=None)
    await store.status_messages.redraw("job", now=NOW + 3)
    assert await store.status_messages.next_due() == NOW + 3
    await store.status_messages.drawn(job, show_at=None)
    assert await store.status_messages.next_due() == NOW + 3  # this drawing began before the request


async def test_a_new_message_replaces_the_old(store: Store) -> None:
    """If the status message is gone, the one sent instead is edited from now on."""
    await enqueue(store, card_id=60)
    await store.status_messages.message_sent("job", 61)
    found = await store.jobs.by_status_message(7, 61)
    assert found is not None
    assert await store.jobs.by_status_message(7, 60) is None


async def test_a_user_is_notified_of_a_state_once(store: Store) -> None:
    """The store remembers of which state the user was last notified: the one that was drawn."""
    job = await bring_to(store, State.NEEDS_DECISION)
    await store.status_messages.announced(job)
    assert (await get_job(store)).announced == "needs_decision"
    assert await TRANSITION_METHODS["accept"].call(store.transitions, "job", NOW) is not None
    assert (await get_job(store)).announced == "needs_decision"


async def test_an_inline_message_that_is_gone(store: Store) -> None:
    """If the message of inline mode is gone, the job goes on in the private chat, once."""
    await enqueue(store, inline_message_id="AgAAA")
    await store.status_messages.move_to_private_chat("job", now=NOW + 3)
    await store.status_messages.move_to_private_chat("job", now=NOW + 9)
    job = await get_job(store)
    assert (job.inline_message_id, job.show_at) == (None, NOW + 3)


async def test_a_delivered_video_is_deleted_once(store: Store) -> None:
    """Whoever deletes a video first is remembered, and nothing but a delivered video can be deleted."""
    await bring_to(store, State.GENERATING, "not yet")
    await bring_to(store, State.DELIVERED)
    assert not await store.status_messages.request_deletion("not yet", 8, now=NOW)
    assert await store.status_messages.request_deletion("job", 8, now=NOW + 1)
    assert not await store.status_messages.request_deletion("job", 9, now=NOW + 2)
    await store.status_messages.forget_video("job", removed=True)
    job = await get_job(store)
    assert (job.removed_by, job.removed_at, job.video_file_id, job.show_at) == (8, NOW + 1, None, None)
