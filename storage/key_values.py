"""What is kept for this database as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database


class KeyValues:
    """The table `installation`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get_or_create(self, name: str, create: Callable[[], str]) -> str:
        """The value of this name; `make` is asked for it the first time only."""
        found = await self.get(name)
        if found is None:
            await self._database.execute(
                "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, create())
            )
            found = await self.get(name)
        return found or ""

    async def set(self, name: str, value: str) -> None:
        """Set the value of this name."""
        await self._database.execute(
            "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            (name, value),
        )

    async def get(self, name: str) -> str | None:
        """The value of this name; None where there is none."""
        row = await self._database.fetch_one("SELECT value FROM installation WHERE name = ?", (name,))
        return row[0] if row else None
