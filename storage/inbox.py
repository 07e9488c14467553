"""Updates from Telegram: committed here before they are confirmed there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.models import InboxUpdate
from storage.users import upsert_users

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from storage.database import Database
    from storage.users import KnownUser


_MARK_DONE = """UPDATE inbox SET state = 'done', payload = '' WHERE state = 'pending'
    AND seq IN (SELECT value FROM json_each(?))"""


class Inbox:
    """The table `inbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, updates: Sequence[tuple[int, str, str]], *, now: float) -> list[InboxUpdate]:
        """Store `(update_id, lane, payload)` rows in the order given, all or none, and give those that are new."""
        rows = await self._database.execute(
            """INSERT INTO inbox (update_id, lane, payload, due_at, received_at)
               SELECT value ->> 0, value ->> 1, value ->> 2, :now, :now FROM json_each(:updates) WHERE true ORDER BY key
               ON CONFLICT (update_id) DO NOTHING RETURNING update_id, seq""",
            {"updates": json.dumps(updates), "now": now},
        )
        new_seqs = {int(row["update_id"]): int(row["seq"]) for row in rows}
        return [
            InboxUpdate(new_seqs.pop(number), number, lane, payload, 0, now)
            for number, lane, payload in updates
            if number in new_seqs
        ]

    async def set_aside_undecodable(self, payload: str, *, now: float) -> None:
        """Keep what had no usable update id, once, for the operator to look at."""
        await self._database.execute(
            """INSERT INTO inbox (update_id, lane, payload, state, due_at, received_at, error)
               SELECT min(0, ifnull(min(update_id), 0)) - 1, '', :payload, 'set_aside', :now, :now, 'no update_id'
               FROM inbox HAVING NOT EXISTS (SELECT 1 FROM inbox WHERE state = 'set_aside' AND payload = :payload)""",
            {"payload": payload, "now": now},
        )

    async def pending(self, *, now: float, busy: Collection[str], limit: int) -> list[InboxUpdate]:
        """The oldest due row of each lane that is not busy; a lane waits for its first row."""
        marks = ", ".join("?" * len(busy))
        rows = await self._database.execute(
            f"""SELECT * FROM inbox WHERE due_at <= ? AND seq IN (
                    SELECT min(seq) FROM inbox WHERE state = 'pending' AND lane NOT IN ({marks}) GROUP BY lane)
                ORDER BY seq LIMIT ?""",
            (now, *busy, limit),
        )
        return [InboxUpdate(*(row[name] for name in InboxUpdate.__slots__)) for row in rows]

    async def next_due(self, busy: Collection[str]) -> float | None:
        """When the next row of an idle lane is due; None when nothing waits."""
        marks = ", ".join("?" * len(busy))
        row = await self._database.fetch_one(
            f"""SELECT min(due_at) FROM inbox WHERE seq IN (
                    SELECT min(seq) FROM inbox WHERE state = 'pending' AND lane NOT IN ({marks}) GROUP BY lane)""",
            tuple(busy),
        )
        return row[0] if row else None

    async def mark_done(self, seqs: Sequence[int], users: Sequence[KnownUser] = (), *, now: float = 0.0) -> None:
        """pending -> done, for several at once; what people wrote is forgotten, who was `seen` is remembered."""
        if not users:
            await self._database.execute(_MARK_DONE, (json.dumps(seqs),))
            return
        async with self._database.transaction() as transaction:
            await upsert_users(transaction, users, now=now)
            await transaction.execute(_MARK_DONE, (json.dumps(seqs),))

    async def postpone(self, seq: int, *, due_at: float, error: str, counts: bool) -> None:
        """pending -> pending: handled again at `due_at`; `counts` towards the tries after which it is set aside."""
        await self._database.execute(
            "UPDATE inbox SET due_at = ?, error = ?, tries = tries + ? WHERE seq = ? AND state = 'pending'",
            (due_at, error, counts, seq),
        )

    async def set_aside(self, seq: int, *, error: str) -> None:
        """pending -> set_aside: it cannot be handled, and must not hold up what follows."""
        await self._database.execute(
            "UPDATE inbox SET state = 'set_aside', error = ? WHERE seq = ? AND state = 'pending'", (error, seq)
        )

    async def prune(self, *, before: float) -> None:
        """Forget handled rows received before that time."""
        await self._database.execute("DELETE FROM inbox WHERE state <> 'pending' AND received_at < ?", (before,))
