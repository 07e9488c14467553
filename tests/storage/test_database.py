from __future__ import annotations

import asyncio
import os
import stat
from typing import TYPE_CHECKING

import pytest

from storage import DatabaseError, State, Store
from storage.database import MIN_SQLITE, check_sqlite_version
from tests.storage.samples import NOW, bring_to, enqueue

if TYPE_CHECKING:
    from pathlib import Path


def permissions(path: Path) -> int:
    """Return the permission bits of a file."""
    return stat.S_IMODE(path.stat().st_mode)


async def add(store: Store, update_id: int) -> None:
    await store.inbox.add([(update_id, "a", "")], now=NOW)


async def pending(store: Store) -> list[int]:
    return [row.update_id for row in await store.inbox.pending(now=NOW, busy=(), limit=100)]


# ---------------------------------------------------------------- open
async def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """No other user of the machine can read the database or the files that SQLite keeps beside it."""
    path = tmp_path / "data" / "deeper" / "bot.db"
    before = os.umask(0)
    try:
        store = await Store.open(path)
        await enqueue(store)
    finally:
        os.umask(before)
    found = {file.name: permissions(file) for file in path.parent.iterdir()}
    await store.close()
    assert found == {"bot.db": 0o600, "bot.db-wal": 0o600, "bot.db-shm": 0o600}


async def test_jobs_are_there_after_a_restart(path: Path) -> None:
    """A bot that is started again finds every job as it left it."""
    store = await Store.open(path)
    job = await bring_to(store, State.GENERATING)
    await store.close()
    store = await Store.open(path)
    assert await store.jobs.get("job") == job
    await store.close()


async def test_a_store_is_closed_twice(path: Path) -> None:
    """Closing a closed store is no error, and returns at once."""
    store = await Store.open(path)
    await store.close()
    async with asyncio.timeout(5):
        await store.close()


async def test_a_commit_is_on_the_disk(store: Store) -> None:
    """What was stored survives a power cut, and rows never refer to others that are missing."""
    for pragma, value in {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}.items():
        row = await store.database.fetch_one(f"PRAGMA {pragma}")
        assert row is not None
        assert row[0] == value, pragma


# ---------------------------------------------------------------- transactions
async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    """Of several changes that belong together, none is kept if the last one fails."""

    async def fail() -> None:
        async with store.database.transaction() as transaction:
            await transaction.execute("INSERT INTO notices VALUES (1, 'kind', '', NULL, 1)")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await store.admin_notices.unsent() == []
    async with store.database.transaction() as transaction:  # would be refused inside another
        assert transaction.in_transaction
    assert not transaction.in_transaction


async def test_no_statement_gets_into_another_tasks_transaction(store: Store) -> None:
    """What one task writes while another's transaction is rolled back is kept."""
    inside, release = asyncio.Event(), asyncio.Event()

    async def fail() -> None:
        async with store.database.transaction() as transaction:
            await transaction.execute("INSERT INTO notices VALUES (1, 'kind', '', NULL, 1)")
            inside.set()
            await release.wait()
            raise LookupError

    failing = asyncio.create_task(fail())
    await inside.wait()
    writing = asyncio.create_task(add(store, 1))
    reading = asyncio.create_task(store.admin_notices.unsent())
    release.set()
    with pytest.raises(LookupError):
        await failing
    await writing
    assert await reading == []
    assert await pending(store) == [1]


def test_an_sqlite_that_is_too_old_is_told() -> None:
    """An operator whose Python has an old SQLite reads which version is needed, before anything is changed."""
    check_sqlite_version(MIN_SQLITE)
    check_sqlite_version((4, 0, 0))
    with pytest.raises(DatabaseError, match=r"needs SQLite 3\.39 or newer, and this Python has 3\.38\.5"):
        check_sqlite_version((3, 38, 5))
