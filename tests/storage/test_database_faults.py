from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import DatabaseError, Store
from tests.storage.samples import NOW, enqueue

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65_534


def read(path: Path) -> bytes:
    """What is in the file."""
    return path.read_bytes()


def write(path: Path, data: bytes) -> None:
    """Put that into the file, in place of what was there."""
    path.write_bytes(data)


@contextmanager
def ordinary_rights() -> Iterator[None]:
    """As a user whom permissions bind, which they do not bind root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A folder that every user may reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


async def refused(path: Path) -> str:
    """What the operator reads when the store can't be opened."""
    with pytest.raises(DatabaseError) as caught:
        await Store.open(path)
    return str(caught.value)


async def take_in(store: Store, number: int, payload: str = "") -> None:
    await store.inbox.add([(number, "a", payload)], now=NOW)


async def waiting(store: Store) -> list[int]:
    return [row.update_id for row in await store.inbox.pending(now=NOW, busy=(), limit=100)]


# ---------------------------------------------------------------- at start
async def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    """An older bot says that the file was made by a newer one, and leaves it alone."""
    await (await Store.open(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = read(path)
    assert await refused(path) == (
        f"The database {path} cannot be used: it was made by a newer version of this bot (schema 999)."
    )
    assert read(path) == before


@pytest.mark.parametrize(
    "spoilt",
    [b"not a database", bytes(range(256)) * 32, b"SQLite format 3\0" + bytes(100)],
    ids=["text", "bytes", "empty head"],
)
async def test_a_corrupt_file_is_refused(path: Path, spoilt: bytes) -> None:
    """A file that is no database is named in a sentence, and left as it was for the operator to save."""
    write(path, spoilt)
    assert (await refused(path)).startswith(f"The database {path} cannot be used: ")
    assert read(path) == spoilt


async def test_a_file_cut_short_is_refused(path: Path) -> None:
    """A database that lost its end is named in a sentence at start, and not found out later."""
    store = await Store.open(path)
    await enqueue(store)
    await store.close()
    whole = read(path)
    write(path, whole[: len(whole) // 2])
    assert (await refused(path)).startswith(f"The database {path} cannot be used: ")


async def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    """A path that is a folder is named in a sentence."""
    assert (await refused(tmp_path)).startswith(f"The database {tmp_path} cannot be opened: ")


async def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    """A path through a file is named in a sentence."""
    (tmp_path / "data").write_text("a file")
    path = tmp_path / "data" / "bot.db"
    assert (await refused(path)).startswith(f"The database {path} cannot be opened: ")


async def test_a_read_only_file_at_start() -> None:
    """A file that may not be written is named in a sentence."""
    with folder_for_all() as folder:
        path = folder / "bot.db"
        await (await Store.open(path)).close()
        path.chmod(0o444)
        with ordinary_rights():
            told = await refused(path)
    assert told.startswith(f"The database {path} cannot be opened: ")
    assert "Permission denied" in told


async def test_a_read_only_folder_at_start() -> None:
    """A file in a folder where none can be made beside it (a volume of somebody else) is named in a sentence."""
    with folder_for_all() as folder:
        path = folder / "bot.db"
        await (await Store.open(path)).close()
        path.chmod(0o666)
        folder.chmod(0o555)
        with ordinary_rights():
            told = await refused(path)
        folder.chmod(0o700)
    assert told.startswith(f"The database {path} cannot be used: ")


async def test_two_that_make_the_file_at_once(path: Path) -> None:
    """`check` run at the moment when the bot starts for the first time hinders neither of the two."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        starts = [asyncio.create_task(Store.open(path)) for _ in range(2)]
        done, _ = await asyncio.wait(starts, timeout=0.3)
        assert not done
        other.execute("COMMIT")
    outcomes = await asyncio.gather(*starts, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Store):
            await outcome.close()
    assert [str(outcome) for outcome in outcomes if isinstance(outcome, BaseException)] == []


# ---------------------------------------------------------------- while it is open
async def test_a_file_that_turns_read_only_loses_nothing(store: Store) -> None:
    """While nothing can be written the intake gets an error and confirms nothing; then it goes on."""
    await take_in(store, 1)
    await store.database.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await take_in(store, 2)
    assert await waiting(store) == [1]
    await store.database.execute("PRAGMA query_only = OFF")
    await store.inbox.mark_done([1])
    await take_in(store, 2)
    assert await waiting(store) == [2]


async def test_a_full_disk_loses_nothing(store: Store) -> None:
    """While the disk is full the intake gets an error and confirms nothing; when there is room it goes on."""
    await take_in(store, 1)
    row = await store.database.fetch_one("PRAGMA page_count")
    assert row is not None
    await store.database.execute(f"PRAGMA max_page_count = {row[0]}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await take_in(store, 2, "x" * 100_000)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await store.inbox.set_aside_undecodable("x" * 100_000, now=NOW)
    assert await waiting(store) == [1]
    await store.database.execute("PRAGMA max_page_count = 1000000")
    await store.inbox.mark_done([1])
    await take_in(store, 2, "x" * 100_000)
    assert await waiting(store) == [2]
    checked = await store.database.fetch_one("PRAGMA integrity_check")
    assert checked is not None
    assert checked[0] == "ok"


async def test_a_file_locked_for_a_while_is_waited_for(store: Store, path: Path) -> None:
    """A backup that holds the file for a moment delays a message and loses none; the bot goes on beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        batch = asyncio.create_task(take_in(store, 1))
        done, _ = await asyncio.wait({batch}, timeout=0.2)
        assert not done
        other.execute("COMMIT")
        await batch
    assert await waiting(store) == [1]


async def test_a_file_locked_for_too_long_is_an_error_and_no_more(store: Store, path: Path) -> None:
    """When the wait for a locked file ends without success, the same message can be stored afterwards."""
    await store.database.execute("PRAGMA busy_timeout = 20")  # milliseconds; 10 s otherwise
    await enqueue(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await take_in(store, 1)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await store.transitions.cancel("job", now=NOW)
        assert await store.reports.count_by_state() == {"queued": 1}  # reading goes on
        other.execute("COMMIT")
    await take_in(store, 1)
    assert await waiting(store) == [1]


async def test_the_bot_waits_ten_seconds_for_a_lock(store: Store) -> None:
    """A file locked for less than ten seconds is no error."""
    row = await store.database.fetch_one("PRAGMA busy_timeout")
    assert row is not None
    assert row[0] == 10_000
