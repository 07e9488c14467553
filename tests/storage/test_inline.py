from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage import Photo, State
from storage.inline import Offer
from tests.storage.samples import DAY, NOW, bring_to

if TYPE_CHECKING:
    from storage import Store

OFFER = Offer(
    id="one", person_id=7, language="en", photos=(Photo("left", 5), Photo("right")), source="recent", made_at=NOW
)


async def test_what_was_described_is_kept(store: Store) -> None:
    """What a person was shown is used as it was then."""
    assert await store.inline.save_offer(OFFER) == OFFER
    assert await store.inline.get_offer("one") == OFFER
    assert await store.inline.get_offer("two") is None


async def test_a_guest_message_is_described_once(store: Store) -> None:
    """A guest message that is handled again finds what was described at first."""
    await store.inline.save_offer(OFFER, origin="guest:1")
    again = replace(OFFER, id="two", photos=(Photo("other"),))
    assert await store.inline.save_offer(again, origin="guest:1") == OFFER
    assert await store.inline.save_offer(again, origin="guest:2") == again


async def test_a_message_belongs_to_the_first(store: Store) -> None:
    """Nobody takes over a message that is known to be another's."""
    assert await store.inline.claim_message("AgAAA", OFFER, now=NOW)
    assert await store.inline.claim_message("AgAAA", OFFER, now=NOW)
    assert not await store.inline.claim_message("AgAAA", replace(OFFER, id="two", person_id=8), now=NOW)


async def test_recent_photos(store: Store) -> None:
    """The last photos of a private chat are given, the oldest first, and none from before."""
    for number in range(4):
        await store.drafts.remember_photo(7, number, None, Photo(f"photo {number}"), now=NOW + number)
    await store.drafts.remember_photo(-70, 9, None, Photo("of a group"), now=NOW + 9)
    recent = await store.drafts.recent_photos(7, since=NOW, limit=2)
    assert [one.photo.file_id for one in recent] == ["photo 2", "photo 3"]
    assert len(await store.drafts.recent_photos(7, since=NOW + 2, limit=2)) == 1


async def test_videos(store: Store) -> None:
    """Delivered videos come newest first, without those that were deleted, or that have no file at Telegram."""
    for number, state in enumerate([State.DELIVERED, State.DELIVERED, State.GENERATING]):
        await bring_to(store, state, f"job {number}", now=NOW + number)
    await bring_to(store, State.DELIVERED, "squish", now=NOW + 9, effect="squish")
    await bring_to(store, State.DELIVERED, "another's", person_id=8)
    await bring_to(store, State.DELIVERED, "deleted", now=NOW + 5)
    await store.database.execute("UPDATE jobs SET removed_by = 8, removed_at = 1 WHERE id = 'deleted'")
    await store.database.execute("UPDATE jobs SET video_file_id = NULL WHERE id = 'job 0'")
    every = await store.jobs.delivered_videos(7, effects=None, offset=0, limit=9)
    assert [job.id for job in every] == ["squish", "job 1"]
    assert [job.id for job in await store.jobs.delivered_videos(7, effects={"hug"}, offset=0, limit=9)] == ["job 1"]
    assert [job.id for job in await store.jobs.delivered_videos(7, effects=None, offset=1, limit=9)] == ["job 1"]


async def test_old_rows_are_forgotten(store: Store) -> None:
    """What was described and placed days ago is forgotten."""
    await store.inline.save_offer(OFFER)
    await store.inline.claim_message("AgAAA", OFFER, now=NOW)
    await store.inline.prune(before=NOW + DAY)
    assert await store.inline.get_offer("one") is None
    assert await store.inline.claim_message("AgAAA", replace(OFFER, person_id=8), now=NOW)
