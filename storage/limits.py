"""How many videos may be asked for and made at once, and the possible results of asking: queued, or refused."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from storage.budgets import CHARGED, DAY_S, VIDEOS, WITHIN_BUDGETS, BudgetReached, Budgets, Spendings
from storage.people.access import NOT_BANNED
from storage.people.groups import EFFECT_ALLOWED, OPEN_TO_ASKER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.database import Database
    from storage.models import Job

# What counts towards daily limits.
COUNTED = f"exempt = 0 AND {CHARGED}"
# What counts towards a user's attempts: also what was sent to the service and failed there, unless for reasons that are
# the operator's or the service's own.
ATTEMPTED = f"""exempt = 0 AND (submits > 0 OR ({COUNTED})) AND NOT (state = 'failed'
    AND reason IN ('busy', 'down', 'out_of_credit', 'bad_key', 'misconfigured', 'retired', 'not_offered'))"""
# What broke the service's content rules.
AGAINST_RULES = "exempt = 0 AND state = 'failed' AND reason = 'moderated'"
# True if no limit forbids one more video of `:person_id` in `:chat_id`, beside the job `:id`.
WITHIN_LIMITS = f"""(:exempt = 1 OR (
        (SELECT count(*) FROM {VIDEOS} WHERE person_id = :person_id AND created_at > :day_start AND {COUNTED})
            < :user_daily
        AND (SELECT count(*) FROM {VIDEOS} WHERE person_id = :person_id AND created_at > :day_start AND {ATTEMPTED})
            < :user_attempts
        AND (SELECT count(*) FROM jobs WHERE person_id = :person_id AND created_at > :day_start AND {AGAINST_RULES})
            < :user_refused
        AND (SELECT count(*) FROM jobs WHERE person_id = :person_id AND exempt = 0 AND finished_at IS NULL
            AND id <> :id) < :user_active
        AND (SELECT count(*) FROM {VIDEOS} WHERE created_at > :day_start AND {COUNTED}) < :global_daily
        AND (:chat_id > 0
            OR (SELECT count(*) FROM {VIDEOS} WHERE group_id = :chat_id AND created_at > :day_start AND {COUNTED})
                < coalesce((SELECT CASE WHEN daily < :group_daily THEN daily END FROM groups WHERE chat_id = :chat_id),
                    :group_daily))))"""
# True if the user may still decide about the lost submit `:submit`.
LOST = """EXISTS (SELECT 1 FROM jobs WHERE id = :id AND state = 'needs_decision' AND submits = :submit
    AND cancel_requested = 0)"""
# As `_CREATE`, for a lost submit that is sent again. Consents are looked at by `Transitions.submit`.
RESUBMIT = f"""
    INSERT INTO resubmits (job_id, submit, exempt, created_at, reserved_microusd)
    SELECT :id, :submit, :exempt, :now, (SELECT reserved_microusd FROM jobs WHERE id = :id)
    WHERE {LOST} AND {EFFECT_ALLOWED} AND {OPEN_TO_ASKER} AND {NOT_BANNED} AND {WITHIN_LIMITS}
        AND {WITHIN_BUDGETS}
    ON CONFLICT DO NOTHING RETURNING submit"""
# The time of the lost submit stays: it is looked for once more before the next one.
QUEUE_AGAIN = """
    UPDATE jobs SET state = 'queued', changed_at = :now, show_at = :now, version = version + 1, due_at = :now,
        tries = 0, reason = NULL, announced = NULL, lost_submit = 1, reserved_microusd = :reserved_microusd
    WHERE id = :id RETURNING *"""


@dataclass(frozen=True, slots=True)
class Limits:
    """The operator's limits, in videos, and in money.

    Attributes:
        user_daily: of one user in 24 hours.
        user_active: of one user at the same time.
        group_daily: of one group in 24 hours; the group itself may set less.
        global_daily: of all users together in 24 hours.
        user_attempts: of one user in 24 hours, failed ones included; None for three times `user_daily`.
        user_refused: of one user in 24 hours that broke the service's content rules; after these the user has to wait.
        budgets: in US dollars.
    """

    user_daily: int
    user_active: int
    group_daily: int = 20
    global_daily: int = 200
    user_attempts: int | None = None
    user_refused: int = 5
    budgets: Budgets = field(default_factory=Budgets)

    @property
    def attempts(self) -> int:
        """How many videos of one user may be sent to the service in 24 hours, whatever comes of them."""
        return 3 * self.user_daily if self.user_attempts is None else self.user_attempts

    def parameters(self, now: float) -> dict[str, Any]:
        """Return the parameters of `WITHIN_LIMITS` and `WITHIN_BUDGETS` beside who asks, where, and for how much."""
        videos = {name: value for name, value in asdict(self).items() if name != "budgets"}
        own = {"user_attempts": self.attempts, "now": now, "day_start": now - DAY_S}
        return videos | own | self.budgets.parameters(now)


LATE = """accepted_at <= :now - coalesce(
    (SELECT value FROM json_each(:deadlines) WHERE key = coalesce(motion ->> 'model', quality)), :deadline)"""
"""SQL: a job at its service is past its deadline. `ServicePlaces.parameters` has the parameters but `now`."""

HAS_STATUS_MESSAGE = "(card_id IS NOT NULL OR inline_message_id IS NOT NULL)"
"""Holds for a job that may be submitted: what can be shown nowhere is not paid for."""
HOLDS_PLACE = f"(state = 'submitting' OR (state = 'generating' AND cancel_requested = 0 AND NOT {LATE}))"
"""SQL: a job takes one of its service's places. One whose end may be far away takes none, and is polled all the same:
past its deadline, in doubt, or cancelled, so that its video will not be posted."""


@dataclass(frozen=True, slots=True)
class ServicePlaces:
    """How many jobs each service works on at once, and for how long a job counts.

    Attributes:
        limit: the places of each service.
        deadline: seconds after which a job is late, and gives its place back.
        model_deadlines: the same for models that take another time.
    """

    limit: int
    deadline: float
    model_deadlines: Mapping[str, float]

    def parameters(self) -> dict[str, float | str]:
        """Return the parameters of `LATE` and `HOLDS_PLACE`, and the limit as `places`."""
        deadlines = json.dumps(dict(self.model_deadlines))
        return {"places": self.limit, "deadline": self.deadline, "deadlines": deadlines}


@dataclass(frozen=True, slots=True)
class Enqueued:
    """The job is in the queue."""

    job: Job


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The request has a job already, or its draft has ended; nothing was inserted."""


