"""The connection: pragmas, migrations, single statements, and the few longer transactions.

What can go wrong, as exceptions:

* DatabaseError             the file can't be opened, migrated or backed up; its message is for the operator
* StorageError              a statement on the open file failed; another name for sqlite3.Error
  * sqlite3.DatabaseError   the file is damaged
    + OperationalError      the disk is full, the file is read-only, or another process locked it for over 10 s
    + IntegrityError        a CHECK, a unique index or a foreign key refused the row; this is a mistake in the code

`is_row_error` tells the errors that one row's values cause from those of the file.

Whoever calls the store catches StorageError and tries again later. A statement that failed has changed nothing.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import asynccontextmanager
from importlib import resources
from typing import TYPE_CHECKING, Any, Self

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    Parameters = Sequence[Any] | Mapping[str, Any]

_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",  # milliseconds
    "PRAGMA journal_mode = WAL",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten in the file
    "PRAGMA synchronous = FULL",  # a commit is on the disk before anyone acts on it
)

MIN_SQLITE = (3, 39, 0)
"""The first version that has IS NOT DISTINCT FROM. Python brings SQLite with it, or takes the system's."""

StorageError = sqlite3.Error
"""What any method of the store may raise; see the module's docstring."""


def is_row_error(error: BaseException) -> bool:
    """Return True if the values of one row caused the error: others can be stored and read all the same."""
    return isinstance(
        error, sqlite3.IntegrityError | sqlite3.DataError | sqlite3.InterfaceError | sqlite3.ProgrammingError
    ) or (isinstance(error, sqlite3.OperationalError) and "could not decode" in str(error).lower())


class DatabaseError(Exception):
    """The database can't be used; the message says why and what to do."""


class Database:
    """One SQLite connection, shared by the whole process.

    Each statement commits by itself, so that a cancelled task leaves no change half done.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._lock = asyncio.Lock()
        self._closed = False

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file. Create it, readable by its owner only, and bring its schema up to date if need be.

        Raises:
            DatabaseError: the file can't be opened, is no database or a newer version's, or SQLite is too old.
        """
        check_sqlite_version(sqlite3.sqlite_version_info)
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
            await connection.execute_fetchall("PRAGMA foreign_keys = ON")
        except BaseException as error:
            await _close_connection(connection)
            if isinstance(error, sqlite3.Error | DatabaseError):
                raise DatabaseError(f"The database {path} cannot be used: {error}.") from error
            raise
        return cls(connection)

    async def close(self) -> None:
        """Close the file. What was committed stays; closing twice is no error."""
        if not self._closed:
            self._closed = True
            await _close_connection(self._connection)

    async def execute(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Run one statement, commit it, and return its rows."""
        async with self._lock:
            try:
                return list(await self._connection.execute_fetchall(sql, parameters))
            except UnicodeEncodeError:  # half of a surrogate pair, for which UTF-8 has no bytes
                return list(await self._connection.execute_fetchall(sql, _encodable(parameters)))

    async def fetch_one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Run one statement, commit it, and return its first row, or None."""
        rows = await self.execute(sql, parameters)
        return rows[0] if rows else None

    async def execute_many(self, sql: str, parameters: Sequence[Parameters]) -> None:
        """Run one statement for each set of parameters, all or none."""
        async with self.transaction() as transaction:
            await transaction.executemany(sql, parameters)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Run several statements, all or none: any exception rolls them back, a cancellation too."""
        async with self._lock:
            try:
                await self._connection.execute_fetchall("BEGIN IMMEDIATE")
                yield self._connection
                await self._connection.commit()
            except BaseException:
                # The connection's thread runs this after the statement that the cancelled task was waiting for.
                await asyncio.shield(self._connection.rollback())
                raise


def _encodable(parameters: Parameters) -> Parameters:
    """Return the parameters with a question mark for each character that UTF-8 does not have."""
    if isinstance(parameters, Mapping):
        return {name: _encodable_text(value) for name, value in parameters.items()}
    return [_encodable_text(value) for value in parameters]


def _encodable_text(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


async def _close_connection(connection: aiosqlite.Connection) -> None:
    """Close the connection and end its thread, even if the task is cancelled meanwhile."""
    stopped = connection.stop()
    if stopped is not None:
        await asyncio.shield(stopped)


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Check that SQLite is new enough.

    Raises:
        DatabaseError: it is not.
    """
    if version < MIN_SQLITE:
        found, needed = (".".join(map(str, numbers)) for numbers in (version, MIN_SQLITE[:2]))
        raise DatabaseError(
            f"The bot needs SQLite {needed} or newer, and this Python has {found}. Use a newer Python or Docker."
        )


def create_private_file(path: Path) -> None:
    """Create the folder and the file if they are missing; only the owner may read it, since it holds personal data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def migration_steps() -> list[Traversable]:
    """Return the files of the migrations, in order. `PRAGMA user_version` counts those that a database has had."""
    files = resources.files("storage") / "migrations"
    return sorted((file for file in files.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)


async def _migrate(connection: aiosqlite.Connection) -> None:
    """Apply the migrations that this file lacks, in one transaction. A second process that starts waits for it.

    Foreign keys are off meanwhile: rebuilding a table drops it, and that would delete the rows that refer to it.
    Instead, all of them are checked before the commit. The pragma has no effect inside a transaction.
    """
    steps = migration_steps()
    await connection.execute_fetchall("PRAGMA foreign_keys = OFF")
    await connection.execute_fetchall("BEGIN IMMEDIATE")
    rows = list(await connection.execute_fetchall("PRAGMA user_version"))
    version: int = rows[0][0]
    if version > len(steps):
        raise DatabaseError(f"it was made by a newer version of this bot (schema {version})")
    for step in steps[version:]:
        for statement in _split_statements(step.read_text("utf-8")):
            await connection.execute_fetchall(statement)
    if version < len(steps) and list(await connection.execute_fetchall("PRAGMA foreign_key_check")):
        raise DatabaseError("rows in it refer to others that are missing; restore a backup")
    rows = list(await connection.execute_fetchall("PRAGMA application_id"))
    if not rows[0][0]:  # a random id in the file's header, by which its backups are known to be this bot's
        await connection.execute_fetchall(f"PRAGMA application_id = {1 + secrets.randbelow(2**31 - 1)}")
    await connection.execute_fetchall(f"PRAGMA user_version = {len(steps)}")
    await connection.commit()


def _split_statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; a trigger's body belongs to its statement."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
