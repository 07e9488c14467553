"""Jobs: created within the rules and limits, read in several ways, and ordered in the queue.

State changes are in `storage.transitions`, counts for reports in `storage.reports`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from storage.budgets import DAY_S, KEEP_SPENDING, MONTH_S, VIDEOS, WITHIN_BUDGETS
from storage.limits import (
    ATTEMPTED,
    COUNTED,
    HAS_STATUS_MESSAGE,
    HOLDS_PLACE,
    LATE,
    LOST,
    QUEUE_AGAIN,
    RESUBMIT,
    WITHIN_LIMITS,
    AdminsOnly,
    Banned,
    Duplicate,
    EffectSwitchedOff,
    Enqueued,
    EnqueueResult,
    Limits,
    NoConsent,
    ServicePlaces,
    group_limit,
    reached_limit,
)
from storage.models import AT_SERVICE, LONG_AT_SERVICE_S, Draft, Job, Photo, State, encode_options
from storage.people.access import NOT_BANNED
from storage.people.consents import refusing_people, subject_of
from storage.people.groups import EFFECT_ALLOWED, OPEN_TO_ASKER

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.database import Database
    from storage.models import ImageToVideoOptions

_RECENT_USE_S = 600  # a submit counts against its user's next turn for so long
_AT_SERVICE = ", ".join(f"'{state}'" for state in AT_SERVICE)
_BEFORE_VIDEO = f"'queued', 'needs_decision', {_AT_SERVICE}"  # as in the index jobs_one_child
_UNFINISHED = "finished_at IS NULL"
_GROUP = f"service, state, coalesce(due_at > accepted_at + {LONG_AT_SERVICE_S}, 0)"  # `Job.group` in SQL
# Users take turns: whoever has used the service least recently is served first, then whoever asked first.
# Jobs of the same moment keep the order in which they were created, which is that of their first events.
_QUEUE = f"""
    SELECT waiting.*, row_number() OVER (PARTITION BY person_id ORDER BY created_at, first_event)
        + (SELECT count(*) FROM jobs AS used WHERE used.person_id = waiting.person_id
           AND (used.state IN ({_AT_SERVICE}) OR used.submitted_at > :now - {_RECENT_USE_S})) AS turn
    FROM (SELECT id, person_id, service, due_at, created_at, card_id, inline_message_id,
              (SELECT min(seq) FROM job_events WHERE job_id = jobs.id) AS first_event
          FROM jobs WHERE state = 'queued') AS waiting"""
_USED_PLACES = f"SELECT service, count(*) AS used FROM jobs WHERE {_UNFINISHED} AND {HOLDS_PLACE} GROUP BY service"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """What a job is created from.

    Attributes:
        origin: the user's action, unique for each: handling it twice creates one job.
        theme: the effect's, which a group may have switched off.
        by_admin: whether an admin of the group asks.
        exempt: whether no limit applies to who asks.
        reserved_microusd: what the video may cost, in millionths of a US dollar; it is set aside in every budget.
    """

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
    theme: str = ""
    by_admin: bool = False
    exempt: bool = False
    extra_photos: bool = False
    media_group_id: str | None = None
    parent_id: str | None = None
    variant: str | None = None
    card_id: int | None = None
    inline_message_id: str | None = None
    source: str | None = None
    motion: ImageToVideoOptions | None = None
    reserved_microusd: int = 0


class Jobs:
    """The table `jobs`: creating, reading, the queue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ------------------------------------------------------------ create
    async def create(self, new: NewJob, limits: Limits, *, now: float, draft: Draft | None = None) -> EnqueueResult:
        """Queue a job and end its draft in one transaction, or return the rule or the limit that forbids it."""
        values = asdict(new) | {
            "photos": json.dumps([asdict(photo) for photo in new.photos]),
            "motion": encode_options(new.motion),
            "draft": draft and draft.id,
            "subject": subject_of(new.person_id, new.effect, new.motion, new.photos),
            **limits.parameters(now),
        }
        async with self._database.transaction() as transaction:
            rows = list(await transaction.execute_fetchall(_CREATE, values))
            if rows and draft is not None:
                # A job that was given a message has taken over the draft's question.
                card = "NULL" if new.card_id is not None else "card_id"
                await transaction.execute(
                    f"UPDATE drafts SET state = 'done', show_at = ?, card_id = {card} WHERE id = ?", (now, draft.id)
                )
        if rows:
            return Enqueued(Job.from_row(rows[0]))
        return await self._rejection(limits, values)

    async def resubmit(
        self,
        job: Job,
        submit: int,
        limits: Limits,
        *,
        reserved_microusd: int = 0,
        theme: str,
        by_admin: bool,
        exempt: bool,
        now: float,
    ) -> EnqueueResult:
        """Queue a job again whose submit with this number was lost, as its user wishes: once for each lost submit.

        It counts like a new video, and the same rules, limits and budgets may forbid it.
        """
        values = {
            "id": job.id,
            "submit": submit,
            "chat_id": job.group_id or job.chat_id,
            "person_id": job.person_id,
            "effect": job.effect,
            "theme": theme,
            "by_admin": by_admin,
            "exempt": exempt,
            "reserved_microusd": reserved_microusd,
            **limits.parameters(now),
        }
        async with self._database.transaction() as transaction:
            if list(await transaction.execute_fetchall(RESUBMIT, values)):
                rows = list(await transaction.execute_fetchall(QUEUE_AGAIN, values))
                return Enqueued(Job.from_row(rows[0]))
        row = await self._database.fetch_one(f"SELECT {LOST}, {EFFECT_ALLOWED}, {OPEN_TO_ASKER}, {NOT_BANNED}", values)
        if row is None or not row[0]:
            return Duplicate()
        if not row[3]:
            return Banned()
        if not row[1]:
            return EffectSwitchedOff()
        return await reached_limit(self._database, values, limits) if row[2] else AdminsOnly()

    async def _rejection(self, limits: Limits, values: dict[str, Any]) -> EnqueueResult:
        """Return why the job was not created."""
        if await self._database.fetch_one(
            f"""SELECT 1 FROM jobs WHERE origin = :origin
                OR (parent_id = :parent_id AND variant = :variant AND state IN ({_BEFORE_VIDEO}))
                UNION SELECT 1 FROM drafts WHERE id = :draft AND state <> 'open'""",
            values,
        ):
            return Duplicate()
        row = await self._database.fetch_one(
            f"SELECT {EFFECT_ALLOWED}, {OPEN_TO_ASKER}, ({_REFUSING} LIMIT 1), {NOT_BANNED}", values
        )
        if row is not None and not row[3]:
            return Banned()
        if row is not None and not row[0]:
            return EffectSwitchedOff()
        if row is not None and not row[1]:
            return AdminsOnly()
        if row is not None and row[2] is not None:
            return NoConsent(row[2])
        return await reached_limit(self._database, values, limits)

    # ------------------------------------------------------------ limits
    async def group_limit(self, chat_id: int, limits: Limits) -> int:
        """Return a group's videos in 24 hours: its own setting, but never more than the operator's limit."""
        return await group_limit(self._database, chat_id, limits)

    async def remaining_today(self, person_id: int, limits: Limits, *, now: float) -> int:
        """Return how many more videos the user may ask for now."""
        row = await self._database.fetch_one(
            f"""SELECT count(*) FILTER (WHERE {COUNTED}), count(*) FILTER (WHERE {ATTEMPTED}) FROM {VIDEOS}
                WHERE person_id = ? AND created_at > ?""",
            (person_id, now - DAY_S),
        )
        counted, attempted = row or (0, 0)
        return max(0, min(limits.user_daily - counted, limits.attempts - attempted))

    async def used_today(self, *, now: float) -> int:
        """Return how many videos of all users together count towards the last 24 hours."""
        row = await self._database.fetch_one(
            f"SELECT count(*) FROM {VIDEOS} WHERE created_at > ? AND {COUNTED}", (now - DAY_S,)
        )
        return int(row[0]) if row else 0

    # ------------------------------------------------------------ read
    async def get(self, job_id: str) -> Job | None:
        """Return the job with this id, or None."""
        return await self._select_one("id = ?", job_id)

    async def by_status_message(self, chat_id: int, card_id: int) -> Job | None:
        """Return the job whose status message this is, or None."""
        return await self._select_one("chat_id = ? AND card_id = ?", chat_id, card_id)

    async def of_user(self, person_id: int, *, limit: int, group_id: int | None = None) -> list[Job]:
        """Return the user's jobs, unfinished ones first, newer ones before older ones.

        If `group_id` is given, only those that the user asked for in that group.
        """
        return await self._select(
            f"""person_id = ? AND (? IS NULL OR group_id = ?)
                ORDER BY {_UNFINISHED} DESC, created_at DESC LIMIT ?""",
            person_id,
            group_id,
            group_id,
            limit,
        )

    async def undelivered(self, person_id: int, *, limit: int, group_id: int | None = None) -> list[Job]:
        """Return the user's jobs whose video was made and not delivered, the newest first; `group_id` as above."""
        return await self._select(
            """person_id = ? AND state = 'undeliverable' AND (? IS NULL OR group_id = ?)
               ORDER BY created_at DESC LIMIT ?""",
            person_id,
            group_id,
            group_id,
            limit,
        )

    async def delivered_videos(
        self, person_id: int, *, effects: Collection[str] | None, offset: int, limit: int
    ) -> list[Job]:
        """Return the user's delivered jobs whose video Telegram keeps, the newest first.

        Videos that somebody had deleted are left out. If `effects` is given, only jobs with these effects count.
        """
        among = "" if effects is None else f"AND effect IN ({', '.join('?' * len(effects)) or 'NULL'})"
        return await self._select(
            f"""person_id = ? AND state = 'delivered' AND video_file_id IS NOT NULL AND removed_by IS NULL {among}
                ORDER BY finished_at DESC, id LIMIT ? OFFSET ?""",
            person_id,
            *(effects or ()),
            limit,
            offset,
        )

    async def due(self, *states: State, now: float, limit: int) -> list[Job]:
        """Return jobs in these states whose next step is due, the longest overdue first.

        `limit` counts for each `Job.group`, so that no service and no kind of step hides another.
        """
        rows = await self._database.execute(
            f"""SELECT * FROM (
                    SELECT *, row_number() OVER (PARTITION BY {_GROUP} ORDER BY due_at) AS rank
                    FROM jobs WHERE {_UNFINISHED} AND due_at <= :now
                        AND state IN (SELECT value FROM json_each(:states)))
                WHERE rank <= :limit ORDER BY due_at""",
            {"states": json.dumps(states), "now": now, "limit": limit},
        )
        return [Job.from_row(row) for row in rows]

    async def next_due(self, *states: State) -> float | None:
        """Return when a job in one of these states is next due (Unix seconds), or None if there is none."""
        marks = ", ".join("?" * len(states))
        row = await self._database.fetch_one(
            f"SELECT min(due_at) FROM jobs WHERE {_UNFINISHED} AND state IN ({marks})", states
        )
        return row[0] if row else None

    # ------------------------------------------------------------ queue
    async def next_in_queue(self, places: ServicePlaces, *, now: float, limit: int) -> list[Job]:
        """Return the queued jobs that are shown, due and have a place at their service, in the order of their turns."""
        rows = await self._database.execute(
            f"""SELECT jobs.* FROM (
                    SELECT *, row_number() OVER (PARTITION BY service ORDER BY turn, created_at, first_event) AS rank
                    FROM ({_QUEUE}) AS queue WHERE due_at <= :now AND {HAS_STATUS_MESSAGE}) AS ranked
                LEFT JOIN ({_USED_PLACES}) AS used ON used.service = ranked.service JOIN jobs ON jobs.id = ranked.id
                WHERE rank <= :places - coalesce(used, 0)
                ORDER BY ranked.turn, ranked.created_at, ranked.first_event LIMIT :limit""",
            {"now": now, "limit": limit, **places.parameters()},
        )
        return [Job.from_row(row) for row in rows]

    async def next_turn(self, places: ServicePlaces, *, now: float) -> float | None:
        """Return when a queued job of a service with a free place is next due (Unix seconds), or None."""
        row = await self._database.fetch_one(
            f"""SELECT min(due_at) FROM jobs WHERE state = 'queued' AND {_UNFINISHED} AND {HAS_STATUS_MESSAGE}
                AND service NOT IN (SELECT service FROM ({_USED_PLACES}) WHERE used >= :places)""",
            {"now": now, **places.parameters()},
        )
        return row[0] if row else None

    async def queue_position(self, job_id: str, *, now: float) -> int:
        """Return the job's position in its service's queue: 1 if it is next, 0 if it is not queued."""
        row = await self._database.fetch_one(
            f"""SELECT position FROM (
                    SELECT id,
                        row_number() OVER (PARTITION BY service ORDER BY turn, created_at, first_event) AS position
                    FROM ({_QUEUE}) AS queue) AS positions
                WHERE id = :id""",
            {"id": job_id, "now": now},
        )
        return int(row[0]) if row else 0

    async def count_late(self, service: str, places: ServicePlaces, *, now: float) -> int:
        """Return how many of the service's jobs are past their deadline and still not done."""
        row = await self._database.fetch_one(
            f"SELECT count(*) FROM jobs WHERE {_UNFINISHED} AND state = 'generating' AND service = :service AND {LATE}",
            {"service": service, "now": now, **places.parameters()},
        )
        return int(row[0]) if row else 0

    # ------------------------------------------------------------ change without a transition
    async def mark_extra_photos(self, chat_id: int, media_group_id: str, *, now: float) -> None:
        """Note that an album has more photos than its job used, so that the status message says so."""
        await self._database.execute(
            f"""UPDATE jobs SET extra_photos = 1, show_at = ? WHERE chat_id = ? AND media_group_id = ?
                AND extra_photos = 0 AND {_UNFINISHED}""",
            (now, chat_id, media_group_id),
        )

    async def move_chat(self, old: int, new: int, *, now: float) -> None:
        """Move a group's jobs to its supergroup. Message ids differ there, so new status messages are sent."""
        await self._database.execute(
            """UPDATE jobs SET group_id = CASE WHEN group_id = :old THEN :new ELSE group_id END,
               chat_id = CASE WHEN chat_id = :old THEN :new ELSE chat_id END,
               card_id = CASE WHEN chat_id = :old THEN NULL ELSE card_id END,
               message_id = CASE WHEN chat_id = :old THEN NULL ELSE message_id END,
               show_at = CASE WHEN chat_id = :old AND finished_at IS NULL THEN :now ELSE show_at END
               WHERE chat_id = :old OR group_id = :old""",
            {"old": old, "new": new, "now": now},
        )

    async def prune(self, *, before: float, now: float) -> None:
        """Delete jobs that finished before that time, with their events; keep what they cost for a month."""
        async with self._database.transaction() as transaction:
            await transaction.execute(KEEP_SPENDING, {"before": before, "since": now - MONTH_S})
            await transaction.execute("DELETE FROM jobs WHERE finished_at < ?", (before,))
            await transaction.execute("DELETE FROM past_spending WHERE created_at < ?", (now - MONTH_S,))

    # ------------------------------------------------------------ private
    async def _select_one(self, where: str, *parameters: Any) -> Job | None:
        found = await self._select(f"{where} LIMIT 1", *parameters)
        return found[0] if found else None

    async def _select(self, where: str, *parameters: Any) -> list[Job]:
        rows = await self._database.execute(f"SELECT * FROM jobs WHERE {where}", parameters)
        return [Job.from_row(row) for row in rows]


