"""Inline and guest mode: what was offered, and which messages came of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from storage.models import Photo

if TYPE_CHECKING:
    from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What an inline or guest answer offered; whoever takes it later gets it as it was then.

    Attributes:
        id: the first part of each result's id; it can't be guessed.
        photos: the left one first.
        source: where the photos come from, as the key of a text in the locales.
        made_at: Unix time in seconds.
    """

    id: str
    person_id: int
    language: str
    photos: tuple[Photo, ...]
    source: str
    made_at: float


class InlineOffers:
    """The tables `inline_offers` and `inline_messages`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_offer(self, offer: Offer, *, origin: str | None = None) -> Offer:
        """Store an offer and return it; if one with the same `origin` is stored already, return that one."""
        photos = json.dumps([asdict(photo) for photo in offer.photos])
        row = await self._database.fetch_one(
            """INSERT INTO inline_offers (id, origin, person_id, language, photos, source, made_at)
               VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (origin) DO UPDATE SET origin = excluded.origin RETURNING id""",
            (offer.id, origin, offer.person_id, offer.language, photos, offer.source, offer.made_at),
        )
        stored = await self.get_offer(row["id"]) if row else None
        return stored or offer

    async def get_offer(self, offer_id: str) -> Offer | None:
        """Return the offer with this id, or None."""
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
        """Give the message to the offer's user, unless another user has it; False if another user has it."""
        row = await self._database.fetch_one(
            """INSERT INTO inline_messages (inline_message_id, person_id, offer_id, placed_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (inline_message_id) DO UPDATE SET placed_at = inline_messages.placed_at
               RETURNING person_id""",
            (inline_message_id, offer.person_id, offer.id, now),
        )
        return row is not None and row["person_id"] == offer.person_id

    async def prune(self, *, before: float) -> None:
        """Delete offers and messages from before that time (Unix seconds)."""
        await self._database.execute("DELETE FROM inline_offers WHERE made_at < ?", (before,))
        await self._database.execute("DELETE FROM inline_messages WHERE placed_at < ?", (before,))
