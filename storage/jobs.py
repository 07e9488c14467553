"""Jobs: made within each person's limits, and read in many ways. How they move is in `lifecycle`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from storage.limits import (
    Duplicate,
    Enqueued,
    EnqueueResult,
    GlobalDailyLimit,
    GroupDailyLimit,
    Limits,
    UserActiveLimit,
    UserDailyLimit,
)
from storage.models import AT_SERVICE, Draft, Job, Photo, State, encode_options

if TYPE_CHECKING:
    from storage.database import Database
    from storage.models import ImageToVideoOptions

_DAY_S = 86_400.0  # seconds
_RECENT_USE_S = 600  # seconds
_AT_SERVICE = ", ".join(f"'{state}'" for state in AT_SERVICE)
_BEFORE_VIDEO = f"'queued', 'needs_decision', {_AT_SERVICE}"  # as in the index jobs_one_child
_UNFINISHED = "finished_at IS NULL"
# What counts towards a person's daily limit: everything that did or may cost money.
_COUNTED = "exempt = 0 AND state <> 'failed' AND NOT (state = 'cancelled' AND submitted_at IS NULL)"
# People take turns: who has used the service least lately is served first, then who asked first.
_QUEUE = f"""
    SELECT id, due_at, created_at, row_number() OVER (PARTITION BY person_id ORDER BY created_at, rowid)
        + (SELECT count(*) FROM jobs AS used WHERE used.person_id = jobs.person_id
           AND (used.state IN ({_AT_SERVICE}) OR used.submitted_at > :now - {_RECENT_USE_S})) AS turn, rowid AS born
    FROM jobs WHERE state = 'queued'"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """What a job is made from; `origin` is unique for each thing that a person did."""

    id: str
    origin: str
    chat_id: int
    thread_id: int | None
    person_id: int
    message_id: int | None
    language: str
    effect: str
    photos: tuple[Photo, ...]
    service: str
    quality: str
    duration: int
    exempt: bool = False
    extra_photos: bool = False
    media_group_id: str | None = None
    parent_id: str | None = None
    variant: str | None = None
    card_id: int | None = None
    inline_message_id: str | None = None
    source: str | None = None
    motion: ImageToVideoOptions | None = None


class Jobs:
    """The table `jobs`, as it is made and read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, new: NewJob, limits: Limits, *, now: float, draft: Draft | None = None) -> EnqueueResult:
        """Queue a job and end its draft in one transaction, or say which limit forbids it."""
        values = asdict(new) | {
            "photos": json.dumps([asdict(photo) for photo in new.photos]),
            "motion": encode_options(new.motion),
            "now": now,
            "draft": draft and draft.id,
            "day": now - _DAY_S,
            "daily": limits.user_daily,
            "active": limits.user_active,
            "group": limits.group_daily,
            "everybody": limits.global_daily,
        }
        async with self._database.transaction() as transaction:
            rows = list(await transaction.execute_fetchall(_CREATE, values))
            if rows and draft is not None:
                await transaction.execute(
                    """UPDATE drafts SET state = 'done', show_at = ?, card_id = CASE WHEN ? THEN NULL ELSE card_id END
                       WHERE id = ?""",
                    (now, new.card_id is not None, draft.id),  # with its card the job has taken it over
                )
        if rows:
            return Enqueued(Job.from_row(rows[0]))
        return await self._rejection(new, limits, now=now, draft=draft)

    async def _rejection(self, new: NewJob, limits: Limits, *, now: float, draft: Draft | None) -> EnqueueResult:
        if await self._database.fetch_one(
            f"""SELECT 1 FROM jobs WHERE origin = ?
                OR (parent_id = ? AND variant = ? AND state IN ({_BEFORE_VIDEO}))
                UNION SELECT 1 FROM drafts WHERE id = ? AND state <> 'open'""",
            (new.origin, new.parent_id, new.variant, draft and draft.id),
        ):
            return Duplicate()
        free_at = await self._next_slot_at("person_id = ?", new.person_id, limit=limits.user_daily, now=now)
        if free_at is not None:
            return UserDailyLimit(free_at)
        if new.chat_id < 0:
            limit = await self.group_limit(new.chat_id, limits)
            free_at = await self._next_slot_at("group_id = ?", new.chat_id, limit=limit, now=now)
            if free_at is not None:
                return GroupDailyLimit(limit, free_at)
        free_at = await self._next_slot_at("TRUE", limit=limits.global_daily, now=now)
        if free_at is not None:
            return GlobalDailyLimit(free_at)
        return UserActiveLimit()

    async def _next_slot_at(self, condition: str, *parameters: int, limit: int, now: float) -> float | None:
        """When those who have used their limit may ask again; None: now."""
        rows = await self._database.execute(
            f"SELECT created_at FROM jobs WHERE {condition} AND created_at > ? AND {_COUNTED} ORDER BY created_at",
            (*parameters, now - _DAY_S),
        )
        if len(rows) < limit:
            return None
        return float(rows[len(rows) - limit]["created_at"] if limit else now) + _DAY_S

    async def group_limit(self, chat_id: int, limits: Limits) -> int:
        """Videos that a group may ask for in 24 hours: its own number, never more than the operator's."""
        row = await self._database.fetch_one("SELECT daily FROM groups WHERE chat_id = ?", (chat_id,))
        return limits.group_daily if row is None or row["daily"] is None else min(limits.group_daily, row["daily"])

    # ------------------------------------------------------------ reading
    async def get(self, job_id: str) -> Job | None:
        """The job with this id."""
        return await self._select_one("id = ?", job_id)

    async def by_status_message(self, chat_id: int, card_id: int) -> Job | None:
        """The job whose status message this is."""
        return await self._select_one("chat_id = ? AND card_id = ?", chat_id, card_id)

    async def of_user(self, person_id: int, *, limit: int) -> list[Job]:
        """The person's jobs, unfinished ones first, the newest before older ones."""
        return await self._select(
            f"person_id = ? ORDER BY {_UNFINISHED} DESC, created_at DESC LIMIT ?", person_id, limit
        )

    async def due(self, *states: State, now: float, limit: int) -> list[Job]:
        """Jobs in these states whose next step is due, the longest overdue first."""
        marks = ", ".join("?" * len(states))
        return await self._select(
            f"{_UNFINISHED} AND state IN ({marks}) AND due_at <= ? ORDER BY due_at LIMIT ?", *states, now, limit
        )

    async def next_due(self, *states: State) -> float | None:
        """When a job in one of these states is next due; None when there is none."""
        marks = ", ".join("?" * len(states))
        row = await self._database.fetch_one(
            f"SELECT min(due_at) FROM jobs WHERE {_UNFINISHED} AND state IN ({marks})", states
        )
        return row[0] if row else None

    async def queue_position(self, job_id: str, *, now: float) -> int:
        """How many are served before this queued job, and itself: 1 is next. 0: it does not wait."""
        row = await self._database.fetch_one(
            f"""SELECT place FROM (SELECT id, row_number() OVER (ORDER BY turn, created_at, born) AS place
                FROM ({_QUEUE})) WHERE id = :id""",
            {"id": job_id, "now": now},
        )
        return int(row[0]) if row else 0

    async def next_in_queue(self, *, now: float, limit: int) -> list[Job]:
        """The queued jobs whose turn it is, among those that are due."""
        rows = await self._database.execute(
            f"""SELECT jobs.* FROM ({_QUEUE}) AS queue JOIN jobs USING (id) WHERE queue.due_at <= :now
                ORDER BY turn, queue.created_at, born LIMIT :limit""",
            {"now": now, "limit": limit},
        )
        return [Job.from_row(row) for row in rows]

    async def count_at_service(self) -> int:
        """How many places at the service are taken."""
        row = await self._database.fetch_one(
            f"SELECT count(*) FROM jobs WHERE {_UNFINISHED} AND state IN ({_AT_SERVICE})"
        )
        return int(row[0]) if row else 0

    async def remaining_today(self, person_id: int, limits: Limits, *, now: float) -> int:
        """How many more videos the person may ask for now."""
        row = await self._database.fetch_one(
            f"SELECT count(*) FROM jobs WHERE person_id = ? AND created_at > ? AND {_COUNTED}",
            (person_id, now - _DAY_S),
        )
        return max(0, limits.user_daily - (int(row[0]) if row else 0))

    async def used_today(self, *, now: float) -> int:
        """How many videos of all people count towards these 24 hours."""
        row = await self._database.fetch_one(
            f"SELECT count(*) FROM jobs WHERE created_at > ? AND {_COUNTED}", (now - _DAY_S,)
        )
        return int(row[0]) if row else 0

    async def seconds_taken(self, service: str, model: str, *, duration: int = 5, limit: int = 20) -> list[float]:
        """How long the latest delivered jobs of that model and length (seconds) took at the service, in seconds."""
        rows = await self._database.execute(
            """SELECT finished_at - accepted_at FROM jobs WHERE service = ? AND duration = ?
               AND ifnull(json_extract(motion, '$.model'), quality) = ? AND state = 'delivered'
               AND tries = 0 ORDER BY finished_at DESC LIMIT ?""",
            (service, duration, model, limit),
        )
        return [float(row[0]) for row in rows if row[0] is not None]

    async def count_by_state(self) -> dict[str, int]:
        """How many jobs there are in each state."""
        rows = await self._database.execute("SELECT state, count(*) FROM jobs GROUP BY state")
        return {str(state): int(count) for state, count in rows}

    async def events(self, job_id: str) -> list[tuple[str | None, str]]:
        """The states that a job went through, as (from, to)."""
        rows = await self._database.execute(
            "SELECT from_state, to_state FROM job_events WHERE job_id = ? ORDER BY seq", (job_id,)
        )
        return [(row[0], row[1]) for row in rows]

    # ------------------------------------------------------------ around
    async def mark_extra_photos(self, chat_id: int, media_group_id: str, *, now: float) -> None:
        """More photos of an album came than the job needed: its status message says so."""
        await self._database.execute(
            f"""UPDATE jobs SET extra_photos = 1, show_at = ? WHERE chat_id = ? AND media_group_id = ?
                AND extra_photos = 0 AND {_UNFINISHED}""",
            (now, chat_id, media_group_id),
        )

    async def move_chat(self, old: int, new: int, *, now: float) -> None:
        """A group became a supergroup: its jobs follow. Messages there have other ids, so new ones are sent."""
        await self._database.execute(
            """UPDATE jobs SET group_id = CASE WHEN group_id = :old THEN :new ELSE group_id END,
               chat_id = CASE WHEN chat_id = :old THEN :new ELSE chat_id END,
               card_id = CASE WHEN chat_id = :old THEN NULL ELSE card_id END,
               message_id = CASE WHEN chat_id = :old THEN NULL ELSE message_id END,
               show_at = CASE WHEN chat_id = :old AND finished_at IS NULL THEN :now ELSE show_at END
               WHERE chat_id = :old OR group_id = :old""",
            {"old": old, "new": new, "now": now},
        )

    async def prune(self, *, before: float) -> None:
        """Forget jobs that finished before that time, and their events."""
        await self._database.execute("DELETE FROM jobs WHERE finished_at < ?", (before,))

    # ------------------------------------------------------------ inside
    async def _select_one(self, where: str, *parameters: Any) -> Job | None:
        found = await self._select(f"{where} LIMIT 1", *parameters)
        return found[0] if found else None

    async def _select(self, where: str, *parameters: Any) -> list[Job]:
        rows = await self._database.execute(f"SELECT * FROM jobs WHERE {where}", parameters)
        return [Job.from_row(row) for row in rows]


