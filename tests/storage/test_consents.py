from __future__ import annotations

from typing import TYPE_CHECKING

from storage import DraftState, Photo
from storage.consents import ConsentRequest
from storage.drafts import DraftKey, DraftPhoto
from tests.storage.samples import HOUR, NOW, get_draft, new_draft

if TYPE_CHECKING:
    from storage import Store

HERE = DraftKey(7, None, 7)
BEN, CY = ConsentRequest(8, "Ben"), ConsentRequest(9, "Cy")


def portrait(place: int, user: ConsentRequest) -> DraftPhoto:
    """Return that user's profile picture, which needs their consent."""
    photo = Photo(f"picture-{user.person_id}", None, user.person_id, portrait=True)
    return DraftPhoto(photo, 1, place, user.name, needs_consent=True)


async def start_hug(store: Store) -> None:
    await store.drafts.start(new_draft(effect="hug"), [portrait(0, BEN), portrait(1, CY)], consumes=1)


async def test_people_are_asked_one_after_the_other(store: Store) -> None:
    """The person on the left is asked first, and nobody is asked once everyone has agreed."""
    await start_hug(store)
    for user in (BEN, CY):
        assert await store.consents.next_request("draft") == user
        await store.consents.grant("draft", user.person_id)
    assert await store.consents.next_request("draft") is None


async def test_a_draft_waits_for_an_answer(store: Store) -> None:
    """A draft that waits shows whom it waits for until it expires; asking the same person again changes nothing."""
    await start_hug(store)
    for later in (0, 60):
        await store.consents.wait_for("draft", BEN, expires_at=NOW + HOUR + later, now=NOW + later)
    draft = await get_draft(store)
    assert (draft.waits_for, draft.waits_name, draft.expires_at, draft.show_at) == (8, "Ben", NOW + HOUR, NOW)


async def test_a_waiting_draft_stands_beside_a_new_one(store: Store) -> None:
    """While a request waits for consent, its user can begin another one in the same chat."""
    await start_hug(store)
    await store.consents.wait_for("draft", BEN, expires_at=NOW + HOUR, now=NOW)
    await store.drafts.start(new_draft("next"), [], consumes=2)
    assert (await get_draft(store)).state is DraftState.OPEN
    assert await store.consents.waiting_drafts(HERE) == ["draft"]
    found = await store.drafts.open_for(HERE)
    assert found is not None
    assert found.id == "next"


async def test_a_draft_that_ended_waits_for_nobody(store: Store) -> None:
    """A request that was cancelled no longer asks anybody."""
    await start_hug(store)
    await store.drafts.end("draft", "cancelled", now=NOW)
    await store.consents.wait_for("draft", BEN, expires_at=NOW + HOUR, now=NOW)
    assert (await get_draft(store)).waits_for is None
    assert await store.consents.waiting_drafts(HERE) == []
