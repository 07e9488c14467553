"""Consent to the use of profile pictures: asked for each video, and given or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database
    from storage.drafts import DraftKey


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A user whose consent a draft needs."""

    person_id: int
    name: str


class Consents:
    """The columns about consent in `drafts` and `draft_photos`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def next_request(self, draft_id: str) -> ConsentRequest | None:
        """Return whom to ask next, or None if nobody is left."""
        row = await self._database.fetch_one(
            """SELECT author_id, author FROM draft_photos WHERE draft_id = ? AND consent = 'asked'
               ORDER BY place, message_id LIMIT 1""",
            (draft_id,),
        )
        return ConsentRequest(row["author_id"], row["author"] or "") if row else None

    async def wait_for(self, draft_id: str, request: ConsentRequest, *, expires_at: float, now: float) -> None:
        """Let an open draft wait for this user's consent, and its question ask for it; repeating changes nothing."""
        await self._database.execute(
            """UPDATE drafts SET waits_for = :person, waits_name = :name, note = NULL, show_at = :now,
               expires_at = :expires_at
               WHERE id = :id AND state = 'open' AND waits_for IS DISTINCT FROM :person""",
            {
                "id": draft_id,
                "person": request.person_id,
                "name": request.name,
                "expires_at": expires_at,
                "now": now,
            },
        )

    async def grant(self, draft_id: str, person_id: int) -> None:
        """asked -> given, for this user's pictures in this draft."""
        await self._database.execute(
            "UPDATE draft_photos SET consent = 'given' WHERE draft_id = ? AND author_id = ? AND consent = 'asked'",
            (draft_id, person_id),
        )

    async def waiting_drafts(self, key: DraftKey) -> list[str]:
        """Return the ids of the user's drafts here that wait for somebody's consent, the newest first."""
        rows = await self._database.execute(
            """SELECT id FROM drafts WHERE state = 'open' AND waits_for IS NOT NULL AND chat_id = ?
               AND coalesce(thread_id, 0) = coalesce(?, 0) AND person_id = ? ORDER BY created_at DESC""",
            (key.chat_id, key.thread_id, key.person_id),
        )
        return [str(row["id"]) for row in rows]
