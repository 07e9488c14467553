"""Which status messages are due to be drawn, and what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.models import NOT_REMOVED, Job

if TYPE_CHECKING:
    from storage.database import Database


class StatusMessages:
    """The columns of `jobs` about the status message and the video in it; no method changes a state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, *, now: float, limit: int) -> list[Job]:
        """Return jobs whose status message is due: first those without one, then finished ones, then progress."""
        rows = await self._database.execute(
            """SELECT * FROM jobs WHERE show_at <= ? ORDER BY card_id IS NULL DESC, finished_at IS NULL, show_at
               LIMIT ?""",
            (now, limit),
        )
        return [Job.from_row(row) for row in rows]

    async def next_due(self) -> float | None:
        """Return when a status message is next due (Unix seconds), or None if none is."""
        row = await self._database.fetch_one("SELECT min(show_at) FROM jobs WHERE show_at IS NOT NULL")
        return row[0] if row else None

    async def drawn(self, job: Job, *, show_at: float | None) -> None:
        """Note that the message shows `job` as given, and is next due at `show_at`, or never if None.

        If the job changed meanwhile, the message stays due.
        """
        await self._database.execute(
            "UPDATE jobs SET show_at = ? WHERE id = ? AND version = ? AND show_at IS NOT DISTINCT FROM ?",
            (show_at, job.id, job.version, job.show_at),
        )

    async def redraw(self, job_id: str, *, now: float) -> None:
        """Make the message due, although nothing about the job has changed."""
        await self._database.execute("UPDATE jobs SET show_at = ? WHERE id = ?", (now, job_id))

    async def message_sent(self, job_id: str, card_id: int) -> None:
        """Note the message that was sent as the job's status message; it is edited from now on."""
        await self._database.execute("UPDATE jobs SET card_id = ? WHERE id = ?", (card_id, job_id))

    async def move_to_private_chat(self, job_id: str, *, now: float) -> None:
        """Go on in the user's private chat, because the message of inline or guest mode is gone."""
        await self._database.execute(
            "UPDATE jobs SET inline_message_id = NULL, show_at = ? WHERE id = ? AND inline_message_id IS NOT NULL",
            (now, job_id),
        )

    async def move_from_group(self, job_id: str, *, now: float) -> bool:
        """Go on in the user's private chat, because the bot may not write in the group; False if there is none.

        Only what is still queued, and has no status message, moves.
        """
        return bool(
            await self._database.fetch_one(
                """UPDATE jobs SET chat_id = person_id, thread_id = NULL, message_id = NULL, show_at = ?
                   WHERE id = ? AND state = 'queued' AND card_id IS NULL AND inline_message_id IS NULL
                   AND chat_id < 0 AND person_id > 0 RETURNING id""",
                (now, job_id),
            )
        )

    async def file_id_stored(self, job_id: str, file_id: str, *, animation: bool) -> None:
        """Note the file_id under which the storage chat has the video; `animation` is Telegram's type of it."""
        await self._database.execute(
            "UPDATE jobs SET video_file_id = ?, video_is_animation = ? WHERE id = ?", (file_id, animation, job_id)
        )

    async def announced(self, job: Job) -> None:
        """Note that the user was notified of the job's state."""
        await self._database.execute("UPDATE jobs SET announced = ? WHERE id = ?", (job.state, job.id))

    async def request_deletion(self, job_id: str, person_id: int, *, now: float) -> bool:
        """Note that this user wants a delivered video deleted; False if it is not delivered, or was deleted before."""
        return bool(
            await self._database.fetch_one(
                """UPDATE jobs SET removed_by = ?, removed_at = ?, show_at = ?
                   WHERE id = ? AND state = 'delivered' AND removed_by IS NULL RETURNING id""",
                (person_id, now, now, job_id),
            )
        )

    async def forget_video(self, job_id: str, *, removed: bool) -> None:
        """Forget a video that somebody had deleted, and its photos; `removed`: whether its message is gone, too."""
        await self._database.execute(
            """UPDATE jobs SET video_url = '', video_file_id = NULL, photos = '[]', show_at = NULL,
               reason = CASE WHEN ? THEN reason ELSE ? END WHERE id = ?""",
            (removed, NOT_REMOVED, job_id),
        )
