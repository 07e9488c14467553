"""Notices for the admins: each is sent once, until its cause is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.database import Database


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """What a notice is about: an admin is told once of each kind. The column `kind` has it as text.

    Attributes:
        cause: names the text that the admin reads, `notice-CAUSE`.
        service: the video service that it concerns, if it concerns one.
        scene: the scene at that service, if it concerns one.
    """

    cause: str
    service: str = ""
    scene: str = ""

    def encode(self) -> str:
        """Return the text for the column: `cause`, `cause.service` or `cause.service.scene`."""
        return ".".join(part for part in (self.cause, self.service, self.scene) if part)

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return the kind that `encode` made the text of; only a scene may contain dots."""
        return cls(*text.split(".", 2))


@dataclass(frozen=True, slots=True)
class AdminNotice:
    """A message for one admin: `kind` names its text, `detail` is what the service said."""

    admin_id: int
    kind: str
    detail: str


class AdminNotices:
    """The table `notices`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def raise_once(self, kind: str, detail: str, admins: Iterable[int], *, now: float) -> None:
        """Queue a notice for each admin who has none of this kind yet."""
        await self._database.execute_many(
            """INSERT INTO notices (admin_id, kind, detail, made_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (admin_id, kind) DO NOTHING""",
            [(admin, kind, detail, now) for admin in admins],
        )

    async def unsent(self) -> list[AdminNotice]:
        """Return the notices that still have to be sent."""
        rows = await self._database.execute("SELECT admin_id, kind, detail FROM notices WHERE told_at IS NULL")
        return [AdminNotice(*row) for row in rows]

    async def sent(self, notice: AdminNotice, *, now: float) -> None:
        """Note that the admin has the notice, or can't be reached."""
        await self._database.execute(
            "UPDATE notices SET told_at = ? WHERE admin_id = ? AND kind = ?",
            (now, notice.admin_id, notice.kind),
        )

    async def resolve(self, *kinds: str) -> None:
        """Forget notices of these kinds, because their cause is gone; if it comes back, they are sent again."""
        marks = ", ".join("?" * len(kinds)) or "NULL"
        await self._database.execute(f"DELETE FROM notices WHERE kind IN ({marks})", kinds)
