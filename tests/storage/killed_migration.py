"""Opens a database and is killed before a statement of its migration, or before the COMMIT.

Run with the database and a part of the statement.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import aiosqlite

from storage import Store


class _Killed(sqlite3.Connection):
    """A connection that kills its process before the statement."""

    statement: ClassVar[str]

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        if self.statement in sql:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(sql, parameters)

    def commit(self) -> None:
        if self.statement == "COMMIT":
            os.kill(os.getpid(), signal.SIGKILL)
        super().commit()


if __name__ == "__main__":
    _Killed.statement = sys.argv[2]
    aiosqlite.connect = partial(aiosqlite.connect, factory=_Killed)
    asyncio.run(Store.open(Path(sys.argv[1])))
