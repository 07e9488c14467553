"""A consistent copy of the database, made while the bot runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from storage.database import DatabaseError, create_private_file

if TYPE_CHECKING:
    from pathlib import Path


def back_up(source: Path, target: Path) -> int:
    """Copy with SQLite's backup API; `target` is replaced once the copy is whole. Gives its size in bytes.

    Raises:
        DatabaseError: there is no such database, or the copy cannot be written.
    """
    if not source.is_file():
        raise DatabaseError(f"There is no database {source}.")
    fresh = target.with_name(target.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        create_private_file(fresh)
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(fresh)) as there,
        ):
            here.backup(there)
            there.execute("PRAGMA journal_mode = DELETE")  # one file, without a -wal beside it
        fresh.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"The backup {target} could not be made: {error}.") from error
    return target.stat().st_size
