"""What the operator is told once, until it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.database import Database


@dataclass(frozen=True, slots=True)
class AdminNotice:
    """A sentence for one admin. `kind` names its text, `detail` what the service said."""

    admin_id: int
    kind: str
    detail: str


class AdminNotices:
    """The table `notices`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def raise_once(self, kind: str, detail: str, admins: Iterable[int], *, now: float) -> None:
        """Queue a notice for each admin, unless that kind stands already."""
        await self._database.execute_many(
            "INSERT INTO notices (admin_id, kind, detail, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(admin, kind, detail, now) for admin in admins],
        )

    async def unsent(self) -> list[AdminNotice]:
        """Notices that still have to be sent."""
        rows = await self._database.execute("SELECT admin_id, kind, detail FROM notices WHERE told_at IS NULL")
        return [AdminNotice(*row) for row in rows]

    async def sent(self, notice: AdminNotice, *, now: float) -> None:
        """The admin has it, or cannot be reached."""
        await self._database.execute(
            "UPDATE notices SET told_at = ? WHERE admin_id = ? AND kind = ?",
            (now, notice.admin_id, notice.kind),
        )

    async def resolve(self, *kinds: str) -> None:
        """What these notices told of is over: should it come back, it is told again."""
        marks = ", ".join("?" * len(kinds))
        await self._database.execute(f"DELETE FROM notices WHERE kind IN ({marks})", kinds)