_CREATE = f"""
    INSERT INTO jobs (id, state, origin, parent_id, variant, chat_id, thread_id, person_id, message_id, media_group_id,
        language, effect, motion, photos, extra_photos, service, quality, duration, exempt, card_id, group_id,
        inline_message_id, source, due_at, show_at, created_at, changed_at)
    SELECT :id, 'queued', :origin, :parent_id, :variant, :chat_id, :thread_id, :person_id, :message_id, :media_group_id,
        :language, :effect, :motion, :photos, :extra_photos, :service, :quality, :duration, :exempt, :card_id,
        CASE WHEN :chat_id < 0 THEN :chat_id END,
        :inline_message_id, :source, :now, :now, :now, :now
    WHERE (:draft IS NULL OR EXISTS (SELECT 1 FROM drafts WHERE id = :draft AND state = 'open')) AND (:exempt OR (
        (SELECT count(*) FROM jobs WHERE person_id = :person_id AND created_at > :day AND {_COUNTED}) < :daily
        AND (SELECT count(*) FROM jobs WHERE person_id = :person_id AND exempt = 0 AND {_UNFINISHED}) < :active
        AND (SELECT count(*) FROM jobs WHERE created_at > :day AND {_COUNTED}) < :everybody
        AND (:chat_id > 0 OR (SELECT count(*) FROM jobs WHERE group_id = :chat_id AND created_at > :day AND {_COUNTED})
            < min(:group, ifnull((SELECT daily FROM groups WHERE chat_id = :chat_id), :group)))))
    ON CONFLICT DO NOTHING RETURNING *"""
