"""State changes of jobs: each method is one named transition, with its SQL.

A transition is a single `UPDATE … WHERE id AND state … RETURNING *`. It returns the job as it is afterwards, or None
if the job was not in a state that the transition starts from. Then somebody else has moved the job, and the caller's
own outcome no longer matters.
"""

from __future__ import annotations

from storage.models import AT_SERVICE, WITHHELD, Job, State
from storage.submit_transitions import SubmitTransitions

_AT_SERVICE = ", ".join(f"'{state}'" for state in AT_SERVICE)
_PAYABLE = f"{_AT_SERVICE}, 'needs_decision'"  # the service may have charged for it, and the video is not there
# Where an admin of the group and the person who asked for the video both say so, the admin stays.
_NOTE_CANCEL = """cancel_requested = 1,
    cancelled_by = CASE WHEN :by = person_id THEN coalesce(cancelled_by, :by) ELSE :by END"""
_FORGET_CANCEL = "cancel_requested = 0, cancel_confirmed = 0, cancelled_by = NULL"


class Transitions(SubmitTransitions):
    """The state changes in `storage.models.TRANSITIONS`, and when a job's next step is due."""

    # ------------------------------------------------------------ generate
    async def complete(self, job_id: str, url: str, *, usd: float | None, now: float) -> Job | None:
        """generating -> ready: the service has made the video; `usd` is its price, None if unknown.

        None, too, if it is not to be posted; see `withhold`.
        """
        return await self._move(
            job_id,
            "state = 'generating' AND cancel_requested = 0",
            State.READY,
            """video_url = :url, usd = coalesce(:usd, usd), tries = 0, rejections = 0, url_failures = 0,
               due_at = :now""",
            now=now,
            url=url,
            usd=usd,
        )

    async def withhold(self, job_id: str, url: str, *, usd: float | None, now: float) -> Job | None:
        """generating -> undeliverable: the service has made a video that is not to be posted. It is kept."""
        return await self._move(
            job_id,
            "state = 'generating' AND cancel_requested = 1",
            State.UNDELIVERABLE,
            f"""video_url = :url, usd = coalesce(:usd, usd), tries = 0, reason = '{WITHHELD}', reason_detail = NULL,
                finished_at = :now""",
            now=now,
            url=url,
            usd=usd,
        )

    # ------------------------------------------------------------ deliver
    async def deliver(self, job_id: str, *, now: float) -> Job | None:
        """ready -> delivering: commit the intent before the message is edited."""
        return await self._move(job_id, "state = 'ready'", State.DELIVERING, "due_at = :now", now=now)

    async def mark_delivered(
        self, job_id: str, *, file_id: str | None, card_id: int | None, now: float, animation: bool = False
    ) -> Job | None:
        """delivering -> delivered: the video is in the chat. None for an id leaves the column as it is."""
        return await self._move(
            job_id,
            "state = 'delivering'",
            State.DELIVERED,
            """video_is_animation = CASE WHEN :file_id IS NULL THEN video_is_animation ELSE :animation END,
               video_file_id = coalesce(:file_id, video_file_id), card_id = coalesce(:card_id, card_id),
               finished_at = :now""",
            now=now,
            file_id=file_id,
            animation=int(animation),
            card_id=card_id,
        )

    async def postpone_delivery(
        self, job_id: str, *, due_at: float, count_try: bool, now: float, rejected: bool = False
    ) -> Job | None:
        """delivering -> ready: Telegram asked to wait or could not be reached, or the video was `rejected`.

        `count_try`: False if nothing was tried.
        """
        return await self._move(
            job_id,
            "state = 'delivering'",
            State.READY,
            "due_at = :due_at, tries = tries + :tries, rejections = rejections + :rejected",
            now=now,
            due_at=due_at,
            tries=int(count_try),
            rejected=int(rejected),
        )

    async def count_url_failure(self, job_id: str) -> None:
        """Count that Telegram did not say what came of the video's URL. The state stays."""
        await self._database.execute("UPDATE jobs SET url_failures = url_failures + 1 WHERE id = ?", (job_id,))

    async def refresh_url(self, job_id: str, url: str) -> None:
        """Store the new URL that the service gave the video. The state stays."""
        await self._database.execute(
            "UPDATE jobs SET video_url = ? WHERE id = ? AND state IN ('ready', 'delivering')", (url, job_id)
        )

    async def mark_undeliverable(self, job_id: str, *, reason: str, detail: str, now: float) -> Job | None:
        """delivering -> undeliverable: the bot may not write to the chat."""
        return await self._move(
            job_id,
            "state = 'delivering'",
            State.UNDELIVERABLE,
            "reason = :reason, reason_detail = :detail, finished_at = :now",
            now=now,
            reason=reason,
            detail=detail,
        )

    async def redeliver_to(
        self, job_id: str, chat_id: int, *, message_id: int | None, now: float, card_id: int | None = None
    ) -> Job | None:
        """undeliverable -> ready, in this chat or another one: the user came to fetch the video.

        Args:
            job_id: the job.
            chat_id: where the video is to be shown.
            message_id: the message that a new status message replies to.
            now: Unix time in seconds.
            card_id: the message to edit into the video; None to send a new one.
        """
        return await self._move(
            job_id,
            "state = 'undeliverable'",
            State.READY,
            f"""thread_id = CASE WHEN chat_id = :chat_id THEN thread_id END, chat_id = :chat_id,
                message_id = :message_id, card_id = :card_id, inline_message_id = NULL, finished_at = NULL,
                reason = NULL, tries = 0, rejections = 0, url_failures = 0, due_at = :now, announced = NULL,
                {_FORGET_CANCEL}""",
            now=now,
            chat_id=chat_id,
            message_id=message_id,
            card_id=card_id,
        )

    async def post(self, job_id: str, *, now: float) -> Job | None:
        """undeliverable -> ready, where it was asked for: a video that was withheld is to be posted after all."""
        return await self._move(
            job_id,
            f"state = 'undeliverable' AND reason = '{WITHHELD}'",
            State.READY,
            f"""finished_at = NULL, reason = NULL, tries = 0, rejections = 0, url_failures = 0, due_at = :now,
                announced = NULL, {_FORGET_CANCEL}""",
            now=now,
        )

    # ------------------------------------------------------------ end
    async def fail(self, job_id: str, *, reason: str, photo: int | None, detail: str, now: float) -> Job | None:
        """queued, submitting, in_doubt, generating -> failed: there is no video, and nothing was charged."""
        return await self._move(
            job_id,
            "state IN ('queued', 'submitting', 'in_doubt', 'generating')",
            State.FAILED,
            "reason = :reason, reason_photo = :photo, reason_detail = :detail, finished_at = :now",
            now=now,
            reason=reason,
            photo=photo,
            detail=detail,
        )

    async def cancel(self, job_id: str, *, now: float) -> Job | None:
        """queued, needs_decision -> cancelled, by the user."""
        return await self._move(
            job_id,
            "state IN ('queued', 'needs_decision')",
            State.CANCELLED,
            "cancel_requested = 1, finished_at = :now",
            now=now,
        )

    async def request_cancel(self, job_id: str, person_id: int, *, now: float) -> Job | None:
        """Note that this user does not want a video posted that may be paid for; it can't be stopped. The state stays.

        The video is kept when it comes; see `withhold`. The user is asked whether they are sure.
        """
        row = await self._database.fetch_one(
            f"""UPDATE jobs SET {_NOTE_CANCEL}, show_at = :now WHERE id = :id
                AND state IN ({_AT_SERVICE}) RETURNING *""",
            {"id": job_id, "by": person_id, "now": now},
        )
        return Job.from_row(row) if row else None

    async def withhold_ready(self, job_id: str, person_id: int, *, now: float) -> Job | None:
        """ready -> undeliverable: this user does not want the video posted, and no try to deliver it was made.

        After a try it is too late: people may see the video already.
        """
        return await self._move(
            job_id,
            "state = 'ready' AND tries = 0",
            State.UNDELIVERABLE,
            f"{_NOTE_CANCEL}, reason = '{WITHHELD}', reason_detail = NULL, finished_at = :now",
            now=now,
            by=person_id,
        )

    async def confirm_cancel(self, job_id: str, person_id: int, *, now: float) -> Job | None:
        """Note that this user is sure that the video is not to be posted. The state stays."""
        row = await self._database.fetch_one(
            f"""UPDATE jobs SET {_NOTE_CANCEL}, cancel_confirmed = 1, show_at = :now WHERE id = :id
                AND (state IN ({_PAYABLE}) AND cancel_requested = 1
                     OR state = 'undeliverable' AND reason = '{WITHHELD}') RETURNING *""",
            {"id": job_id, "by": person_id, "now": now},
        )
        return Job.from_row(row) if row else None

    async def undo_cancel(self, job_id: str, *, now: float) -> Job | None:
        """Note that the video is to be posted after all when it comes. The state stays."""
        row = await self._database.fetch_one(
            f"""UPDATE jobs SET {_FORGET_CANCEL}, show_at = :now WHERE id = :id
                AND state IN ({_PAYABLE}) RETURNING *""",
            {"id": job_id, "now": now},
        )
        return Job.from_row(row) if row else None

    async def finish_cancelled(self, job_id: str, *, charged: bool, now: float) -> Job | None:
        """submitting, in_doubt, needs_decision, generating -> cancelled: what the user cancelled ended without a video.

        If nothing was `charged`, it does not count towards the daily limits.
        """
        return await self._move(
            job_id,
            f"state IN ({_PAYABLE}) AND cancel_requested = 1",
            State.CANCELLED,
            "finished_at = :now, submitted_at = CASE WHEN :charged = 1 THEN submitted_at END",
            now=now,
            charged=int(charged),
        )

    # ------------------------------------------------------------ when the next step is due
    async def reschedule(self, job: Job, *, due_at: float) -> None:
        """Take the next step at `due_at`, unless the job was moved or woken since it was read."""
        await self._database.execute(
            "UPDATE jobs SET due_at = ? WHERE id = ? AND version = ? AND due_at = ?",
            (due_at, job.id, job.version, job.due_at),
        )

    async def wake(
        self, service: str, service_job_id: str | None, client_request_id: str | None, *, now: float
    ) -> str | None:
        """Make a job due now, because the service has news of it. Return its id, or None if no job is waiting for it.

        The job is found by the service's id or by ours.
        """
        row = await self._database.fetch_one(
            """UPDATE jobs SET due_at = ? WHERE service = ? AND state IN ('in_doubt', 'needs_decision', 'generating')
               AND (service_job_id = ? OR client_request_id = ?) RETURNING id""",
            (now, service, service_job_id, client_request_id),
        )
        return row[0] if row else None

    async def mark_interrupted(self, *, now: float) -> list[Job]:
        """At start: put jobs whose submit was interrupted in doubt and return them; make interrupted deliveries due."""
        await self._database.execute("UPDATE jobs SET due_at = ? WHERE state = 'delivering' AND due_at > ?", (now, now))
        rows = await self._database.execute(
            """UPDATE jobs SET state = 'in_doubt', changed_at = :now, show_at = :now, due_at = :now,
               version = version + 1, reason_detail = 'the process ended during the submit'
               WHERE state = 'submitting' RETURNING *""",
            {"now": now},
        )
        return [Job.from_row(row) for row in rows]
