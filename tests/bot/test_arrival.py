"""Since when updates can have been waiting at Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.updates.arrival import Arrival
from storage.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An open store on a new file."""
    store = await Store.open(tmp_path / "bot.db")
    yield store
    await store.close()


async def test_row_50_the_time_is_remembered_across_starts(store: Store) -> None:
    """A new process knows when nothing waited for the last one; the first of all knows nothing."""
    clock = iter([5_000.0, 90_000.0]).__next__
    first = Arrival(store, clock)
    await first.load()
    assert first.sent_after() is None
    await first.nothing_waits(since=0.0)
    second = Arrival(store, clock)
    await second.load()
    stored = second.sent_after()
    assert stored is not None
    assert stored <= 5_000.0


async def test_row_50_a_database_of_an_earlier_version(store: Store) -> None:
    """After an upgrade, what waited at Telegram came after the last update that the earlier version stored."""
    await store.inbox.add([(1, "a", "x")], now=1_000.0)
    await store.inbox.add([(2, "a", "x")], now=2_000.0)
    arrival = Arrival(store, lambda: 9_000.0)
    await arrival.load()
    assert arrival.sent_after() == 2_000.0
