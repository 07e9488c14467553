"""Run the bot, and kill it at its n-th SQL write: `python -m tests.crash.dies_at_write ORDER`.

ORDER is a file that the test writes to order the kill: `7 before` or `7 after`. Writes are counted from
the first one that finds the file there: every INSERT, UPDATE, DELETE and migration, and every COMMIT of several.
Production code knows nothing of this: the connection that sqlite3 makes is one that counts.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import aiosqlite

from bot.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterable

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def _kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _CountingConnection(sqlite3.Connection):
    """A connection that counts its writes and kills the process at the one that was ordered."""

    order: ClassVar[Path]
    count = 0
    last = False  # the process is killed when the current write is committed

    def _begin(self) -> None:
        """Count a write that is about to be made."""
        if not self.order.exists():
            return
        self.count += 1
        number, moment = self.order.read_text("utf-8").split()
        if self.count == int(number):
            if moment == "before":
                _kill_self()
            self.last = True

    def end(self) -> None:
        """Kill the process after the ordered write. A single statement commits with its last row: see the cursor."""
        if self.last:
            _kill_self()

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        cursor = self.cursor(_CountingCursor)
        if not sql.lstrip().upper().startswith(_WRITES):
            return cursor.execute(sql, parameters)
        self._begin()
        cursor.execute(sql, parameters)
        if self.in_transaction:
            self.end()
        return cursor

    def executemany(self, sql: str, parameters: Iterable[Any]) -> sqlite3.Cursor:
        self._begin()
        cursor = super().executemany(sql, parameters)
        self.end()
        return cursor

    def executescript(self, sql_script: str) -> sqlite3.Cursor:
        self._begin()
        cursor = super().executescript(sql_script)
        self.end()
        return cursor

    def commit(self) -> None:
        if not self.in_transaction:
            return
        self._begin()
        super().commit()
        self.end()


class _CountingCursor(sqlite3.Cursor):
    def fetchall(self) -> list[Any]:
        rows = super().fetchall()
        if isinstance(self.connection, _CountingConnection) and not self.connection.in_transaction:
            self.connection.end()
        return rows


if __name__ == "__main__":
    _CountingConnection.order = Path(sys.argv[1])
    aiosqlite.connect = partial(aiosqlite.connect, factory=_CountingConnection)
    sys.exit(main([]))
