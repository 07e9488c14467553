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
    """Return the bytes of a file, outside of an async function."""
    return path.read_bytes()


def write(path: Path, data: bytes) -> None:
    """Replace the bytes of a file, outside of an async function."""
    path.write_bytes(data)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Run the block as an ordinary user, because permissions don't apply to root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def shared_folder() -> Iterator[Path]:
    """Yield a temporary folder that every user may write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


async def error_on_open(path: Path) -> str:
    """Return what the operator reads if the store can't be opened."""
    with pytest.raises(DatabaseError) as caught:
        await Store.open(path)
    return str(caught.value)


async def add(store: Store, number: int, payload: str = "") -> None:
    await store.inbox.add([(number, "a", payload)], now=NOW)


async def pending(store: Store) -> list[int]:
    return [row.update_id for row in await store.inbox.pending(now=NOW, busy=(), limit=100)]


# ---------------------------------------------------------------- open
async def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    """An older bot says that a newer one made the file, and does not change it."""
    await (await Store.open(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = read(path)
    assert await error_on_open(path) == (
        f"The database {path} cannot be used: it was made by a newer version of this bot (schema 999)."
    )
    assert read(path) == before


@pytest.mark.parametrize(
    "content",
    [b"not a database", bytes(range(256)) * 32, b"SQLite format 3\0" + bytes(100)],
    ids=["text", "bytes", "empty head"],
)
async def test_a_corrupt_file_is_refused(path: Path, content: bytes) -> None:
    """A file that is no database is named in a sentence, and is not changed."""
    write(path, content)
    assert (await error_on_open(path)).startswith(f"The database {path} cannot be used: ")
    assert read(path) == content


async def test_a_file_cut_short_is_refused(path: Path) -> None:
    """A database that lost its end is noticed at start, and named in a sentence."""
    store = await Store.open(path)
    await enqueue(store)
    await store.close()
    whole = read(path)
    write(path, whole[: len(whole) // 2])
    assert (await error_on_open(path)).startswith(f"The database {path} cannot be used: ")


async def test_a_folder_instead_of_the_file(tmp_path: Path) -> None:
    """A path that is a folder is named in a sentence."""
    assert (await error_on_open(tmp_path)).startswith(f"The database {tmp_path} cannot be opened: ")


async def test_a_file_instead_of_the_folder(tmp_path: Path) -> None:
    """A path through a file is named in a sentence."""
    (tmp_path / "data").write_text("a file")
    path = tmp_path / "data" / "bot.db"
    assert (await error_on_open(path)).startswith(f"The database {path} cannot be opened: ")


async def test_a_read_only_file() -> None:
    """A file without write permission is named in a sentence."""
    with shared_folder() as folder:
        path = folder / "bot.db"
        await (await Store.open(path)).close()
        path.chmod(0o444)
        with unprivileged():
            message = await error_on_open(path)
    assert message.startswith(f"The database {path} cannot be opened: ")
    assert "Permission denied" in message


async def test_a_read_only_folder() -> None:
    """A file in a folder in which SQLite can't create its other files is named in a sentence."""
    with shared_folder() as folder:
        path = folder / "bot.db"
        await (await Store.open(path)).close()
        path.chmod(0o666)
        folder.chmod(0o555)
        with unprivileged():
            message = await error_on_open(path)
        folder.chmod(0o700)
    assert message.startswith(f"The database {path} cannot be used: ")


async def test_two_processes_create_the_file_at_once(path: Path) -> None:
    """`check` and the first start of the bot may run at the same moment."""
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


# ---------------------------------------------------------------- while the file is open
async def test_a_file_that_becomes_read_only_loses_nothing(store: Store) -> None:
    """While nothing can be written, storing an update fails, so it is not confirmed; later it succeeds."""
    await add(store, 1)
    await store.database.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await add(store, 2)
    assert await pending(store) == [1]
    await store.database.execute("PRAGMA query_only = OFF")
    await store.inbox.mark_done([1])
    await add(store, 2)
    assert await pending(store) == [2]


async def test_a_full_disk_loses_nothing(store: Store) -> None:
    """While the disk is full, storing an update fails, so it is not confirmed; when there is room it succeeds."""
    await add(store, 1)
    row = await store.database.fetch_one("PRAGMA page_count")
    assert row is not None
    await store.database.execute(f"PRAGMA max_page_count = {row[0]}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await add(store, 2, "x" * 100_000)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await store.inbox.set_aside_undecodable("x" * 100_000, now=NOW)
    assert await pending(store) == [1]
    await store.database.execute("PRAGMA max_page_count = 1000000")
    await store.inbox.mark_done([1])
    await add(store, 2, "x" * 100_000)
    assert await pending(store) == [2]
    checked = await store.database.fetch_one("PRAGMA integrity_check")
    assert checked is not None
    assert checked[0] == "ok"


async def test_a_lock_of_a_moment_is_waited_for(store: Store, path: Path) -> None:
    """Another process that locks the file for a moment delays an update and loses none."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        batch = asyncio.create_task(add(store, 1))
        done, _ = await asyncio.wait({batch}, timeout=0.2)
        assert not done
        other.execute("COMMIT")
        await batch
    assert await pending(store) == [1]


async def test_a_lock_for_too_long_is_an_error(store: Store, path: Path) -> None:
    """If the file is locked for too long, writing fails, reading goes on, and writing succeeds afterwards."""
    await store.database.execute("PRAGMA busy_timeout = 20")  # milliseconds; 10 s otherwise
    await enqueue(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await add(store, 1)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await store.transitions.cancel("job", now=NOW)
        assert await store.reports.count_by_state() == {"queued": 1}  # reading goes on
        other.execute("COMMIT")
    await add(store, 1)
    assert await pending(store) == [1]


async def test_a_lock_is_waited_for_ten_seconds(store: Store) -> None:
    """A lock of less than ten seconds is no error."""
    row = await store.database.fetch_one("PRAGMA busy_timeout")
    assert row is not None
    assert row[0] == 10_000
