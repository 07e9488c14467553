"""Who is behind a username, as far as the bot has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.users import KnownUser, PicturePermission
from tests.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from storage import Store

ADA, BEN = KnownUser(7, "ada", "Ada"), KnownUser(8, "ben", "Ben")


async def test_a_username_in_any_case(store: Store) -> None:
    """A person is found by their username, however it is written, and by no name that nobody has."""
    await store.users.upsert([ADA, BEN], now=NOW)
    assert await store.users.by_username("BEN") == BEN
    assert await store.users.by_username("eve") is None


async def test_a_username_that_moved(store: Store) -> None:
    """A username that another person took is theirs, also where both were seen at once."""
    await store.users.upsert([ADA, BEN], now=NOW)
    eve = KnownUser(9, "ben", "Eve")
    await store.users.upsert([eve], now=NOW)
    assert await store.users.by_username("ben") == eve
    await store.users.upsert([BEN, KnownUser(9, "eve", "Eve"), KnownUser(10, "eve", "Eva")], now=NOW)
    assert await store.users.by_username("ben") == BEN
    assert await store.users.by_username("eve") == KnownUser(10, "eve", "Eva")
    assert await store.users.name_of(9) == "Eve"


async def test_what_is_kept(store: Store) -> None:
    """Who was not seen for long is forgotten, but for what they said about their picture."""
    await store.users.upsert([ADA], now=NOW)
    await store.users.set_picture_permission(BEN, PicturePermission.NEVER, now=NOW)
    await store.users.prune(before=NOW + DAY)
    assert await store.users.by_username("ada") is None
    assert await store.users.picture_permission(BEN.person_id) is PicturePermission.NEVER
    await store.users.upsert([KnownUser(8, None, "Benjamin")], now=NOW)
    assert await store.users.picture_permission(BEN.person_id) is PicturePermission.NEVER
    assert await store.users.name_of(8) == "Benjamin"
