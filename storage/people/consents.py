"""Consent to the use of profile pictures: asked for each video, and given or not.

A consent is to one video: its asker, effect, photos and words. `subject_of` is the digest of these. A video with other
ones needs another consent. Whoever always allows the use of their picture is not asked, and their consent has no
subject. `refusing_people` is the one definition of a consent that holds; the statements that create and submit jobs use
it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.database import Database
    from storage.drafts import DraftKey
    from storage.models import ImageToVideoOptions, Photo

_SUBJECT_LENGTH = 16  # characters of the digest; they are part of a button's 64 bytes


PAUSE_S = 600.0
"""Seconds for which nobody in a chat can ask a user who said no there, or whose question was withdrawn."""


class Obstacle(StrEnum):
    """Why a user may not be asked in a chat now."""

    OPEN = "open"
    """Another question to them stands there."""
    RECENT = "recent"
    """They were asked there a short while ago, and did not agree."""


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """A user whose consent a draft needs."""

    person_id: int
    name: str


def subject_of(asker_id: int, effect: str, motion: ImageToVideoOptions | None, photos: Sequence[Photo]) -> str:
    """Return the digest of what somebody agrees to."""
    words = (motion.prompt, motion.negative_prompt) if motion else None
    text = json.dumps([asker_id, effect, words, [photo.file_id for photo in photos]])
    return hashlib.sha256(text.encode()).hexdigest()[:_SUBJECT_LENGTH]


def holds(chat_id: str, subject: str) -> str:
    """Return SQL that is true if the consent in `given`, a row of `draft_photos`, holds for a video.

    It does not if its person said "never" after giving it. The arguments are SQL expressions.
    """
    return f"""(given.consent = 'given' AND CASE WHEN given.subject IS NULL
        THEN {chat_id} < 0 AND EXISTS (SELECT 1 FROM people WHERE person_id = given.author_id AND picture = 'always')
        ELSE given.subject = {subject} AND NOT EXISTS (SELECT 1 FROM people WHERE person_id = given.author_id
            AND picture = 'never' AND picture_at > given.given_at) END)"""


def refusing_people(photos: str, person_id: str, chat_id: str, draft_id: str, subject: str) -> str:
    """Return SQL that selects whose profile pictures are among the photos of a video without a consent that holds.

    The arguments are SQL expressions: the photos as JSON, who asks in which chat, the draft, and the video's digest.
    """
    return f"""SELECT photo.value ->> 'author_id' AS author_id FROM json_each({photos}) AS photo
        WHERE photo.value ->> 'portrait' = 1 AND photo.value ->> 'author_id' IS DISTINCT FROM {person_id}
        AND NOT EXISTS (SELECT 1 FROM draft_photos AS given WHERE given.draft_id = {draft_id}
            AND given.author_id = photo.value ->> 'author_id' AND given.file_id = photo.value ->> 'file_id'
            AND {holds(chat_id, subject)})"""


REFUSING_AT_SUBMIT = refusing_people(
    "jobs.photos", "jobs.person_id", "jobs.chat_id", "substr(jobs.origin, length('draft:') + 1)", "given.subject"
)
"""SQL that selects who no longer agrees to a job, for a statement on the table `jobs`."""


# Whether another draft in the chat of the draft `:id` asks `:person`, and whether one did that ended since `:since`. If
# the draft asks them already, it may go on. A question that was never shown counts for nothing.
_OBSTACLES = """
    SELECT coalesce(max(other.state = 'open'), 0), coalesce(max(other.state IN ('refused', 'cancelled', 'expired')
        AND other.card_for = :person AND other.ended_at > :since), 0)
    FROM drafts AS own JOIN drafts AS other ON other.chat_id = own.chat_id AND other.waits_for = :person
    WHERE own.id = :id AND other.id <> :id AND own.waits_for IS DISTINCT FROM :person"""


class Consents:
    """The columns about consent in `drafts` and `draft_photos`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def next_request(self, draft_id: str, subject: str) -> ConsentRequest | None:
        """Return whom to ask next for the video with this digest, or None if nobody is left."""
        row = await self._database.fetch_one(
            f"""SELECT author_id, author FROM draft_photos AS given JOIN drafts ON drafts.id = given.draft_id
                WHERE given.draft_id = :draft AND given.consent IS NOT NULL
                AND NOT {holds("drafts.chat_id", ":subject")} ORDER BY place, given.message_id LIMIT 1""",
            {"draft": draft_id, "subject": subject},
        )
        return ConsentRequest(row["author_id"], row["author"] or "") if row else None

    async def wait_for(
        self, draft_id: str, request: ConsentRequest, subject: str, *, expires_at: float, now: float
    ) -> Obstacle | None:
        """Let an open draft wait for this user's consent to the video with this digest, and its question ask for it.

        Return why the user may not be asked now, None if they are. Repeating it changes nothing.
        """
        values = {
            "id": draft_id,
            "person": request.person_id,
            "name": request.name,
            "subject": subject,
            "expires_at": expires_at,
            "now": now,
            "since": now - PAUSE_S,
        }
        async with self._database.transaction() as transaction:
            rows = list(await transaction.execute_fetchall(_OBSTACLES, values))
            for open_question, recent_question in rows:
                if open_question or recent_question:
                    return Obstacle.OPEN if open_question else Obstacle.RECENT
            await transaction.execute(
                """UPDATE drafts SET waits_for = :person, waits_name = :name, waits_subject = :subject, note = NULL,
                   show_at = :now, expires_at = :expires_at
                   WHERE id = :id AND state = 'open'
                   AND (waits_for IS DISTINCT FROM :person OR waits_subject IS DISTINCT FROM :subject)""",
                values,
            )
        return None

    async def grant(self, draft_id: str, person_id: int, subject: str, *, now: float) -> None:
        """Note that this user agrees to the video with this digest. Ignored if the draft has ended."""
        await self._database.execute(
            """UPDATE draft_photos SET consent = 'given', subject = ?, given_at = ? WHERE draft_id = ? AND author_id = ?
               AND consent IS NOT NULL AND EXISTS (SELECT 1 FROM drafts WHERE id = draft_id AND state = 'open')""",
            (subject, now, draft_id, person_id),
        )

    async def refusing(self, job_id: str) -> int | None:
        """Return a user whose profile picture is in a job, and who no longer agrees to it; None if there is none."""
        row = await self._database.fetch_one(
            f"SELECT ({REFUSING_AT_SUBMIT} LIMIT 1) AS person_id FROM jobs WHERE id = ?", (job_id,)
        )
        return row["person_id"] if row else None

    async def waiting_drafts(self, key: DraftKey) -> list[str]:
        """Return the ids of the user's drafts here that wait for somebody's consent, the newest first."""
        rows = await self._database.execute(
            """SELECT id FROM drafts WHERE state = 'open' AND waits_for IS NOT NULL AND chat_id = ?
               AND coalesce(thread_id, 0) = coalesce(?, 0) AND person_id = ? ORDER BY created_at DESC""",
            (key.chat_id, key.thread_id, key.person_id),
        )
        return [str(row["id"]) for row in rows]
