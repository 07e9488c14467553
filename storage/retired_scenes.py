"""Scenes that a video service no longer knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class RetiredScene:
    """A scene under the service's own name for it, what the service said, and when (Unix seconds)."""

    service: str
    scene: str
    detail: str
    retired_at: float


class RetiredScenes:
    """The table `retired_scenes`."""

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