@dataclass(frozen=True, slots=True)
class UserDailyLimit:
    """The user has used up 24 hours' videos; the next one is free at `free_at` (Unix seconds)."""

    free_at: float


@dataclass(frozen=True, slots=True)
class UserAttemptsLimit:
    """The user's videos failed at the service so often that none is sent there before `free_at` (Unix seconds)."""

    free_at: float


@dataclass(frozen=True, slots=True)
class ContentRulesLimit:
    """The user's photos broke the service's content rules so often that none is sent before `free_at` (Unix time)."""

    free_at: float


@dataclass(frozen=True, slots=True)
class UserActiveLimit:
    """The user has as many unfinished videos as allowed."""


@dataclass(frozen=True, slots=True)
class GroupDailyLimit:
    """The group has used up its `limit` videos of 24 hours; the next one is free at `free_at` (Unix seconds)."""

    limit: int
    free_at: float


@dataclass(frozen=True, slots=True)
class GlobalDailyLimit:
    """All users together have used up 24 hours' videos; the next one is free at `free_at` (Unix seconds)."""

    free_at: float


@dataclass(frozen=True, slots=True)
class EffectSwitchedOff:
    """The group's admins have switched the effect off."""


@dataclass(frozen=True, slots=True)
class AdminsOnly:
    """Only the group's admins may ask for videos, and the user is none."""


@dataclass(frozen=True, slots=True)
class Banned:
    """The user may not use the bot."""


@dataclass(frozen=True, slots=True)
class NoConsent:
    """The profile picture of `person_id` is among the photos, and they have not agreed to this video."""

    person_id: int


EnqueueResult = (
    Enqueued
    | Duplicate
    | EffectSwitchedOff
    | AdminsOnly
    | Banned
    | NoConsent
    | UserDailyLimit
    | UserAttemptsLimit
    | ContentRulesLimit
    | UserActiveLimit
    | GroupDailyLimit
    | GlobalDailyLimit
    | BudgetReached
)


async def reached_limit(database: Database, values: dict[str, Any], limits: Limits) -> EnqueueResult:
    """Return which limit or budget forbids a video; `values` are those of `WITHIN_LIMITS` and `WITHIN_BUDGETS`."""
    if not values["exempt"] and (reached := await _reached_videos(database, values, limits)) is not None:
        return reached
    return await Spendings(database).reached(limits.budgets, values) or UserActiveLimit()


async def _reached_videos(database: Database, values: dict[str, Any], limits: Limits) -> EnqueueResult | None:
    person_id, chat_id, now = values["person_id"], values["chat_id"], values["now"]
    for counted, limit, result in (
        (COUNTED, limits.user_daily, UserDailyLimit),
        (AGAINST_RULES, limits.user_refused, ContentRulesLimit),
        (ATTEMPTED, limits.attempts, UserAttemptsLimit),
    ):
        free_at = await _next_slot_at(database, f"person_id = ? AND {counted}", person_id, limit=limit, now=now)
        if free_at is not None:
            return result(free_at)
    if chat_id < 0:
        limit = await group_limit(database, chat_id, limits)
        free_at = await _next_slot_at(database, f"group_id = ? AND {COUNTED}", chat_id, limit=limit, now=now)
        if free_at is not None:
            return GroupDailyLimit(limit, free_at)
    free_at = await _next_slot_at(database, COUNTED, limit=limits.global_daily, now=now)
    if free_at is not None:
        return GlobalDailyLimit(free_at)
    active = await database.fetch_one(
        "SELECT count(*) FROM jobs WHERE person_id = ? AND exempt = 0 AND finished_at IS NULL AND id <> ?",
        (person_id, values["id"]),
    )
    return UserActiveLimit() if active is None or active[0] >= limits.user_active else None


async def group_limit(database: Database, chat_id: int, limits: Limits) -> int:
    """Return a group's videos in 24 hours: its own setting, but never more than the operator's limit."""
    row = await database.fetch_one("SELECT daily FROM groups WHERE chat_id = ?", (chat_id,))
    return limits.group_daily if row is None or row["daily"] is None else min(limits.group_daily, row["daily"])


async def _next_slot_at(database: Database, condition: str, *parameters: int, limit: int, now: float) -> float | None:
    """Return when the next video under this daily limit is free (Unix seconds), or None if one is free now."""
    rows = await database.execute(
        f"SELECT created_at FROM {VIDEOS} WHERE {condition} AND created_at > ? ORDER BY created_at",
        (*parameters, now - DAY_S),
    )
    if len(rows) < limit:
        return None
    return float(rows[len(rows) - limit]["created_at"] if limit else now) + DAY_S
