"""Locks on the database: two processes on one database would submit the same jobs.

One is on a file beside the real database, wherever symbolic links lead to it from. On Linux another is on the database
itself, which finds it under a second name too: a hard link, or a folder that is mounted twice. It is flock(2), of which
SQLite's own locks know nothing there; on other systems the two would get into each other's way.
"""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import AlreadyRunning
from storage import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def single_instance(database: Path) -> Iterator[None]:
    """Hold the locks of this database. The system releases them when the process ends, even if it is killed.

    Raises:
        AlreadyRunning: another process holds one.
        DatabaseError: the database cannot be opened.
        OSError: the folder cannot be written to.
    """
    real = Path(os.path.realpath(database))
    real.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = [real.with_name(real.name + ".lock")]
        if sys.platform == "linux" and not real.is_dir():
            files.append(real)
        for file in files:
            # The database's handle is closed after the store: closing one ends all of SQLite's own locks on it.
            try:
                handle = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            except OSError as error:
                if file is real:
                    raise DatabaseError(f"The database {database} cannot be opened: {error}.") from error
                raise
            stack.callback(os.close, handle)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning(
                    f"Another bot is running on {database}. Stop it first, or set DATABASE_PATH."
                ) from None
        yield
