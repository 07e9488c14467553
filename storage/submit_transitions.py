"""State changes of jobs until the service has accepted them: submits, and what comes of those whose answer was lost.

They are methods of `storage.transitions.Transitions`, whose docstring holds for them, too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.limits import HOLDS_PLACE
from storage.models import Job, State
from storage.people.consents import REFUSING_AT_SUBMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.database import Database
    from storage.limits import ServicePlaces

_PHOTOS_WITH_DIGESTS = """(
    SELECT json_group_array(json_set(photo.value, '$.digest', json_extract(:digests, '$[' || photo.key || ']')))
    FROM json_each(jobs.photos) AS photo)"""
_OF_NO_OTHER_JOB = """NOT EXISTS (SELECT 1 FROM jobs AS other WHERE other.service = jobs.service
    AND other.service_job_id = :service_job_id AND other.id <> jobs.id)"""


class SubmitTransitions:
    """The part of `Transitions` that is about submits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def _move(
        self, job_id: str, condition: str, to: State, assignments: str, *, now: float, **values: object
    ) -> Job | None:
        row = await self._database.fetch_one(
            f"""UPDATE jobs SET state = '{to}', changed_at = :now, show_at = :now, version = version + 1, {assignments}
                WHERE id = :id AND {condition} RETURNING *""",
            {"id": job_id, "now": now, **values},
        )
        return Job.from_row(row) if row else None

    async def before_acceptance(self) -> set[str]:
        """Return the ids of the unfinished jobs of which this database does not know that a service has them."""
        rows = await self._database.execute(
            "SELECT id FROM jobs WHERE state IN ('queued', 'submitting', 'in_doubt', 'needs_decision')"
        )
        return {row[0] for row in rows}

    async def submit(
        self, job_id: str, places: ServicePlaces, *, account: str, digests: Sequence[str] = (), now: float
    ) -> Job | None:
        """queued -> submitting: commit the intent before the request is made.

        `account` is the account that it is made with, `digests` are those of the job's photos.

        None, too, if the service has no free place, or if somebody whose profile picture is in it no longer agrees.
        """
        return await self._move(
            job_id,
            f"""state = 'queued' AND NOT EXISTS ({REFUSING_AT_SUBMIT}) AND
                (SELECT count(*) FROM jobs AS other WHERE other.service = jobs.service
                AND other.finished_at IS NULL AND {HOLDS_PLACE}) < :places""",
            State.SUBMITTING,
            f"""submits = submits + 1, client_request_id = id || '.' || (submits + 1), submitted_at = :now,
                account = :account, record_read = 0, photos = {_PHOTOS_WITH_DIGESTS}""",
            now=now,
            account=account,
            **places.parameters(),
            digests=json.dumps(digests),
        )

    async def accept(self, job_id: str, service_job_id: str, *, due_at: float, now: float) -> Job | None:
        """submitting, in_doubt, needs_decision -> generating: the service has accepted it under this id.

        None, too, if another job has that id: nobody gets somebody else's video.
        """
        return await self._move(
            job_id,
            f"state IN ('submitting', 'in_doubt', 'needs_decision') AND {_OF_NO_OTHER_JOB}",
            State.GENERATING,
            """service_job_id = :service_job_id, tries = 0, due_at = :due_at, reason = NULL, reason_detail = NULL,
               accepted_at = CASE WHEN state = 'submitting' THEN :now ELSE submitted_at END""",
            now=now,
            service_job_id=service_job_id,
            due_at=due_at,
        )

    async def adopt(
        self,
        job_id: str,
        service_job_id: str,
        *,
        submit: int,
        account: str,
        now: float,
        moved_to: tuple[str, int] | None = None,
    ) -> Job | None:
        """queued -> generating: a service has it already, from the submit with this number.

        `moved_to` is the other service that has it, and the video's duration there in seconds; None if it is its own.

        None, too, if another job has that id.
        """
        service, duration = moved_to or (None, None)
        return await self._move(
            job_id,
            f"state = 'queued' AND {_OF_NO_OTHER_JOB.replace('jobs.service', 'coalesce(:service, jobs.service)')}",
            State.GENERATING,
            """service_job_id = :service_job_id, submits = :submit, client_request_id = id || '.' || :submit,
               account = :account, lost_submit = 0, tries = 0, due_at = :now, reason = NULL, reason_detail = NULL,
               submitted_at = coalesce(submitted_at, :now), accepted_at = coalesce(submitted_at, :now),
               moved_from = CASE WHEN :service IS NULL THEN moved_from ELSE service END,
               service = coalesce(:service, service), duration = coalesce(:duration, duration)""",
            now=now,
            service_job_id=service_job_id,
            submit=submit,
            account=account,
            service=service,
            duration=duration,
        )

    async def skip_submits(self, job_id: str, submits: int) -> None:
        """Give the next submit of a queued job a higher number, because its service knows the ones before."""
        await self._database.execute(
            "UPDATE jobs SET submits = :submits WHERE id = :id AND state = 'queued' AND submits < :submits",
            {"id": job_id, "submits": submits},
        )

    async def ask_before_submit(self, job_id: str, *, account: str, due_at: float, now: float) -> Job | None:
        """queued -> needs_decision: it may have been submitted in a time that this database does not know.

        Its status message may show a video by now, so the question is a new one.
        """
        return await self._move(
            job_id,
            "state = 'queued'",
            State.NEEDS_DECISION,
            """submits = submits + 1, client_request_id = id || '.' || (submits + 1), submitted_at = created_at,
               account = :account, record_read = 0, due_at = :due_at, card_id = NULL""",
            now=now,
            account=account,
            due_at=due_at,
        )

    async def requeue(self, job_id: str, *, reason: str, detail: str, due_at: float, now: float) -> Job | None:
        """submitting, in_doubt -> queued: nothing was charged; try again at `due_at`."""
        return await self._move(
            job_id,
            "state IN ('submitting', 'in_doubt')",
            State.QUEUED,
            """tries = tries + 1, reason = :reason, reason_detail = :detail, due_at = :due_at, submitted_at = NULL""",
            now=now,
            reason=reason,
            detail=detail,
            due_at=due_at,
        )

    async def fail_over(self, job_id: str, service: str, *, duration: int, detail: str, now: float) -> Job | None:
        """submitting -> queued for another service, because its own did not take it; at most once per job."""
        return await self._move(
            job_id,
            "state = 'submitting' AND moved_from IS NULL AND service <> :service",
            State.QUEUED,
            """moved_from = service, service = :service, duration = :duration, tries = 0, reason = NULL,
               reason_detail = :detail, due_at = :now, submitted_at = NULL""",
            now=now,
            service=service,
            duration=duration,
            detail=detail,
        )

    async def mark_in_doubt(self, job_id: str, *, detail: str, due_at: float, now: float) -> Job | None:
        """submitting -> in_doubt: nobody knows whether it was charged."""
        return await self._move(
            job_id,
            "state = 'submitting'",
            State.IN_DOUBT,
            "reason_detail = :detail, due_at = :due_at",
            now=now,
            detail=detail,
            due_at=due_at,
        )

    async def ask_user(self, job_id: str, *, record_read: bool, due_at: float, now: float) -> Job | None:
        """in_doubt -> needs_decision: it did not appear in time in the service's record, or that could not be read."""
        return await self._move(
            job_id,
            "state = 'in_doubt'",
            State.NEEDS_DECISION,
            "due_at = :due_at, record_read = :record_read",
            now=now,
            record_read=int(record_read),
            due_at=due_at,
        )

    async def note_record_read(self, job_id: str, *, now: float) -> None:
        """Note that the record was read while the user decides, so that the question says so. The state stays."""
        await self._database.execute(
            """UPDATE jobs SET record_read = 1, show_at = ?
               WHERE id = ? AND state = 'needs_decision' AND record_read = 0""",
            (now, job_id),
        )

    async def retry(self, job_id: str, *, now: float) -> Job | None:
        """needs_decision -> queued: the record says that the lost submit failed, so nothing was charged."""
        return await self._move(
            job_id,
            "state = 'needs_decision'",
            State.QUEUED,
            "tries = 0, due_at = :now, reason = NULL, announced = NULL, submitted_at = NULL",
            now=now,
        )

    async def leave(self, job_id: str, submit: int, *, now: float) -> Job | None:
        """needs_decision -> cancelled: the user does not want the submit with this number to be made again."""
        return await self._move(
            job_id,
            "state = 'needs_decision' AND submits = :submit",
            State.CANCELLED,
            "cancel_requested = 1, finished_at = :now",
            now=now,
            submit=submit,
        )
