"""Which status messages are due to be drawn, and what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.models import Job

if TYPE_CHECKING:
    from storage.database import Database


class StatusMessages:
    """The columns of `jobs` about its status message."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, *, now: float, limit: int) -> list[Job]:
        """Jobs whose status message is due; ends and news before progress."""
        rows = await self._database.execute(
            """SELECT * FROM jobs WHERE show_at <= ? ORDER BY card_id IS NULL DESC, finished_at IS NULL, show_at
               LIMIT ?""",
            (now, limit),
        )
        return [Job.from_row(row) for row in rows]

    async def next_due(self) -> float | None:
        """When a status message is next due; None when none is."""
        row = await self._database.fetch_one("SELECT min(show_at) FROM jobs WHERE show_at IS NOT NULL")
        return row[0] if row else None

    async def drawn(self, job: Job, *, show_at: float | None) -> None:
        """The message shows `job` as given: unless the job moved meanwhile, it is not due until `show_at`."""
        await self._database.execute(
            "UPDATE jobs SET show_at = ? WHERE id = ? AND version = ? AND show_at IS ?",
            (show_at, job.id, job.version, job.show_at),
        )

    async def redraw(self, job_id: str, *, now: float) -> None:
        """Draw the message once more."""
        await self._database.execute("UPDATE jobs SET show_at = ? WHERE id = ?", (now, job_id))

    async def message_sent(self, job_id: str, card_id: int) -> None:
        """A new status message was sent for the job."""
        await self._database.execute("UPDATE jobs SET card_id = ? WHERE id = ?", (card_id, job_id))

    async def move_to_private_chat(self, job_id: str, *, now: float) -> None:
        """The message of inline or guest mode is gone: the job goes on in the person's private chat."""
        await self._database.execute(
            "UPDATE jobs SET inline_message_id = NULL, show_at = ? WHERE id = ? AND inline_message_id IS NOT NULL",
            (now, job_id),
        )

    async def file_id_stored(self, job_id: str, file_id: str, *, animation: bool) -> None:
        """The video lies in the storage chat under this file_id."""
        await self._database.execute(
            "UPDATE jobs SET video_file_id = ?, video_is_animation = ? WHERE id = ?", (file_id, animation, job_id)
        )

    async def announced(self, job: Job) -> None:
        """The person was notified of the job's present state."""
        await self._database.execute("UPDATE jobs SET announced = ? WHERE id = ?", (job.state, job.id))

    async def request_deletion(self, job_id: str, person_id: int, *, now: float) -> bool:
        """A delivered video is to be deleted at a person's word; False where it was before, or is not delivered."""
        return bool(
            await self._database.fetch_one(
                """UPDATE jobs SET removed_by = ?, removed_at = ?, show_at = ?
                   WHERE id = ? AND state = 'delivered' AND removed_by IS NULL RETURNING id""",
                (person_id, now, now, job_id),
            )
        )

    async def deleted(self, job_id: str) -> None:
        """Its message is gone: the video is shown nowhere again."""
        await self._database.execute("UPDATE jobs SET video_file_id = NULL, show_at = NULL WHERE id = ?", (job_id,))
