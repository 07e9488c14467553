"""Users who were seen: who has which username, and what they say about their profile picture."""

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
    """Whether others may use a user's profile picture: only if asked each time, never, or always."""

    ASK = "ask"
    NEVER = "never"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class KnownUser:
    """A user as Telegram showed them last; `username` is in lower case, without the @."""

    person_id: int
    username: str | None
    name: str


class Users:
    """The table `people`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def upsert(self, users: Sequence[KnownUser], *, now: float) -> None:
        """Store these users as they are now."""
        async with self._database.transaction() as transaction:
            await upsert_users(transaction, users, now=now)

    async def by_username(self, username: str) -> KnownUser | None:
        """Return the user with this username in any case, or None if the bot has not seen one."""
        row = await self._database.fetch_one(
            "SELECT person_id, username, name FROM people WHERE username = ?", (username.lower(),)
        )
        return KnownUser(*row) if row else None

    async def name_of(self, person_id: int) -> str | None:
        """Return the name of a user, or None if the bot has not seen them."""
        row = await self._database.fetch_one("SELECT name FROM people WHERE person_id = ?", (person_id,))
        return row["name"] if row else None

    async def picture_permission(self, person_id: int) -> PicturePermission:
        """Return what the user says about their profile picture; `ASK` if they have said nothing."""
        row = await self._database.fetch_one("SELECT picture FROM people WHERE person_id = ?", (person_id,))
        return PicturePermission(row["picture"]) if row else PicturePermission.ASK

    async def set_picture_permission(self, user: KnownUser, permission: PicturePermission, *, now: float) -> None:
        """Store what the user says about their own profile picture."""
        async with self._database.transaction() as transaction:
            await upsert_users(transaction, [user], now=now)
            await transaction.execute(
                "UPDATE people SET picture = ?, picture_at = ? WHERE person_id = ?", (permission, now, user.person_id)
            )

    async def prune(self, *, before: float) -> None:
        """Delete users not seen since that time (Unix seconds), unless they said something about their picture."""
        await self._database.execute("DELETE FROM people WHERE picture = 'ask' AND seen_at < ?", (before,))


async def upsert_users(transaction: aiosqlite.Connection, users: Sequence[KnownUser], *, now: float) -> None:
    """Store users within a transaction; a username belongs to the user who was seen with it last."""
    owners = {user.username: user.person_id for user in users if user.username}
    rows = [
        (user.person_id, user.username if owners.get(user.username or "") == user.person_id else None, user.name)
        for user in users
    ]
    parameters = {"people": json.dumps(rows), "now": now}
    await transaction.execute(
        "UPDATE people SET username = NULL WHERE username IN (SELECT value ->> 1 FROM json_each(:people))", parameters
    )
    await transaction.execute(
        """INSERT INTO people (person_id, username, name, seen_at)
           SELECT value ->> 0, value ->> 1, value ->> 2, :now FROM json_each(:people) WHERE true
           ON CONFLICT (person_id) DO UPDATE SET username = excluded.username, name = excluded.name,
           seen_at = excluded.seen_at""",
        parameters,
    )
