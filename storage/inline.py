"""Inline and guest mode: what results described, which messages came of them, and what a person has to show."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from storage.models import Job, Photo

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the results of one answer described; used later as it was then.

    Attributes:
        id: the first part of each result's id; nobody guesses it.
        photos: the left one first.
        source: where they come from: the key of a word in the locale.
        made_at: Unix time in seconds.
    """

    id: str
    person_id: int
    language: str
    photos: tuple[Photo, ...]
    source: str
    made_at: float


@dataclass(frozen=True, slots=True)
class RecentPhoto:
    """A photo that a person sent in private: `message_id` tells its place, `seen_at` when."""

    photo: Photo
    message_id: int
    seen_at: float


class InlineMode:
    """The tables `inline_offers` and `inline_messages`; and sightings and jobs, as inline mode reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_offer(self, offer: Offer, *, origin: str | None = None) -> Offer:
        """Store what is about to be described; what was stored for the same `origin` before is given instead."""
        photos = json.dumps([asdict(photo) for photo in offer.photos])
        row = await self._database.fetch_one(
            """INSERT INTO inline_offers (id, origin, person_id, language, photos, source, made_at)
               VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET origin = origin RETURNING id""",
            (offer.id, origin, offer.person_id, offer.language, photos, offer.source, offer.made_at),
        )
        kept = await self.get_offer(row["id"]) if row else None
        return kept or offer

    async def get_offer(self, offer_id: str) -> Offer | None:
        """What was described under this id."""
        row = await self._database.fetch_one("SELECT * FROM inline_offers WHERE id = ?", (offer_id,))
        if row is None:
            return None
        return Offer(
            id=row["id"],
            person_id=row["person_id"],
            language=row["language"],
            photos=tuple(Photo(**photo) for photo in json.loads(row["photos"])),
            source=row["source"],
            made_at=row["made_at"],
        )

    async def claim_message(self, inline_message_id: str, offer: Offer, *, now: float) -> bool:
        """The message is this person's, unless it is known to be another's; False: it is."""
        row = await self._database.fetch_one(
            """INSERT INTO inline_messages (inline_message_id, person_id, offer_id, placed_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (inline_message_id) DO UPDATE SET placed_at = placed_at RETURNING person_id""",
            (inline_message_id, offer.person_id, offer.id, now),
        )
        return row is not None and row["person_id"] == offer.person_id

    async def recent_photos(self, person_id: int, *, since: float, limit: int) -> list[RecentPhoto]:
        """The last photos that the person sent to the bot in private, the oldest first."""
        rows = await self._database.execute(
            """SELECT file_id, file_size, message_id, seen_at FROM sightings WHERE chat_id = ? AND seen_at > ?
               ORDER BY message_id DESC LIMIT ?""",
            (person_id, since, limit),
        )
        return [
            RecentPhoto(Photo(row["file_id"], row["file_size"]), row["message_id"], row["seen_at"])
            for row in reversed(rows)
        ]

    async def delivered_videos(
        self, person_id: int, *, effects: Collection[str] | None, offset: int, limit: int
    ) -> list[Job]:
        """The person's finished videos that Telegram holds, the newest first; of these effects, or (None) of any.

        Without those that somebody whose photo was used had deleted.
        """
        wanted = None if effects is None else json.dumps(list(effects))
        rows = await self._database.execute(
            """SELECT * FROM jobs WHERE person_id = ? AND state = 'delivered' AND video_file_id IS NOT NULL
               AND removed_by IS NULL
               AND (? IS NULL OR effect IN (SELECT value FROM json_each(?)))
               ORDER BY finished_at DESC, id LIMIT ? OFFSET ?""",
            (person_id, wanted, wanted, limit, offset),
        )
        return [Job.from_row(row) for row in rows]

    async def prune(self, *, before: float) -> None:
        """Forget what was described and placed before that time."""
        await self._database.execute("DELETE FROM inline_offers WHERE made_at < ?", (before,))
        await self._database.execute("DELETE FROM inline_messages WHERE placed_at < ?", (before,))
