"""Scenes that a video service no longer makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class RetiredScene:
    """A scene by the service's own name, what the service said, and when: Unix time in seconds."""

    service: str
    scene: str
    detail: str
    retired_at: float


class RetiredScenes:
    """The table `retired_scenes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[RetiredScene]:
        """All of them, by service and name."""
        rows = await self._database.execute(
            "SELECT service, scene, detail, retired_at FROM retired_scenes ORDER BY service, scene"
        )
        return [RetiredScene(*row) for row in rows]

    async def scenes(self) -> frozenset[tuple[str, str]]:
        """All of them as pairs of service and scene."""
        return frozenset((one.service, one.scene) for one in await self.all())

    async def add(self, service: str, scene: str, detail: str, *, now: float) -> None:
        """The service does not know it any more; one that stands there already stays as it is."""
        await self._database.execute(
            """INSERT INTO retired_scenes (service, scene, detail, retired_at) VALUES (?, ?, ?, ?)
               ON CONFLICT DO NOTHING""",
            (service, scene, detail, now),
        )

    async def restore(self, service: str, scene: str) -> bool:
        """Forget that it was retired; False where it was not."""
        row = await self._database.fetch_one(
            "DELETE FROM retired_scenes WHERE service = ? AND scene = ? RETURNING 1", (service, scene)
        )
        return row is not None
