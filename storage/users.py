"""People who were seen: who a username is, and what they say about their profile picture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiosqlite

    from storage.database import Database


class PicturePermission(StrEnum):
    """What a person says about others using their profile picture."""

    ASK = "ask"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class KnownUser:
    """A person as Telegram shows them; `username` in lower case, without the @."""

    person_id: int
    username: str | None
    name: str


class Users:
    """The table `people`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def upsert(self, users: Sequence[KnownUser], *, now: float) -> None:
        """Remember these people as they are now."""
        async with self._database.transaction() as transaction:
            await upsert_users(transaction, users, now=now)

    async def by_username(self, username: str) -> KnownUser | None:
        """Whose username it is, as far as the bot has seen."""
        row = await self._database.fetch_one(
            "SELECT person_id, username, name FROM people WHERE username = ?", (username.lower(),)
        )
        return KnownUser(*row) if row else None

    async def name_of(self, person_id: int) -> str | None:
        """The name of a person who was seen."""
        row = await self._database.fetch_one("SELECT name FROM people WHERE person_id = ?", (person_id,))
        return row["name"] if row else None

    async def picture_permission(self, person_id: int) -> PicturePermission:
        """What the person says about their picture."""
        row = await self._database.fetch_one("SELECT picture FROM people WHERE person_id = ?", (person_id,))
        return PicturePermission(row["picture"]) if row else PicturePermission.ASK

    async def set_picture_permission(self, user: KnownUser, permission: PicturePermission, *, now: float) -> None:
        """The person's own word about their picture."""
        async with self._database.transaction() as transaction:
            await upsert_users(transaction, [user], now=now)
            await transaction.execute("UPDATE people SET picture = ? WHERE person_id = ?", (permission, user.person_id))

    async def prune(self, *, before: float) -> None:
        """Forget people who were not seen since that time, unless they said something about their picture."""
        await self._database.execute("DELETE FROM people WHERE picture = 'ask' AND seen_at < ?", (before,))


async def upsert_users(transaction: aiosqlite.Connection, users: Sequence[KnownUser], *, now: float) -> None:
    """Remember people inside a transaction; a username that moved is its latest owner's."""
    owners = {one.username: one.person_id for one in users if one.username}
    values = [
        (one.person_id, one.username if owners.get(one.username or "") == one.person_id else None, one.name)
        for one in users
    ]
    people = {"people": json.dumps(values), "now": now}
    await transaction.execute(
        "UPDATE people SET username = NULL WHERE username IN (SELECT value ->> 1 FROM json_each(:people))", people
    )
    await transaction.execute(
        """INSERT INTO people (person_id, username, name, seen_at)
           SELECT value ->> 0, value ->> 1, value ->> 2, :now FROM json_each(:people) WHERE true
           ON CONFLICT (person_id) DO UPDATE SET username = excluded.username, name = excluded.name,
           seen_at = excluded.seen_at""",
        people,
    )
