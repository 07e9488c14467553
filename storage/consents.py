"""Whether people agree that their profile picture is used: asked for each video, given or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Database
    from storage.drafts import DraftKey


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A person whose consent a draft needs."""

    person_id: int
    name: str


class Consents:
    """The columns of `drafts` and `draft_photos` about consent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def next_request(self, draft_id: str) -> ConsentRequest | None:
        """Whom to ask next; None where nobody is left."""
        row = await self._database.fetch_one(
            """SELECT author_id, author FROM draft_photos WHERE draft_id = ? AND consent = 'asked'
               ORDER BY place, message_id LIMIT 1""",
            (draft_id,),
        )
        return ConsentRequest(row["author_id"], row["author"] or "") if row else None

    async def wait_for(self, draft_id: str, request: ConsentRequest, *, expires_at: float, now: float) -> None:
        """The draft waits for this person's word, and its card asks for it; asked again, nothing changes."""
        await self._database.execute(
            """UPDATE drafts SET waits_for = :person, waits_name = :name, note = NULL, show_at = :now,
               expires_at = :expires_at WHERE id = :id AND state = 'open' AND waits_for IS NOT :person""",
            {
                "id": draft_id,
                "person": request.person_id,
                "name": request.name,
                "expires_at": expires_at,
                "now": now,
            },
        )

    async def grant(self, draft_id: str, person_id: int) -> None:
        """asked -> given, for the pictures of this person in this draft."""
        await self._database.execute(
            "UPDATE draft_photos SET consent = 'given' WHERE draft_id = ? AND author_id = ? AND consent = 'asked'",
            (draft_id, person_id),
        )

    async def waiting_drafts(self, key: DraftKey) -> list[str]:
        """The ids of the drafts of a person that wait here for somebody's word, the newest first."""
        rows = await self._database.execute(
            """SELECT id FROM drafts WHERE state = 'open' AND waits_for IS NOT NULL AND chat_id = ?
               AND ifnull(thread_id, 0) = ifnull(?, 0) AND person_id = ? ORDER BY created_at DESC""",
            (key.chat_id, key.thread_id, key.person_id),
        )
        return [str(row["id"]) for row in rows]
