"""The times in the database, which move along if the bot's clock begins elsewhere than the last process left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database

_LAG = "clock_lag"
_TIMES = """SELECT tables.name AS "table", columns.name AS "column"
    FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND columns.type = 'REAL'
        AND (columns.name LIKE '%@_at' ESCAPE '@' OR columns.name = 'sent_after')"""


class Times:
    """Unix times in seconds, by the bot's clock: every column and every value of the installation named `…_at`.

    `inbox.sent_after` is one, too.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> float | None:
        """Return when the last thing happened that is recorded, None if nothing has."""
        row = await self._database.fetch_one(
            """SELECT max(at) FROM (SELECT max(changed_at) AS at FROM jobs UNION ALL SELECT max(received_at) FROM inbox
               UNION ALL SELECT max(created_at) FROM drafts) AS events"""
        )
        return row[0] if row else None

    async def lag(self) -> float:
        """Return how far the true time was ahead of the times in the database, as far as the last process knew."""
        row = await self._database.fetch_one("SELECT value FROM installation WHERE name = ?", (_LAG,))
        return float(row[0]) if row else 0.0

    async def set_lag(self, seconds: float) -> None:
        """Store how far the true time is ahead of the times in the database."""
        await self._database.execute(
            """INSERT INTO installation (name, value) VALUES (?, ?)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
            (_LAG, str(seconds)),
        )

    async def move(self, seconds: float) -> None:
        """Add so many seconds to every time, so that all waits and ages stay as they are. There is no lag then."""
        columns: dict[str, list[str]] = {}
        for table, column in await self._database.execute(_TIMES):
            columns.setdefault(table, []).append(column)
        async with self._database.transaction() as transaction:
            for table, names in columns.items():
                moved = ", ".join(f"{name} = {name} + :seconds" for name in names)
                await transaction.execute(f"UPDATE {table} SET {moved}", {"seconds": seconds})
            await transaction.execute(
                """UPDATE installation SET value = CAST(CAST(value AS REAL) + :seconds AS TEXT)
                   WHERE name LIKE '%@_at' ESCAPE '@'""",
                {"seconds": seconds},
            )
            await transaction.execute("DELETE FROM installation WHERE name = ?", (_LAG,))
