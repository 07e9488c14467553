from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.admin_notices import AdminNotice, NoticeKind
from tests.storage.samples import NOW

if TYPE_CHECKING:
    from storage import Store


async def test_each_admin_is_told_once(store: Store) -> None:
    """However many jobs find the account empty, each admin gets one message about it, with the first details."""
    await store.admin_notices.raise_once("out_of_credit", "first", [1, 2], now=NOW)
    await store.admin_notices.raise_once("out_of_credit", "second", [1, 2], now=NOW + 1)
    expected = {AdminNotice(1, "out_of_credit", "first"), AdminNotice(2, "out_of_credit", "first")}
    assert set(await store.admin_notices.unsent()) == expected
    for notice in expected:
        await store.admin_notices.sent(notice, now=NOW + 2)
    await store.admin_notices.raise_once("out_of_credit", "third", [1, 2], now=NOW + 3)
    assert await store.admin_notices.unsent() == []


async def test_one_admin_told_does_not_silence_the_other(store: Store) -> None:
    """An admin who could not be reached yet is still told after the other one was."""
    await store.admin_notices.raise_once("bad_key", "401", [1, 2], now=NOW)
    await store.admin_notices.sent(AdminNotice(1, "bad_key", "401"), now=NOW)
    assert await store.admin_notices.unsent() == [AdminNotice(2, "bad_key", "401")]


async def test_an_admin_who_joins_later_is_told_too(store: Store) -> None:
    """An admin who was added after a notice was raised gets it the next time it is raised."""
    await store.admin_notices.raise_once("bad_key", "401", [1], now=NOW)
    await store.admin_notices.raise_once("bad_key", "401 again", [1, 2], now=NOW)
    expected = {AdminNotice(1, "bad_key", "401"), AdminNotice(2, "bad_key", "401 again")}
    assert set(await store.admin_notices.unsent()) == expected


async def test_kinds_do_not_hide_each_other(store: Store) -> None:
    """An admin is told of a refused key although a notice about credit is waiting, too."""
    await store.admin_notices.raise_once("bad_key", "401", [1], now=NOW)
    await store.admin_notices.raise_once("out_of_credit", "403", [1], now=NOW)
    assert {notice.kind for notice in await store.admin_notices.unsent()} == {"bad_key", "out_of_credit"}


async def test_a_resolved_problem_that_comes_back_is_told_again(store: Store) -> None:
    """An admin who topped up is told when the account is empty once more; other kinds stay told."""
    for kind in ("out_of_credit", "bad_key", "other"):
        await store.admin_notices.raise_once(kind, "", [1], now=NOW)
        await store.admin_notices.sent(AdminNotice(1, kind, ""), now=NOW)
    await store.admin_notices.resolve("out_of_credit", "bad_key")
    for kind in ("out_of_credit", "other"):
        await store.admin_notices.raise_once(kind, "new", [1], now=NOW)
    assert await store.admin_notices.unsent() == [AdminNotice(1, "out_of_credit", "new")]


async def test_no_admins_no_notices(store: Store) -> None:
    """A bot without admins stores no notices."""
    await store.admin_notices.raise_once("out_of_credit", "", [], now=NOW)
    await store.admin_notices.resolve()
    assert await store.admin_notices.unsent() == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (NoticeKind("daily_limit"), "daily_limit"),
        (NoticeKind("storage"), "storage"),
        (NoticeKind("out_of_credit", "aiml"), "out_of_credit.aiml"),
        (NoticeKind("low_balance", "kling"), "low_balance.kling"),
        (NoticeKind("retired", "aiml", "squish"), "retired.aiml.squish"),
        (NoticeKind("retired", "kling", "v1.6.hug.pro"), "retired.kling.v1.6.hug.pro"),
    ],
)
def test_a_kind_is_text_and_back(kind: NoticeKind, text: str) -> None:
    """What stands in the column `kind` is read as the kind that was written, scenes with dots included."""
    assert kind.encode() == text
    assert NoticeKind.decode(text) == kind
