from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage import Photo
from storage.inline import Offer
from tests.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from storage import Store

OFFER = Offer(
    id="one", person_id=7, language="en", photos=(Photo("left", 5), Photo("right")), source="recent", made_at=NOW
)


async def test_an_offer_is_kept(store: Store) -> None:
    """What a user was offered is used as it was then."""
    assert await store.inline.save_offer(OFFER) == OFFER
    assert await store.inline.get_offer("one") == OFFER
    assert await store.inline.get_offer("two") is None


async def test_a_guest_message_has_one_offer(store: Store) -> None:
    """A guest message that is handled again finds the offer that was made at first."""
    await store.inline.save_offer(OFFER, origin="guest:1")
    again = replace(OFFER, id="two", photos=(Photo("other"),))
    assert await store.inline.save_offer(again, origin="guest:1") == OFFER
    assert await store.inline.save_offer(again, origin="guest:2") == again


async def test_a_message_belongs_to_the_first_user(store: Store) -> None:
    """Nobody takes over a message that is known to be another user's."""
    assert await store.inline.claim_message("AgAAA", OFFER, now=NOW)
    assert await store.inline.claim_message("AgAAA", OFFER, now=NOW)
    assert not await store.inline.claim_message("AgAAA", replace(OFFER, id="two", person_id=8), now=NOW)


async def test_old_offers_and_messages_are_deleted(store: Store) -> None:
    """What was offered and placed days ago is forgotten."""
    await store.inline.save_offer(OFFER)
    await store.inline.claim_message("AgAAA", OFFER, now=NOW)
    await store.inline.prune(before=NOW + DAY)
    assert await store.inline.get_offer("one") is None
    assert await store.inline.claim_message("AgAAA", replace(OFFER, person_id=8), now=NOW)
