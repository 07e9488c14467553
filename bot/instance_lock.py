"""A lock file beside the database: two processes on one database would submit the same jobs."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import AlreadyRunning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def single_instance(database: Path) -> Iterator[None]:
    """Hold the lock of this database. The system releases it when the process ends, even if it is killed.

    Raises:
        AlreadyRunning: another process holds it.
        OSError: the folder cannot be written to.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(database.with_name(database.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"Another bot is running on {database}. Stop it first, or set DATABASE_PATH."
            ) from None
        yield
    finally:
        os.close(handle)
