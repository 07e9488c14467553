"""A consistent copy of the database, made while the bot runs."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from storage.database import DatabaseError

_HEADER = b"SQLite format 3\0"
_ROLLBACK_JOURNAL = b"\1\1"  # SQLite's file format, bytes 18 and 19: a bot's own database has 2, for its -wal
_OWN_SUFFIXES = ("", "-wal", "-shm", "-journal", ".lock", ".pulse", ".pulse.new")  # of the files of a running bot
_TABLES = frozenset({"jobs", "job_events", "inbox"})


def back_up(source: Path, target: Path) -> int:
    """Copy the database with SQLite's backup API, and return the size of the copy in bytes.

    `target` must be absent or an older backup of the same bot, which is replaced only when the copy is complete.

    Raises:
        DatabaseError: there is no such database, `target` is something else, or the copy can't be written.
    """
    if not source.is_file():
        raise DatabaseError(f"There is no database {source}.")
    try:
        real = Path(os.path.realpath(target))
        _check_target(source, target, real)
        real.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{real.name[:100]}.", suffix=".partial", dir=real.parent)  # mode 600
        os.close(handle)
        partial = Path(name)
        try:
            _copy(source, partial)
            _put_in_place(partial, target, real)
        finally:
            partial.unlink(missing_ok=True)
        return real.stat().st_size
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"The backup {target} could not be made: {error}.") from error


def _copy(source: Path, partial: Path) -> None:
    with closing(_open_read_only(source)) as original, closing(sqlite3.connect(partial)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a -wal beside it
    _sync(partial)


def _put_in_place(partial: Path, target: Path, real: Path) -> None:
    """Give the copy its name. A file that has appeared there meanwhile is not replaced."""
    if real.exists():
        partial.replace(real)
    else:
        try:
            os.link(partial, real)  # unlike a rename, this never replaces a file
        except FileExistsError:
            raise _left_alone(target) from None
        except OSError:  # a file system without hard links
            partial.replace(real)
    _sync(real.parent)


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_target(source: Path, target: Path, real: Path) -> None:
    """Check that nothing but an older backup of the same bot would be replaced.

    Raises:
        DatabaseError: something else would be.
        OSError: the target can't be read.
    """
    if _is_own_file(source, real):
        raise DatabaseError(f"{target} is the database itself or belongs to it. Choose another name for the backup.")
    if not os.path.lexists(real):
        return
    if not real.is_file() or any(real.with_name(real.name + suffix).exists() for suffix in ("-wal", "-journal")):
        raise _left_alone(target)
    with real.open("rb") as file:
        head = file.read(20)
    if not head.startswith(_HEADER) or head[18:20] != _ROLLBACK_JOURNAL:
        raise _left_alone(target)
    try:
        with closing(_open_read_only(source)) as original, closing(_open_read_only(real)) as backup:
            if not _is_older(original, backup):
                raise _left_alone(target)
    except sqlite3.Error:
        raise _left_alone(target) from None


def _is_own_file(source: Path, real: Path) -> bool:
    """Whether this is the database under any of its names, or a file that SQLite or the bot has beside it."""
    database = Path(os.path.realpath(source))
    own = [database.with_name(database.name + suffix) for suffix in _OWN_SUFFIXES]
    own += [source.with_name(source.name + suffix) for suffix in _OWN_SUFFIXES]
    if any(real == path or (real.exists() and path.exists() and real.samefile(path)) for path in own):
        return True
    # On a disk that ignores capitals, other spellings are the same name.
    return any(real.parent == path.parent and real.name.casefold() == path.name.casefold() for path in own)


def _is_older(original: sqlite3.Connection, backup: sqlite3.Connection) -> bool:
    """Whether the backup is one of this database, and holds nothing that is newer."""
    tables = {row[0] for row in backup.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not tables >= _TABLES:
        return False
    id_of_backup = _database_id(backup)
    if id_of_backup and id_of_backup != _database_id(original):
        return False
    counters = "SELECT name, seq FROM sqlite_sequence"
    now = dict(original.execute(counters))
    return all(number <= now.get(name, 0) for name, number in backup.execute(counters))


def _database_id(connection: sqlite3.Connection) -> int:
    """Return the random id of a database, which its backups share; 0 if it is from before there were any."""
    number: int = connection.execute("PRAGMA application_id").fetchone()[0]
    return number


def _open_read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _left_alone(target: Path) -> DatabaseError:
    return DatabaseError(f"{target} is no older backup of this bot, so it was left alone. Choose another name.")
