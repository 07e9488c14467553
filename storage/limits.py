"""How many videos may be asked for, and the possible results of asking for one: queued, or refused by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.models import Job


@dataclass(frozen=True, slots=True)
class Limits:
    """The operator's limits, in videos.

    Attributes:
        user_daily: of one user in 24 hours.
        user_active: of one user at the same time.
        group_daily: of one group in 24 hours; the group itself may set less.
        global_daily: of all users together in 24 hours.
    """

    user_daily: int
    user_active: int
    group_daily: int = 20
    global_daily: int = 200


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
class NoConsent:
    """The profile picture of `person_id` is among the photos, and they have not agreed to this video."""

    person_id: int


EnqueueResult = (
    Enqueued
    | Duplicate
    | EffectSwitchedOff
    | AdminsOnly
    | NoConsent
    | UserDailyLimit
    | UserActiveLimit
    | GroupDailyLimit
    | GlobalDailyLimit
)
