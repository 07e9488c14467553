"""Copies of the database: one is made while the bot runs, and put back while it does not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from storage.database import DatabaseError, migration_steps

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


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        kept: where the database that was replaced is now; None if there was none.
        made_at: when the last thing happened that the copy knows of (Unix seconds); None if nothing has.
        waiting: how many jobs were waiting for their submit then, or in doubt.
        at_service: how many jobs a service was working on then.
    """

    kept: Path | None
    made_at: float | None
    waiting: int
    at_service: int


def restore(backup: Path, database: Path, *, suffix: str) -> Restored:
    """Put a backup in the place of the database, which is kept beside it with this suffix. The bot must not be running.

    Raises:
        DatabaseError: it is no whole backup of a bot like this one, or the files can't be written.
    """
    if not backup.is_file():
        raise DatabaseError(f"There is no backup {backup}.")
    try:
        real = Path(os.path.realpath(database))
        if _is_own_file(database, Path(os.path.realpath(backup))):
            raise DatabaseError(f"{backup} is the database itself or belongs to it, so there is nothing to put back.")
        real.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{real.name[:100]}.", suffix=".partial", dir=real.parent)  # mode 600
        os.close(handle)
        partial = Path(name)
        try:
            _copy(backup, partial)
            facts = _read_facts(backup, partial)
            kept = _keep(real, real.with_name(real.name + suffix))
            partial.replace(real)
        finally:
            partial.unlink(missing_ok=True)
        _sync(real.parent)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseError(f"The backup {backup} could not be put back: {error}.") from error
    return Restored(kept, *facts)


def _read_facts(backup: Path, copy: Path) -> tuple[float | None, int, int]:
    """Check that the copy is a whole database of the bot; return the fields of `Restored` that it tells.

    Raises:
        DatabaseError: it is not, or it is of a newer version.
    """
    with closing(sqlite3.connect(copy)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not tables >= _TABLES:
            raise DatabaseError(f"{backup} is no backup of a bot like this one.")
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise DatabaseError(f"{backup} is damaged. Take another one.")
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migration_steps()):
            raise DatabaseError(f"{backup} comes from a newer version of the bot. Upgrade the bot first.")
        (made_at,) = connection.execute(
            "SELECT max(at) FROM (SELECT max(changed_at) AS at FROM jobs UNION ALL SELECT max(received_at) FROM inbox)"
        ).fetchone()
        waiting, at_service = connection.execute(
            """SELECT count(*) FILTER (WHERE state IN ('queued', 'submitting', 'in_doubt', 'needs_decision')),
                   count(*) FILTER (WHERE state = 'generating') FROM jobs"""
        ).fetchone()
    return made_at, waiting, at_service


def _keep(real: Path, kept: Path) -> Path | None:
    """Give the database another name, with what SQLite has beside it; None if there is none. It need not be whole."""
    if not real.exists() or real.stat().st_size == 0:
        return None
    if os.path.lexists(kept):
        raise FileExistsError(f"{kept} exists already")
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(real)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        os.link(real, kept)  # the database keeps its name until the backup has it, so that there is always one
    except OSError:  # a file system without hard links
        shutil.copyfile(real, kept)
        kept.chmod(0o600)
        _sync(kept)
    for suffix in ("-wal", "-journal"):
        beside = real.with_name(real.name + suffix)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + suffix))
    real.with_name(real.name + "-shm").unlink(missing_ok=True)
    return kept


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
