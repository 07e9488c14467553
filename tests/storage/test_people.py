"""Who is behind a username, as far as the bot has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.users import Picture, Seen
from tests.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from storage import Store

ADA, BEN = Seen(7, "ada", "Ada"), Seen(8, "ben", "Ben")


async def test_a_username_in_any_case(store: Store) -> None:
    """A person is found by their username, however it is written, and by no name that nobody has."""
    await store.people.note([ADA, BEN], now=NOW)
    assert await store.people.named("BEN") == BEN
    assert await store.people.named("eve") is None


async def test_a_username_that_moved(store: Store) -> None:
    """A username that another person took is theirs, also where both were seen at once."""
    await store.people.note([ADA, BEN], now=NOW)
    eve = Seen(9, "ben", "Eve")
    await store.people.note([eve], now=NOW)
    assert await store.people.named("ben") == eve
    await store.people.note([BEN, Seen(9, "eve", "Eve"), Seen(10, "eve", "Eva")], now=NOW)
    assert await store.people.named("ben") == BEN
    assert await store.people.named("eve") == Seen(10, "eve", "Eva")
    assert await store.people.name_of(9) == "Eve"


async def test_what_is_kept(store: Store) -> None:
    """Who was not seen for long is forgotten, but for what they said about their picture."""
    await store.people.note([ADA], now=NOW)
    await store.people.set_picture(BEN, Picture.NEVER, now=NOW)
    await store.people.prune(before=NOW + DAY)
    assert await store.people.named("ada") is None
    assert await store.people.picture_of(BEN.person_id) is Picture.NEVER
    await store.people.note([Seen(8, None, "Benjamin")], now=NOW)
    assert await store.people.picture_of(BEN.person_id) is Picture.NEVER
    assert await store.people.name_of(8) == "Benjamin"
