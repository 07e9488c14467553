"""What is kept about a person: one list of it, an export, and its erasure.

`ABOUT` says for each table which rows are about somebody and which of its columns say something of them; `NOT_PERSONAL`
lists all others. A test fails when a column of the schema is on neither list.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.budgets import CHARGED, VIDEOS

if TYPE_CHECKING:
    import aiosqlite

    from storage.database import Database

_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class About:
    """The rows of a table that are about the user `:id`.

    Attributes:
        where: SQL that selects them.
        columns: those that say who they are, what they sent, wrote or chose, or what was made for them.
        own: SQL that selects those that the user may have a copy of; others hold what somebody else sent, too. None if
            they are the same, empty if there are none.
    """

    where: str
    columns: frozenset[str]
    own: str | None = None


def _columns(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LANES = "lane IN ('chat ' || :id, 'person ' || :id, 'chat ' || :id || ' answers', 'person ' || :id || ' answers')"


def _names_id(column: str) -> str:
    """Return SQL that is true if a text has the id as a whole number: the id of somebody else may begin like it."""
    return f"' ' || {column} || ' ' GLOB '*[^0-9]' || :id || '[^0-9]*'"


_OWN_DRAFTS = "SELECT id FROM drafts WHERE person_id = :id OR waits_for = :id OR card_for = :id"
_PICTURED = "EXISTS (SELECT 1 FROM json_each(jobs.photos) AS photo WHERE photo.value ->> 'author_id' = :id)"
ABOUT = {
    "people": About("person_id = :id", _columns("person_id username name picture seen_at picture_at")),
    "choices": About("person_id = :id", _columns("person_id quality duration service animate_model language")),
    "jobs": About(
        f"person_id = :id OR {_PICTURED}",
        _columns(
            "origin chat_id thread_id person_id message_id media_group_id language effect motion photos source"
            " client_request_id service_job_id video_url video_file_id reason_detail card_id inline_message_id"
            " removed_by cancelled_by created_at"
        ),
        own="person_id = :id",
    ),
    "drafts": About(
        f"id IN ({_OWN_DRAFTS})",
        _columns(
            "chat_id thread_id person_id message_id media_group_id language effect reason card_id motion asker note"
            " waits_for waits_name inline_query waits_subject card_for created_at"
        ),
        own="person_id = :id",
    ),
    "draft_photos": About(
        f"author_id = :id OR draft_id IN ({_OWN_DRAFTS})",
        _columns("draft_id message_id file_id file_size author_id author consent subject given_at"),
        own="draft_id IN (SELECT id FROM drafts WHERE person_id = :id)",
    ),
    "consumed": About(f"chat_id = :id OR draft_id IN ({_OWN_DRAFTS})", _columns("chat_id message_id draft_id"), own=""),
    "sightings": About("chat_id = :id", _columns("chat_id message_id media_group_id file_id file_size seen_at effect")),
    "inline_offers": About("person_id = :id", _columns("origin person_id language photos source made_at")),
    "inline_messages": About("person_id = :id", _columns("inline_message_id person_id offer_id placed_at")),
    "inbox": About(
        # What others have sent and is not handled yet loses nothing: its payload goes when it is.
        f"{_LANES} OR (state <> 'pending' AND ({_names_id('payload')} OR {_names_id('error')}))",
        _columns("lane payload error"),
        own=_LANES,
    ),
    "notices": About(f"admin_id = :id OR {_names_id('detail')}", _columns("admin_id detail")),
    "past_spending": About("person_id = :id", _columns("person_id")),
    "access": About("id = :id", _columns("id status changed_at told_at")),
    "erasures": About("person_id = :id", _columns("person_id asked_at")),
}
"""The rows about a user, by table. Group settings are about groups, whose admins set them."""
NOT_PERSONAL = {
    "jobs": _columns(
        "id state parent_id variant group_id extra_photos service moved_from quality duration submits"
        " video_is_animation usd reason reason_photo cancel_requested exempt tries due_at show_at announced version"
        " changed_at submitted_at accepted_at finished_at removed_at rejections url_failures cancel_confirmed account"
        " record_read lost_submit reserved_microusd"
    ),
    "drafts": _columns("id state held show_at expires_at singly ended_at"),
    "draft_photos": _columns("place"),
    "inline_offers": _columns("id"),
    "inbox": _columns("seq update_id state tries due_at received_at sent_after"),
    "notices": _columns("kind told_at made_at"),
    "past_spending": _columns("created_at service group_id microusd"),
    "job_events": _columns("seq job_id from_state to_state at"),
    "resubmits": _columns("job_id submit exempt created_at reserved_microusd"),
    "groups": _columns("chat_id who daily language greeted_at"),
    "group_switches": _columns("chat_id name"),
    "installation": _columns("name value"),
    "retired_scenes": _columns("service scene detail retired_at"),
    "erased": _columns("digest until_at"),
}
"""All other columns, by table: states, numbers, times and what belongs to a group or to the installation."""
_JSON_COLUMNS = frozenset({"photos", "motion", "payload"})


class PersonalData:
    """What is kept about one person, in all tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the rows about a user, by table; tables without any are left out."""
        found = {}
        for table, about in ABOUT.items():
            where = about.where if about.own is None else about.own
            rows = await self._database.execute(f"SELECT * FROM {table} WHERE {where or 'false'}", {"id": person_id})
            if rows:
                found[table] = [_readable(dict(row)) for row in rows]
        return found

    async def ask_for_erasure(self, person_id: int, *, now: float) -> None:
        """Note that everything about a user is to be erased once what they have under way has ended."""
        await self._database.execute(
            "INSERT INTO erasures (person_id, asked_at) VALUES (?, ?) ON CONFLICT DO NOTHING", (person_id, now)
        )

    async def due_erasures(self) -> list[int]:
        """Return the users who asked for an erasure, and have nothing under way any more."""
        rows = await self._database.execute(
            """SELECT person_id FROM erasures WHERE NOT EXISTS (SELECT 1 FROM jobs
               WHERE jobs.person_id = erasures.person_id AND (finished_at IS NULL OR show_at IS NOT NULL))"""
        )
        return [row["person_id"] for row in rows]

    async def erase(self, person_id: int, *, now: float) -> None:
        """Erase everything about a user, also from the free pages of the file and from its log.

        What videos cost stays as bookkeeping, without the person. What the admins said about the id, a ban or that it
        was let in, stays, too. Whoever has used the bot within a day has to wait for the rest of that day.
        """
        digest, values = await self._digest(person_id), {"id": person_id, "now": now}
        async with self._database.transaction() as transaction:
            await transaction.execute(
                """INSERT INTO erased (digest, until_at) SELECT :digest, max(created_at) + :day FROM jobs
                   WHERE person_id = :id AND created_at > :now - :day HAVING count(*) > 0
                   ON CONFLICT (digest) DO UPDATE SET until_at = excluded.until_at""",
                {**values, "digest": digest, "day": _DAY_S},
            )
            await _erase_jobs(transaction, values)
            for table in ("draft_photos", "consumed", "sightings", "drafts", "inline_offers", "inline_messages"):
                await transaction.execute(f"DELETE FROM {table} WHERE {ABOUT[table].where}", values)
            for table in ("people", "choices", "notices", "erasures"):
                await transaction.execute(f"DELETE FROM {table} WHERE {ABOUT[table].where}", values)
            await transaction.execute("UPDATE past_spending SET person_id = NULL WHERE person_id = :id", values)
            await transaction.execute("DELETE FROM access WHERE id = :id AND status = 'unknown'", values)
            # The numbers of updates stay: an update that Telegram sends again must not be handled again.
            await transaction.execute(
                f"""UPDATE inbox SET payload = '', lane = '', error = NULL,
                    state = CASE WHEN state = 'pending' THEN 'done' ELSE state END WHERE {ABOUT["inbox"].where}""",
                values,
            )
        await self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def waits_until(self, person_id: int, *, now: float) -> float | None:
        """Return when a user may ask for videos again whose data was erased (Unix seconds); None if now."""
        row = await self._database.fetch_one(
            "SELECT until_at FROM erased WHERE digest = ? AND until_at > ?", (await self._digest(person_id), now)
        )
        return float(row["until_at"]) if row else None

    async def prune(self, *, now: float) -> None:
        """Forget whose day is over."""
        await self._database.execute("DELETE FROM erased WHERE until_at <= ?", (now,))

    async def _digest(self, person_id: int) -> str:
        row = await self._database.fetch_one("PRAGMA application_id")  # random, of this database
        key = str(row[0] if row else 0).encode()
        return hmac.new(key, str(person_id).encode(), hashlib.sha256).hexdigest()


async def _erase_jobs(transaction: aiosqlite.Connection, values: dict[str, Any]) -> None:
    """Delete a user's jobs, and others' that were made of their picture; keep what they cost, without the user.

    Others' jobs that are under way keep their row, without the picture. What was not sent yet is cancelled.
    """
    await transaction.execute(
        f"""UPDATE jobs SET state = 'cancelled', cancel_requested = 1, finished_at = :now, changed_at = :now,
            show_at = :now, version = version + 1
            WHERE state IN ('queued', 'needs_decision') AND person_id <> :id AND {_PICTURED}""",
        values,
    )
    await transaction.execute(
        f"""UPDATE jobs SET photos = '[]' WHERE person_id <> :id AND {_PICTURED}
            AND (finished_at IS NULL OR show_at IS NOT NULL)""",
        values,
    )
    about = ABOUT["jobs"].where
    await transaction.execute(
        f"""INSERT INTO past_spending (created_at, service, person_id, group_id, microusd)
            SELECT created_at, service, nullif(person_id, :id), group_id, microusd FROM {VIDEOS}
            WHERE {CHARGED} AND microusd > 0 AND id IN (SELECT id FROM jobs WHERE {about})""",
        values,
    )
    await transaction.execute(f"DELETE FROM jobs WHERE {about}", values)
    for column in ("removed_by", "cancelled_by"):
        await transaction.execute(f"UPDATE jobs SET {column} = NULL WHERE {column} = :id", values)


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    for column in _JSON_COLUMNS & row.keys():
        if row[column]:
            row[column] = json.loads(row[column])
    return {name: value for name, value in row.items() if value is not None}
