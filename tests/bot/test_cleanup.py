"""What is old is forgotten: the file does not grow without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.periodic.cleanup import Cleanup
from bot.wakeups import Wakeups
from storage import Photo, Store
from storage.jobs import NewJob
from storage.limits import Enqueued, Limits

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400.0
START = 1_790_000_000.0


async def a_day(store: Store, day: int) -> None:
    """Let twenty videos and a hundred messages happen."""
    now = START + day * DAY
    await store.inbox.add([(day * 1000 + i, f"chat {i}", "x" * 900) for i in range(100)], now=now)
    await store.inbox.mark_done([row.seq for row in await store.inbox.pending(now=now, busy=(), limit=100)])
    for i in range(20):
        new = NewJob(
            id=f"{day}-{i}",
            origin=f"{day}-{i}",
            chat_id=i,
            thread_id=None,
            person_id=i,
            message_id=day,
            language="en",
            effect="squish",
            photos=(Photo("f" * 80, 1),),
            service="aiml",
            quality="standard",
            duration=5,
        )
        assert isinstance(await store.jobs.create(new, Limits(9, 9), now=now), Enqueued)
        await store.drafts.remember_photo(i, day, None, Photo("f" * 80, 1), now=now)
        await store.transitions.cancel(new.id, now=now)


async def pages(store: Store) -> int:
    """Return the size of the file in pages."""
    row = await store.database.fetch_one("PRAGMA page_count")
    return int(row[0]) if row else 0


async def test_weeks_go_by(tmp_path: Path) -> None:
    """Over eight weeks of use the file stops growing once the days that are kept are full."""
    store = await Store.open(tmp_path / "bot.db")
    today = [0.0]
    tidy = Cleanup(store, Wakeups(), keep_days=7, clock=lambda: START + today[0] * DAY)
    sizes = []
    for day in range(56):
        today[0] = day
        await a_day(store, day)
        await tidy.run_once()
        sizes.append(await pages(store))
    counts = await store.reports.count_by_state()
    events = await store.database.fetch_one("SELECT count(*) FROM job_events")
    await store.close()
    assert sizes[-1] <= 1.05 * sizes[10]
    assert counts == {"cancelled": 20 * 8}
    assert events is not None
    assert events[0] == 2 * 20 * 8
