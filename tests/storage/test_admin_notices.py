from __future__ import annotations

from typing import TYPE_CHECKING

from storage.admin_notices import AdminNotice
from tests.storage.samples import NOW

if TYPE_CHECKING:
    from storage import Store


async def test_each_admin_is_told_once(store: Store) -> None:
    """However many jobs find the account empty, each admin gets one message about it, with the first words."""
    await store.admin_notices.raise_once("out_of_credit", "the first words", [1, 2], now=NOW)
    await store.admin_notices.raise_once("out_of_credit", "other words", [1, 2], now=NOW + 1)
    wanted = {AdminNotice(1, "out_of_credit", "the first words"), AdminNotice(2, "out_of_credit", "the first words")}
    assert set(await store.admin_notices.unsent()) == wanted
    for notice in wanted:
        await store.admin_notices.sent(notice, now=NOW + 2)
    await store.admin_notices.raise_once("out_of_credit", "again", [1, 2], now=NOW + 3)
    assert await store.admin_notices.unsent() == []


async def test_one_admin_told_does_not_silence_the_other(store: Store) -> None:
    """An admin who could not be reached yet is still told after the other one was."""
    await store.admin_notices.raise_once("bad_key", "401", [1, 2], now=NOW)
    await store.admin_notices.sent(AdminNotice(1, "bad_key", "401"), now=NOW)
    assert await store.admin_notices.unsent() == [AdminNotice(2, "bad_key", "401")]


async def test_an_admin_who_joins_later_is_told_too(store: Store) -> None:
    """A notice that stands already is raised for an admin who had none."""
    await store.admin_notices.raise_once("bad_key", "401", [1], now=NOW)
    await store.admin_notices.raise_once("bad_key", "401 again", [1, 2], now=NOW)
    assert set(await store.admin_notices.unsent()) == {
        AdminNotice(1, "bad_key", "401"),
        AdminNotice(2, "bad_key", "401 again"),
    }


async def test_kinds_stand_beside_each_other(store: Store) -> None:
    """News of one kind does not hide news of another."""
    await store.admin_notices.raise_once("bad_key", "401", [1], now=NOW)
    await store.admin_notices.raise_once("out_of_credit", "403", [1], now=NOW)
    assert {notice.kind for notice in await store.admin_notices.unsent()} == {"bad_key", "out_of_credit"}


async def test_what_was_mended_and_broke_again_is_told_again(store: Store) -> None:
    """An operator who topped up hears of it when the account is empty once more, and of other troubles still."""
    for kind in ("out_of_credit", "bad_key", "other"):
        await store.admin_notices.raise_once(kind, "", [1], now=NOW)
        await store.admin_notices.sent(AdminNotice(1, kind, ""), now=NOW)
    await store.admin_notices.resolve("out_of_credit", "bad_key")
    for kind in ("out_of_credit", "other"):
        await store.admin_notices.raise_once(kind, "new", [1], now=NOW)
    assert await store.admin_notices.unsent() == [AdminNotice(1, "out_of_credit", "new")]


async def test_no_admins_no_notices(store: Store) -> None:
    """A bot without admins keeps nothing to tell."""
    await store.admin_notices.raise_once("out_of_credit", "", [], now=NOW)
    await store.admin_notices.resolve()
    assert await store.admin_notices.unsent() == []
