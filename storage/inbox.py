"""The inbox: updates are committed here before they are confirmed to Telegram."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.models import InboxUpdate
from storage.people.users import upsert_users

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from storage.database import Database
    from storage.people.users import KnownUser


ANSWER_LANE_SUFFIX = " answers"
"""The end of a lane's name for updates that make nothing: they wait for earlier ones of the lane without it."""

# The first pending row of each lane that is not busy. Each lane costs a few steps in the index, however many rows wait.
_HEADS = f"""WITH RECURSIVE lanes (lane) AS (
        SELECT min(lane) FROM inbox WHERE state = 'pending'
        UNION ALL
        SELECT (SELECT min(lane) FROM inbox WHERE state = 'pending' AND lane > lanes.lane) FROM lanes
        WHERE lane IS NOT NULL),
    heads (lane, seq) AS (
        SELECT lane, (SELECT min(seq) FROM inbox WHERE state = 'pending' AND inbox.lane = lanes.lane) FROM lanes
        WHERE lane IS NOT NULL AND lane NOT IN (SELECT value FROM json_each(:busy))),
    ready (seq) AS (
        SELECT seq FROM heads WHERE substr(lane, -{len(ANSWER_LANE_SUFFIX)}) <> '{ANSWER_LANE_SUFFIX}'
        OR NOT EXISTS (SELECT 1 FROM inbox WHERE state = 'pending' AND inbox.seq < heads.seq
            AND inbox.lane = substr(heads.lane, 1, length(heads.lane) - {len(ANSWER_LANE_SUFFIX)})))"""
_MARK_DONE = """UPDATE inbox SET state = 'done', payload = '' WHERE state = 'pending'
    AND seq IN (SELECT value FROM json_each(?))"""


class Inbox:
    """The table `inbox`. A lane is the chat, or else the user, whose updates are handled in order."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, updates: Sequence[tuple[int, str, str]], *, now: float, sent_after: float | None = None
    ) -> list[InboxUpdate]:
        """Store `(update_id, lane, payload)` tuples in this order, all or none, and return those that are new."""
        rows = await self._database.execute(
            """INSERT INTO inbox (update_id, lane, payload, due_at, received_at, sent_after)
               SELECT value ->> 0, value ->> 1, value ->> 2, :now, :now, :sent_after
               FROM json_each(:updates) WHERE true ORDER BY key
               ON CONFLICT (update_id) DO NOTHING RETURNING update_id, seq""",
            {"updates": json.dumps(updates), "now": now, "sent_after": sent_after},
        )
        new_seqs = {int(row["update_id"]): int(row["seq"]) for row in rows}
        return [
            InboxUpdate(new_seqs.pop(update_id), update_id, lane, payload, 0, now, sent_after)
            for update_id, lane, payload in updates
            if update_id in new_seqs
        ]

    async def last_received_at(self) -> float | None:
        """Return when the latest update came (Unix seconds), None if there is none."""
        row = await self._database.fetch_one("SELECT max(received_at) FROM inbox")
        return row[0] if row else None

    async def set_aside_undecodable(self, payload: str, *, now: float) -> None:
        """Keep an update without a usable update_id for the operator, once, under a negative id."""
        await self._database.execute(
            """INSERT INTO inbox (update_id, lane, payload, state, due_at, received_at, error)
               SELECT CASE WHEN lowest < 0 THEN lowest - 1 ELSE -1 END, '', :payload, 'set_aside', :now, :now,
                   'no update_id'
               FROM (SELECT min(update_id) AS lowest FROM inbox) AS ids
               WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE state = 'set_aside' AND payload = :payload)""",
            {"payload": payload, "now": now},
        )

    async def pending(self, *, now: float, busy: Collection[str], limit: int) -> list[InboxUpdate]:
        """Return the oldest pending update of each lane that is not busy, if it is due; the oldest come first.

        One of a lane of answers is left out while an earlier one of its chat is pending.
        """
        rows = await self._database.execute(
            f"{_HEADS} SELECT inbox.* FROM ready JOIN inbox USING (seq) WHERE due_at <= :now ORDER BY seq LIMIT :limit",
            {"now": now, "busy": json.dumps(list(busy)), "limit": limit},
        )
        return [InboxUpdate(*(row[name] for name in InboxUpdate.__slots__)) for row in rows]

    async def next_due(self, busy: Collection[str]) -> float | None:
        """Return when the next update of a lane that is not busy is due (Unix seconds), or None if none is pending."""
        row = await self._database.fetch_one(
            f"{_HEADS} SELECT min(due_at) FROM ready JOIN inbox USING (seq)", {"busy": json.dumps(list(busy))}
        )
        return row[0] if row else None

    async def mark_done(self, seqs: Sequence[int], users: Sequence[KnownUser] = (), *, now: float = 0.0) -> None:
        """pending -> done, for several updates at once, erasing what was written; store `users` with it."""
        if not users:
            await self._database.execute(_MARK_DONE, (json.dumps(seqs),))
            return
        async with self._database.transaction() as transaction:
            await upsert_users(transaction, users, now=now)
            await transaction.execute(_MARK_DONE, (json.dumps(seqs),))

    async def postpone(self, seq: int, *, due_at: float, error: str, count_try: bool) -> None:
        """Keep an update pending and handle it again at `due_at`; `count_try` counts a try, of which it has few."""
        await self._database.execute(
            "UPDATE inbox SET due_at = ?, error = ?, tries = tries + ? WHERE seq = ? AND state = 'pending'",
            (due_at, error, int(count_try), seq),
        )

    async def set_aside(self, seq: int, *, error: str) -> None:
        """pending -> set_aside: it can't be handled, and must not hold up the updates behind it."""
        await self._database.execute(
            "UPDATE inbox SET state = 'set_aside', error = ? WHERE seq = ? AND state = 'pending'", (error, seq)
        )

    async def prune(self, *, before: float) -> None:
        """Delete updates that are no longer pending and came before that time (Unix seconds)."""
        await self._database.execute("DELETE FROM inbox WHERE state <> 'pending' AND received_at < ?", (before,))
