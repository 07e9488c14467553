from __future__ import annotations

from typing import TYPE_CHECKING

from storage.people.users import KnownUser, PicturePermission
from tests.storage.samples import DAY, NOW

if TYPE_CHECKING:
    from storage import Store

ADA, BEN = KnownUser(7, "ada", "Ada"), KnownUser(8, "ben", "Ben")


async def test_a_username_in_any_case(store: Store) -> None:
    """A user is found by their username in any case; a username that nobody has finds nobody."""
    await store.users.upsert([ADA, BEN], now=NOW)
    assert await store.users.by_username("BEN") == BEN
    assert await store.users.by_username("eve") is None


async def test_a_username_that_changed_hands(store: Store) -> None:
    """A username belongs to whoever was seen with it last, even if two users with it were seen at once."""
    await store.users.upsert([ADA, BEN], now=NOW)
    eve = KnownUser(9, "ben", "Eve")
    await store.users.upsert([eve], now=NOW)
    assert await store.users.by_username("ben") == eve
    await store.users.upsert([BEN, KnownUser(9, "eve", "Eve"), KnownUser(10, "eve", "Eva")], now=NOW)
    assert await store.users.by_username("ben") == BEN
    assert await store.users.by_username("eve") == KnownUser(10, "eve", "Eva")
    assert await store.users.name_of(9) == "Eve"


async def test_what_is_kept_of_users_not_seen_for_long(store: Store) -> None:
    """A user not seen for long is forgotten, unless they said something about their profile picture."""
    await store.users.upsert([ADA], now=NOW)
    await store.users.set_picture_permission(BEN, PicturePermission.NEVER, now=NOW)
    await store.users.prune(before=NOW + DAY)
    assert await store.users.by_username("ada") is None
    assert await store.users.picture_permission(BEN.person_id) is PicturePermission.NEVER
    await store.users.upsert([KnownUser(8, None, "Benjamin")], now=NOW)
    assert await store.users.picture_permission(BEN.person_id) is PicturePermission.NEVER
    assert await store.users.name_of(8) == "Benjamin"


async def test_a_user_who_said_nothing_about_their_picture(store: Store) -> None:
    """Before others may use a profile picture, its user is asked, whether the bot has seen them or not."""
    await store.users.upsert([ADA], now=NOW)
    assert await store.users.picture_permission(ADA.person_id) is PicturePermission.ASK
    assert await store.users.picture_permission(BEN.person_id) is PicturePermission.ASK
