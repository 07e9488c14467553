"""Who may use the bot: bans, and who was let in beside the setting `ALLOWED_IDS`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from storage.database import Database

# True if `:person_id` is not banned. A ban that comes between a request and its job holds, too.
NOT_BANNED = "NOT EXISTS (SELECT 1 FROM access WHERE id = :person_id AND status = 'banned')"


class AccessStatus(StrEnum):
    """What the admins said about an id; `UNKNOWN` is nothing."""

    BANNED = "banned"
    ALLOWED = "allowed"
    UNKNOWN = "unknown"


class AccessEntry(NamedTuple):
    """An id that the admins said something about; `changed_at` is Unix time in seconds."""

    id: int
    status: AccessStatus
    changed_at: float


class Access:
    """The table `access`. Only this process writes it, so it is kept in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._statuses: dict[int, AccessStatus] | None = None

    async def status(self, of: int) -> AccessStatus:
        """Return what the admins said about a user, a group or a channel."""
        if self._statuses is None:
            rows = await self._database.execute("SELECT id, status FROM access WHERE status <> 'unknown'")
            self._statuses = {row["id"]: AccessStatus(row["status"]) for row in rows}
        return self._statuses.get(of, AccessStatus.UNKNOWN)

    async def set(self, of: int, status: AccessStatus, *, now: float) -> None:
        """Ban, let in, or forget what was said; they are told anew of a ban."""
        await self._database.execute(
            """INSERT INTO access (id, status, changed_at) VALUES (?, ?, ?)
               ON CONFLICT (id) DO UPDATE SET status = excluded.status, changed_at = excluded.changed_at,
               told_at = CASE WHEN status = excluded.status THEN told_at END""",
            (of, status, now),
        )
        if self._statuses is not None:
            self._statuses[of] = status

    async def banned(self) -> list[AccessEntry]:
        """Return who is banned, the latest first."""
        return await self._with(AccessStatus.BANNED)

    async def allowed(self) -> list[AccessEntry]:
        """Return who was let in, the latest first."""
        return await self._with(AccessStatus.ALLOWED)

    async def _with(self, status: AccessStatus) -> list[AccessEntry]:
        rows = await self._database.execute(
            "SELECT id, changed_at FROM access WHERE status = ? ORDER BY changed_at DESC, id", (status,)
        )
        return [AccessEntry(row["id"], status, row["changed_at"]) for row in rows]

    async def note_told(self, of: int, *, again_after: float, now: float) -> bool:
        """Note that they are told now that they may not use the bot. Return False if they were told lately.

        Args:
            of: a user, a group or a channel.
            again_after: seconds after which they may be told again.
            now: Unix time in seconds.
        """
        row = await self._database.fetch_one(
            """INSERT INTO access (id, status, changed_at, told_at) VALUES (:id, 'unknown', :now, :now)
               ON CONFLICT (id) DO UPDATE SET told_at = :now WHERE told_at IS NULL OR told_at <= :now - :again_after
               RETURNING id""",
            {"id": of, "now": now, "again_after": again_after},
        )
        return row is not None

    async def end_drafts(self, person_id: int, *, now: float) -> None:
        """End the open drafts of somebody who was banned."""
        await self._database.execute(
            """UPDATE drafts SET state = 'cancelled', show_at = :now, ended_at = :now
               WHERE person_id = :person_id AND state = 'open'""",
            {"person_id": person_id, "now": now},
        )

    async def move_chat(self, old: int, new: int) -> None:
        """Let what was said about a group hold for the supergroup that it became."""
        status = await self.status(old)
        await self._database.execute("UPDATE OR REPLACE access SET id = ? WHERE id = ?", (new, old))
        if self._statuses is not None and self._statuses.pop(old, None) is not None:
            self._statuses[new] = status

    async def prune(self, *, before: float) -> None:
        """Forget who was told that they may not use the bot, if nothing else is known of them."""
        await self._database.execute("DELETE FROM access WHERE status = 'unknown' AND told_at < ?", (before,))
