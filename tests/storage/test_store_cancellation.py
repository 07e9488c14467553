from __future__ import annotations

import asyncio
import inspect
import itertools
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storage import Store
from tests.storage.cancellation import Moment, cancel_at_await
from tests.storage.samples import NOW
from tests.storage.store_calls import NOT_ATOMIC, READS, WRITES, populate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

ROOT = Path(__file__).parents[2]
Rows = set[tuple[Any, ...]]


@pytest.fixture(scope="module")
def populated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with something of everything."""
    path = tmp_path_factory.mktemp("populated") / "bot.db"

    async def make() -> None:
        store = await Store.open(path)
        await populate(store)
        await store.close()

    asyncio.run(make())
    return path


@asynccontextmanager
async def copy_of(populated: Path, path: Path) -> AsyncIterator[Store]:
    """Open a store on a fresh copy of that file."""
    shutil.copyfile(populated, path)
    store = await Store.open(path)
    try:
        yield store
    finally:
        await store.close()


def rows_of(path: Path) -> Rows:
    """Return every committed row, with its table's name in front, as another process sees it."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        # AUTOINCREMENT may skip numbers.
        names = {name for (name,) in tables} - {"sqlite_sequence"}
        return {(name, *row) for name in names for row in connection.execute(f"SELECT * FROM {name}")}  # noqa: S608


async def check_usable(store: Store, path: Path) -> None:
    """Check that the connection is in no transaction, and that it commits what it stores next."""
    async with store.database.transaction() as connection:  # fails inside another transaction
        pass
    assert not connection.in_transaction
    await store.inbox.add([(999, "next", "update")], now=NOW)
    assert any(row[0] == "inbox" and row[2] == 999 for row in rows_of(path))
    checked = await store.database.execute("PRAGMA integrity_check")
    assert [row[0] for row in checked] == ["ok"]


def test_every_method_has_an_example_call() -> None:
    """Whoever adds a method to the store is told to add an example call, so that it is tested under cancellation."""
    store = Store.__new__(Store)
    Store.__init__(store, None)  # type: ignore[arg-type]  # the database is not used
    methods = {
        f"{name}.{method}"
        for name, table in vars(store).items()
        for method, _ in inspect.getmembers(table, inspect.iscoroutinefunction)
        if name != "database" and not method.startswith("_")
    }
    own = {name for name, _ in inspect.getmembers(store, inspect.iscoroutinefunction)} - {"open", "close"}
    assert methods | own == READS.keys() | WRITES.keys()
    assert WRITES.keys() >= NOT_ATOMIC


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("name", list(READS))
async def test_a_cancelled_read_changes_nothing(populated: Path, path: Path, name: str, moment: Moment) -> None:
    """A task that is cancelled while it reads leaves the store unchanged and usable."""
    async with copy_of(populated, path) as store:
        before = rows_of(path)
        for number in itertools.count(1):
            if not await cancel_at_await(READS[name](store), number, moment):
                break
            assert rows_of(path) == before
        assert number > 1
        await check_usable(store, path)


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("name", list(WRITES))
async def test_row_18_a_cancelled_change_is_made_or_not(populated: Path, path: Path, name: str, moment: Moment) -> None:
    """A task that is cancelled at any await of a change leaves all of it or nothing, and the store usable."""
    change = WRITES[name]
    async with copy_of(populated, path) as store:
        before = rows_of(path)
        await change(store)
        after = rows_of(path)
    assert before != after
    for number in itertools.count(1):
        async with copy_of(populated, path) as store:
            if not await cancel_at_await(change(store), number, moment):
                break
            await store.database.execute("SELECT 1")  # waits until the statement under way has ended
            if name in NOT_ATOMIC:
                assert before & after <= rows_of(path) <= before | after
                await change(store)
                assert rows_of(path) == after
            else:
                assert rows_of(path) in (before, after)
            await check_usable(store, path)
    assert number > 1


@pytest.mark.parametrize("moment", list(Moment))
async def test_a_task_that_waits_for_the_connection_is_cancelled(store: Store, path: Path, moment: Moment) -> None:
    """A task cancelled while it waits for another's transaction writes nothing, and the transaction is committed."""
    async with store.database.transaction() as transaction:
        waiting: list[Coroutine[Any, Any, object]] = [
            store.inbox.add([(1, "a", "x")], now=NOW),
            store.admin_notices.unsent(),
        ]
        tasks = [asyncio.create_task(cancel_at_await(each, 1, moment)) for each in waiting]
        if moment is not Moment.AFTER:  # that comes when the lock is released
            assert all(await asyncio.gather(*tasks))
        await transaction.execute("INSERT INTO notices VALUES (1, 'kind', '', NULL, 1)")
    assert all(await asyncio.gather(*tasks))
    assert {row[0] for row in rows_of(path)} == {"notices"}
    await check_usable(store, path)


@pytest.mark.parametrize("moment", list(Moment))
async def test_row_18_a_cancelled_transaction_keeps_nothing(store: Store, path: Path, moment: Moment) -> None:
    """A task cancelled between two statements of a transaction keeps neither."""

    async def write_two() -> None:
        async with store.database.transaction() as transaction:
            await transaction.execute("INSERT INTO notices VALUES (1, 'kind', '', NULL, 1)")
            await transaction.execute("INSERT INTO notices VALUES (2, 'kind', '', NULL, 1)")

    for number in (1, 2, 3):  # BEGIN and the two INSERTs
        assert await cancel_at_await(write_two(), number, moment)
        await store.database.execute("SELECT 1")
        assert rows_of(path) == set()
    await check_usable(store, path)


@pytest.mark.parametrize("moment", list(Moment))
async def test_a_cancelled_open_leaves_nothing_behind(tmp_path: Path, moment: Moment) -> None:
    """A bot stopped while it opens or closes the store ends, and leaves a file that the next start can open."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.cancelled_open", moment, tmp_path, cwd=ROOT, stdout=subprocess.PIPE
    )
    output, _ = await child.communicate()
    found = json.loads(output)
    assert found["awaits"] > 5
    assert (found["threads"], found["files"]) == ({}, {})
