"""The times in the database move together, if the bot's clock begins elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.storage.samples import DAY, HOUR, NOW, enqueue
from tests.storage.store_calls import populate

if TYPE_CHECKING:
    from storage import Store


async def _times(store: Store) -> dict[tuple[str, str], list[float | None]]:
    """Return every time in the database, by table and column."""
    times = {}
    for table in await store.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for column in await store.database.execute(f"PRAGMA table_info({table['name']})"):
            if column["name"].endswith("_at") or column["name"] == "sent_after":
                assert column["type"] == "REAL", (table["name"], column["name"])
                rows = await store.database.execute(f"SELECT {column['name']} FROM {table['name']}")  # noqa: S608
                times[table["name"], column["name"]] = [row[0] for row in rows]
    return times


async def test_row_37_every_time_moves(store: Store) -> None:
    """All times of all tables move by the same seconds; what was never set stays so, and history stays as it was."""
    await populate(store)
    await store.inbox.add([(99, "a", "x")], now=NOW, sent_after=NOW - HOUR)
    await store.key_values.set("nothing_waited_at", str(NOW))
    before, events = await _times(store), await store.reports.job_events("ready")
    await store.times.move(-DAY)
    after = await _times(store)
    assert after == {key: [at if at is None else at - DAY for at in column] for key, column in before.items()}
    assert {key for key, column in after.items() if any(column)} >= {("jobs", "due_at"), ("drafts", "expires_at")}
    assert {("inbox", "sent_after")} <= after.keys()
    assert float(await store.key_values.get("nothing_waited_at") or 0) == NOW - DAY
    assert await store.reports.job_events("ready") == events


async def test_row_37_the_lag_is_kept_until_times_move(store: Store) -> None:
    """What one process knew of the true time is there for the next, which moves the times once."""
    assert await store.times.lag() == 0
    await store.times.set_lag(3.5)
    await store.times.set_lag(HOUR)
    assert await store.times.lag() == HOUR
    await store.times.move(HOUR)
    assert await store.times.lag() == 0


async def test_the_newest_event(store: Store) -> None:
    """The newest thing that happened is that of any table; a due time is none."""
    assert await store.times.newest() is None
    await store.inbox.add([(1, "a", "x")], now=NOW)
    await enqueue(store, now=NOW + 5)
    assert await store.times.newest() == NOW + 5
    await store.inbox.add([(2, "a", "x")], now=NOW + 9)
    assert await store.times.newest() == NOW + 9
