"""What comes of asking for a job, and the limits that may forbid it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.models import Job


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be used: by one person videos in 24 hours and videos at once; by one group, and by all, in 24 hours."""

    user_daily: int
    user_active: int
    group_daily: int = 20
    global_daily: int = 200


@dataclass(frozen=True, slots=True)
class Enqueued:
    """The job is queued."""

    job: Job


@dataclass(frozen=True, slots=True)
class Duplicate:
    """It had been asked for before, is being made, or its draft was given up: nothing was added."""


@dataclass(frozen=True, slots=True)
class UserDailyLimit:
    """The person has used the videos of 24 hours; the next is free at that Unix time."""

    free_at: float


@dataclass(frozen=True, slots=True)
class UserActiveLimit:
    """The person has as many videos being made as may be at once."""


@dataclass(frozen=True, slots=True)
class GroupDailyLimit:
    """The group has used its `limit` videos of 24 hours; the next is free at that Unix time."""

    limit: int
    free_at: float


@dataclass(frozen=True, slots=True)
class GlobalDailyLimit:
    """All people together have used the videos of 24 hours; the next is free at that Unix time."""

    free_at: float


EnqueueResult = Enqueued | Duplicate | UserDailyLimit | UserActiveLimit | GroupDailyLimit | GlobalDailyLimit
