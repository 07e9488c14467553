"""What concerns the installation as a whole: values such as the secret of the callback path, and retired scenes."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class RetiredScene:
    """A scene under the service's own name for it, what the service said, and when (Unix seconds)."""

    service: str
    scene: str
    detail: str
    retired_at: float


class RetiredScenes:
    """The table `retired_scenes`: scenes that a video service no longer knows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[RetiredScene]:
        """Return all retired scenes, sorted by service and name."""
        rows = await self._database.execute(
            "SELECT service, scene, detail, retired_at FROM retired_scenes ORDER BY service, scene"
        )
        return [RetiredScene(*row) for row in rows]

    async def scenes(self) -> frozenset[tuple[str, str]]:
        """Return all retired scenes as pairs of service and scene."""
        return frozenset((retired.service, retired.scene) for retired in await self.all())

    async def add(self, service: str, scene: str, detail: str, *, now: float) -> None:
        """Retire a scene; one that is retired already stays as it is."""
        await self._database.execute(
            """INSERT INTO retired_scenes (service, scene, detail, retired_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (service, scene) DO NOTHING""",
            (service, scene, detail, now),
        )

    async def restore(self, service: str, scene: str) -> bool:
        """Offer a scene again; False if it was not retired."""
        row = await self._database.fetch_one(
            "DELETE FROM retired_scenes WHERE service = ? AND scene = ? RETURNING 1", (service, scene)
        )
        return row is not None
