"""What comes of asking for a job, and the limits that may forbid it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.models import Job


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be used: by one person videos in 24 hours and videos at once; by one group, and by all, in 24 hours."""

    daily: int
    active: int
    group: int = 20
    everybody: int = 200


@dataclass(frozen=True, slots=True)
class Created:
    """The job is queued."""

    job: Job


@dataclass(frozen=True, slots=True)
class Exists:
    """It had been asked for before, is being made, or its draft was given up: nothing was added."""


@dataclass(frozen=True, slots=True)
class OverDaily:
    """The person has used the videos of 24 hours; the next is free at that Unix time."""

    free_at: float


@dataclass(frozen=True, slots=True)
class OverActive:
    """The person has as many videos being made as may be at once."""


@dataclass(frozen=True, slots=True)
class OverGroup:
    """The group has used its `limit` videos of 24 hours; the next is free at that Unix time."""

    limit: int
    free_at: float


@dataclass(frozen=True, slots=True)
class OverAll:
    """All people together have used the videos of 24 hours; the next is free at that Unix time."""

    free_at: float


Creation = Created | Exists | OverDaily | OverActive | OverGroup | OverAll
