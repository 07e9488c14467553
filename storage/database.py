"""The connection: pragmas, migrations, single-statement writes, and the few longer transactions."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager
from importlib import resources
from typing import TYPE_CHECKING, Any, Self

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
    from pathlib import Path

    Parameters = Sequence[Any] | Mapping[str, Any]

_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",  # milliseconds
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk before anyone acts on it
    "PRAGMA foreign_keys = ON",
)


StorageError = sqlite3.Error
"""What a method of the store may raise: the disk is full, the file is locked or damaged."""


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


class Database:
    """One SQLite connection, shared by everyone in the process.

    Each statement commits by itself, so that a cancelled task leaves nothing half done.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._lock = asyncio.Lock()
        self._closed = False

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file, making it (readable by its owner only) and bringing its schema up to date.

        Raises:
            DatabaseError: the file cannot be opened, or is not a database of this version.
        """
        try:
            create_private_file(path)
            connection = await aiosqlite.connect(path, isolation_level=None, cached_statements=256)
        except (OSError, sqlite3.Error) as error:
            raise DatabaseError(f"The database {path} cannot be opened: {error}.") from error
        try:
            connection.row_factory = sqlite3.Row
            for pragma in _PRAGMAS:
                await connection.execute_fetchall(pragma)
            await _migrate(connection)
        except BaseException as error:
            await _close_connection(connection)
            if isinstance(error, sqlite3.Error | DatabaseError):
                raise DatabaseError(f"The database {path} cannot be used: {error}.") from error
            raise
        return cls(connection)

    async def close(self) -> None:
        """Close the file; what was committed stays."""
        if not self._closed:
            self._closed = True
            await _close_connection(self._connection)

    async def execute(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Run one statement, committed when this returns, and give its rows."""
        async with self._lock:
            return list(await self._connection.execute_fetchall(sql, parameters))

    async def fetch_one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Run one statement, committed when this returns, and give its first row."""
        found = await self.execute(sql, parameters)
        return found[0] if found else None

    async def execute_many(self, sql: str, parameters: Sequence[Parameters]) -> None:
        """Run one statement for each set of parameters, all or none."""
        async with self.transaction() as transaction:
            await transaction.executemany(sql, parameters)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Several statements, all or none; rolled back on any exception, a cancellation included."""
        async with self._lock:
            try:
                await self._connection.execute_fetchall("BEGIN IMMEDIATE")
                yield self._connection
                await self._connection.commit()
            except BaseException:
                # The connection's own thread runs this after whatever the cancelled task had asked for.
                await asyncio.shield(self._connection.rollback())
                raise


async def _close_connection(connection: aiosqlite.Connection) -> None:
    """Close the connection and end its thread: queued behind what is under way, so that no cancellation prevents it."""
    stopped = connection.stop()
    if stopped is not None:
        await asyncio.shield(stopped)


def create_private_file(path: Path) -> None:
    """Make the folder and the file, the file for its owner only: it holds who asked for what."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


async def _migrate(connection: aiosqlite.Connection) -> None:
    """Apply the migrations that this file has not seen, all or none; a second process that starts waits."""
    files = resources.files("storage") / "migrations"
    steps = sorted((file for file in files.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    await connection.execute_fetchall("BEGIN IMMEDIATE")
    rows = list(await connection.execute_fetchall("PRAGMA user_version"))
    version: int = rows[0][0]
    if version > len(steps):
        raise DatabaseError(f"it was made by a newer version of this bot (schema {version})")
    for step in steps[version:]:
        for statement in _split_statements(step.read_text("utf-8")):
            await connection.execute_fetchall(statement)
    await connection.execute_fetchall(f"PRAGMA user_version = {len(steps)}")
    await connection.commit()


def _split_statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger's body is one with it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