_REFUSING = refusing_people(":photos", ":person_id", ":chat_id", ":draft", ":subject")

# One statement checks every rule and limit and inserts the row, so that no request passes one on its way here, and no
# two requests can share the last free video. It inserts nothing if a rule or a limit forbids it, the draft has ended,
# or a unique index already has the request.
_CREATE = f"""
    INSERT INTO jobs (id, state, origin, parent_id, variant, chat_id, thread_id, person_id, message_id, media_group_id,
        language, effect, motion, photos, extra_photos, service, quality, duration, exempt, card_id, group_id,
        inline_message_id, source, reserved_microusd, due_at, show_at, created_at, changed_at)
    SELECT :id, 'queued', :origin, :parent_id, :variant, :chat_id, :thread_id, :person_id, :message_id, :media_group_id,
        :language, :effect, :motion, :photos, :extra_photos, :service, :quality, :duration, :exempt, :card_id,
        CASE WHEN :chat_id < 0 THEN :chat_id END,
        :inline_message_id, :source, :reserved_microusd, :now, :now, :now, :now
    WHERE (:draft IS NULL OR EXISTS (SELECT 1 FROM drafts WHERE id = :draft AND state = 'open'))
        AND {EFFECT_ALLOWED} AND {OPEN_TO_ASKER} AND NOT EXISTS ({_REFUSING}) AND {WITHIN_LIMITS}
        AND {WITHIN_BUDGETS} AND {NOT_BANNED}
    ON CONFLICT DO NOTHING RETURNING *"""
