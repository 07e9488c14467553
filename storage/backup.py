"""A consistent copy of the database, made while the bot runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from storage.database import DatabaseError, create_private_file

if TYPE_CHECKING:
    from pathlib import Path


def back_up(source: Path, target: Path) -> int:
    """Copy the database with SQLite's backup API, and return the size of the copy in bytes.

    An older `target` is replaced only when the copy is complete.

    Raises:
        DatabaseError: there is no such database, or the copy can't be written.
    """
    if not source.is_file():
        raise DatabaseError(f"There is no database {source}.")
    partial = target.with_name(target.name + ".new")
    try:
        partial.unlink(missing_ok=True)
        create_private_file(partial)
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as original,
            closing(sqlite3.connect(partial)) as copy,
        ):
            original.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a -wal beside it
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"The backup {target} could not be made: {error}.") from error
    return target.stat().st_size
