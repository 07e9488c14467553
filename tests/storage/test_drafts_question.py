from __future__ import annotations

from typing import TYPE_CHECKING

from storage import Draft, DraftState
from storage.drafts import DraftKey
from storage.limits import Enqueued
from tests.storage.samples import NO_LIMITS, NOW, get_draft, new_draft, new_job

if TYPE_CHECKING:
    from storage import Store

GROUP, SUPERGROUP = -70, -100_70


async def start_draft(store: Store, name: str = "draft", **changes: object) -> Draft:
    """Open a draft and return it as it is stored."""
    await store.drafts.start(new_draft(name, **changes), [], consumes=None)
    return await get_draft(store, name)


async def test_questions_are_drawn_when_they_are_due(store: Store) -> None:
    """The bot asks for what is missing when an album has been quiet long enough, the longest overdue first."""
    assert await store.drafts.next_due() is None
    for person, wait in ((1, 3.0), (2, 2.0), (3, 9.0)):
        await start_draft(store, f"draft-{person}", person_id=person)
        await store.drafts.redraw(f"draft-{person}", at=NOW + wait)
    assert await store.drafts.next_due() == NOW + 2
    assert await store.drafts.due(now=NOW, limit=5) == []
    assert [draft.id for draft in await store.drafts.due(now=NOW + 3, limit=5)] == ["draft-2", "draft-1"]
    assert [draft.id for draft in await store.drafts.due(now=NOW + 9, limit=1)] == ["draft-2"]


async def test_a_question_is_asked_once(store: Store) -> None:
    """A question that was sent is remembered and not sent again."""
    draft = await start_draft(store, show_at=NOW)
    await store.drafts.drawn(draft, card_id=60, show_at=None)
    stored = await get_draft(store)
    assert (stored.card_id, stored.show_at) == (60, None)
    assert await store.drafts.next_due() is None


async def test_a_question_under_a_rate_limit(store: Store) -> None:
    """Under a rate limit of Telegram, the question is sent when Telegram allows it."""
    draft = await start_draft(store, show_at=NOW)
    await store.drafts.drawn(draft, card_id=None, show_at=NOW + 30)
    assert await store.drafts.next_due() == NOW + 30


async def test_a_photo_that_came_while_the_question_was_drawn(store: Store) -> None:
    """A question that was drawn a moment too early is drawn again with what came meanwhile."""
    draft = await start_draft(store, show_at=NOW)
    await store.drafts.redraw("draft", at=NOW + 1)
    await store.drafts.drawn(draft, card_id=60, show_at=None)
    stored = await get_draft(store)
    assert (stored.card_id, stored.show_at) == (60, NOW + 1)


async def test_an_end_that_came_while_the_question_was_drawn(store: Store) -> None:
    """A question whose draft ended while it was being sent is remembered, and drawn once more as ended."""
    draft = await start_draft(store, show_at=NOW)
    assert await store.drafts.end("draft", "cancelled", now=NOW)
    await store.drafts.drawn(draft, card_id=60, show_at=None)
    stored = await get_draft(store)
    assert (stored.state, stored.card_id, stored.show_at) == (DraftState.CANCELLED, 60, NOW)


async def test_a_job_takes_the_question_over(store: Store) -> None:
    """The question whose button was pressed becomes the job's status message, and is no longer the draft's."""
    draft = await start_draft(store, card_id=60, effect="hug")
    assert isinstance(await store.jobs.create(new_job(card_id=60), NO_LIMITS, now=NOW, draft=draft), Enqueued)
    stored = await get_draft(store)
    assert (stored.state, stored.card_id) == (DraftState.DONE, None)
    job = await store.jobs.by_status_message(7, 60)
    assert job is not None
    assert job.id == "job"


async def test_a_job_with_its_own_message_leaves_the_question(store: Store) -> None:
    """If the job gets a new message, the question is still known, so that it can be deleted."""
    draft = await start_draft(store, card_id=60, effect="hug")
    assert isinstance(await store.jobs.create(new_job(), NO_LIMITS, now=NOW + 1, draft=draft), Enqueued)
    stored = await get_draft(store)
    assert (stored.state, stored.card_id, stored.show_at) == (DraftState.DONE, 60, NOW + 1)


async def test_a_question_taken_over_while_it_was_drawn(store: Store) -> None:
    """A button pressed while its message is being edited does not make the bot delete the status message."""
    draft = await start_draft(store, card_id=60, effect="hug", show_at=NOW)
    assert isinstance(await store.jobs.create(new_job(card_id=60), NO_LIMITS, now=NOW + 1, draft=draft), Enqueued)
    await store.drafts.drawn(draft, card_id=60, show_at=None)
    assert (await get_draft(store)).card_id is None


# ---------------------------------------------------------------- a group became a supergroup
async def test_open_drafts_follow_their_group(store: Store) -> None:
    """A draft of a group goes on in the supergroup that it became, with a new question there."""
    await start_draft(store, chat_id=GROUP, card_id=60)
    await start_draft(store, "elsewhere", chat_id=-71, card_id=61)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 1)
    moved = await store.drafts.open_for(DraftKey(SUPERGROUP, None, 7))
    assert moved is not None
    assert (moved.id, moved.card_id, moved.show_at) == ("draft", None, NOW + 1)
    assert (await get_draft(store, "elsewhere")).card_id == 61


async def test_a_move_while_the_question_was_drawn(store: Store) -> None:
    """A message of the former group is not taken for one of the supergroup."""
    draft = await start_draft(store, chat_id=GROUP, card_id=60, show_at=NOW)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 1)
    await store.drafts.drawn(draft, card_id=60, show_at=None)
    stored = await get_draft(store)
    assert (stored.card_id, stored.show_at) == (None, NOW + 1)


async def test_a_person_with_drafts_in_both_chats_keeps_the_newer(store: Store) -> None:
    """If a user has begun something new in the supergroup already, the new draft goes on."""
    await start_draft(store, "old", chat_id=GROUP)
    await start_draft(store, "new", chat_id=SUPERGROUP, created_at=NOW + 1)
    await start_draft(store, "other", chat_id=GROUP, person_id=8)
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 2)
    mine, other = await store.drafts.open_for(DraftKey(SUPERGROUP, None, 7)), await get_draft(store, "other")
    assert mine is not None
    assert mine.id == "new"
    assert (await get_draft(store, "old")).state is DraftState.REPLACED
    assert (other.state, other.chat_id) == (DraftState.OPEN, SUPERGROUP)


async def test_no_question_is_due_in_a_former_group(store: Store) -> None:
    """The bot does not try for ever to say in a former group that a request was refused."""
    await start_draft(store, chat_id=GROUP)
    assert await store.drafts.end("draft", "refused", now=NOW, reason="daily:10:60")
    await store.move_chat(GROUP, SUPERGROUP, now=NOW + 1)
    assert GROUP not in {draft.chat_id for draft in await store.drafts.due(now=NOW + 9, limit=9)}
