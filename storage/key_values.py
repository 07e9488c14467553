"""Values of the installation as a whole, such as the secret part of the callback path."""

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
        """Return the value with this name; if there is none, store what `create` returns."""
        found = await self.get(name)
        if found is None:
            await self._database.execute(
                "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (name, create())
            )
            found = await self.get(name)
        return found or ""

    async def set(self, name: str, value: str) -> None:
        """Store the value with this name, in place of an earlier one."""
        await self._database.execute(
            """INSERT INTO installation (name, value) VALUES (?, ?)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
            (name, value),
        )

    async def get(self, name: str) -> str | None:
        """Return the value with this name, or None."""
        row = await self._database.fetch_one("SELECT value FROM installation WHERE name = ?", (name,))
        return row[0] if row else None
