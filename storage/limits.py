"""How many videos may be asked for and made at once, and the possible results of asking: queued, or refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.models import Job


@dataclass(frozen=True, slots=True)
class Limits:
    """The operator's limits, in videos.

    Attributes:
        user_daily: of one user in 24 hours.
        user_active: of one user at the same time.
        group_daily: of one group in 24 hours; the group itself may set less.
        global_daily: of all users together in 24 hours.
        user_attempts: of one user in 24 hours, failed ones included; None for three times `user_daily`.
        user_refused: of one user in 24 hours that broke the service's content rules; after these the user has to wait.
    """

    user_daily: int
    user_active: int
    group_daily: int = 20
    global_daily: int = 200
    user_attempts: int | None = None
    user_refused: int = 5

    @property
    def attempts(self) -> int:
        """How many videos of one user may be sent to the service in 24 hours, whatever comes of them."""
        return 3 * self.user_daily if self.user_attempts is None else self.user_attempts


LATE = """accepted_at <= :now - coalesce(
    (SELECT value FROM json_each(:deadlines) WHERE key = coalesce(motion ->> 'model', quality)), :deadline)"""
"""SQL: a job at its service is past its deadline. `ServicePlaces.parameters` has the parameters but `now`."""

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
    | UserAttemptsLimit
    | ContentRulesLimit
    | UserActiveLimit
    | GroupDailyLimit
    | GlobalDailyLimit
)
