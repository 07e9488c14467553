"""Drafts: what users have asked for so far, and the photos that were seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.models import Draft, Photo, encode_options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import aiosqlite

    from storage.database import Database
    from storage.models import ImageToVideoOptions


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Where a draft belongs: a user has one open draft in each chat and topic, or one for each command of an album."""

    chat_id: int
    thread_id: int | None
    person_id: int


@dataclass(frozen=True, slots=True)
class DraftPhoto:
    """A photo and its position: photos are sorted by `place`, then by `message_id`.

    Attributes:
        author: the name of the user with the id `photo.author_id`.
        needs_consent: whether that user has to be asked.
    """

    photo: Photo
    message_id: int
    place: int = 0
    author: str | None = None
    needs_consent: bool = False


@dataclass(frozen=True, slots=True)
class AlbumPhoto:
    """A photo of an album.

    Attributes:
        effect: the effect that the command in its caption names, None if it has none.
        used_by: the effects of the album's requests that use it.
    """

    photo: Photo
    message_id: int
    effect: str | None
    used_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class RecentPhoto:
    """A photo that a user sent in the message `message_id` at `seen_at` (Unix seconds)."""

    photo: Photo
    message_id: int
    seen_at: float


_COLUMNS = tuple(name for name in Draft.__slots__ if name != "photos")
_INSERT = f"INSERT INTO drafts ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"


class Drafts:
    """The tables `drafts`, `draft_photos`, `consumed` (messages that have had their effect) and `sightings`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ------------------------------------------------------------ read
    async def get(self, draft_id: str) -> Draft | None:
        """Return the draft with this id and its photos from left to right, or None."""
        return await self._select_one("id = ?", draft_id)

    async def open_for(self, key: DraftKey) -> Draft | None:
        """Return the user's newest open draft in this chat and topic, or None.

        One that waits for consent is left out.
        """
        return await self._select_one(
            """state = 'open' AND waits_for IS NULL AND chat_id = ? AND coalesce(thread_id, 0) = coalesce(?, 0)
               AND person_id = ? ORDER BY created_at DESC, message_id DESC""",
            key.chat_id,
            key.thread_id,
            key.person_id,
        )

    async def of_album(self, chat_id: int, media_group_id: str) -> list[Draft]:
        """Return the drafts that this album belongs to, or had an effect in, open or not, the newest first."""
        return await self._select(
            """chat_id = :chat AND (media_group_id = :album OR id IN (
                   SELECT draft_id FROM consumed JOIN sightings USING (chat_id, message_id)
                   WHERE sightings.chat_id = :chat AND sightings.media_group_id = :album))
               ORDER BY created_at DESC, message_id DESC""",
            {"chat": chat_id, "album": media_group_id},
        )

    async def by_message(self, chat_id: int, message_id: int) -> Draft | None:
        """Return the draft in which this message has had its effect, or None."""
        return await self._select_one(
            "id = (SELECT draft_id FROM consumed WHERE chat_id = ? AND message_id = ?)", chat_id, message_id
        )

    async def by_question(self, chat_id: int, card_id: int) -> Draft | None:
        """Return the open draft whose question this message is, or None."""
        return await self._select_one(
            "state = 'open' AND waits_for IS NULL AND chat_id = ? AND card_id = ?", chat_id, card_id
        )

    async def own_photos(self, draft_id: str) -> int:
        """Return how many photos the draft's own message and its album have brought."""
        row = await self._database.fetch_one(
            "SELECT count(*) FROM draft_photos WHERE draft_id = ? AND place = 0 AND consent IS NULL", (draft_id,)
        )
        return int(row[0]) if row else 0

    async def expired(self, *, now: float) -> list[Draft]:
        """Return open drafts that have waited too long."""
        return await self._select("state = 'open' AND expires_at <= ?", (now,))

    async def due(self, *, now: float, limit: int) -> list[Draft]:
        """Return drafts whose question is due to be drawn, the longest overdue first."""
        return await self._select("show_at <= ? ORDER BY show_at LIMIT ?", (now, limit))

    async def next_due(self) -> float | None:
        """Return when a question is next due to be drawn (Unix seconds), or None if none is."""
        row = await self._database.fetch_one("SELECT min(show_at) FROM drafts WHERE show_at IS NOT NULL")
        return row[0] if row else None

    # ------------------------------------------------------------ photos that were seen
    async def remember_photo(
        self, chat_id: int, message_id: int, album: str | None, photo: Photo, *, now: float, effect: str | None = None
    ) -> None:
        """Store the photo of a message, and the effect that its caption names, to put its album together later."""
        await self._database.execute(
            """INSERT INTO sightings (chat_id, message_id, media_group_id, file_id, file_size, seen_at, effect)
               VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (chat_id, message_id) DO UPDATE SET effect = coalesce(effect, excluded.effect)""",
            (chat_id, message_id, album, photo.file_id, photo.file_size, now, effect),
        )

    async def album_photos(self, chat_id: int, media_group_id: str) -> list[AlbumPhoto]:
        """Return the photos of an album that were seen so far, in the order of their messages."""
        rows = await self._database.execute(
            """SELECT message_id, file_id, file_size, effect, (
                   SELECT group_concat(DISTINCT drafts.effect) FROM draft_photos AS used
                   JOIN drafts ON drafts.id = used.draft_id
                   WHERE drafts.chat_id = seen.chat_id AND drafts.media_group_id = seen.media_group_id
                   AND drafts.state IN ('open', 'done') AND used.message_id = seen.message_id AND used.place = 0
               ) AS used_by
               FROM sightings AS seen WHERE chat_id = ? AND media_group_id = ? ORDER BY message_id""",
            (chat_id, media_group_id),
        )
        return [
            AlbumPhoto(
                Photo(row["file_id"], row["file_size"]),
                row["message_id"],
                row["effect"],
                frozenset((row["used_by"] or "").split(",")) - {""},
            )
            for row in rows
        ]

    async def recent_photos(self, person_id: int, *, since: float, limit: int) -> list[RecentPhoto]:
        """Return the last photos that the user sent in the private chat since then (Unix seconds), the oldest first."""
        rows = await self._database.execute(
            """SELECT file_id, file_size, message_id, seen_at FROM sightings WHERE chat_id = ? AND seen_at > ?
               ORDER BY message_id DESC LIMIT ?""",
            (person_id, since, limit),
        )
        return [
            RecentPhoto(Photo(row["file_id"], row["file_size"]), row["message_id"], row["seen_at"])
            for row in reversed(rows)
        ]

    # ------------------------------------------------------------ write
    async def start(self, draft: Draft, photos: Sequence[DraftPhoto], *, consumes: int | None) -> None:
        """Open a draft in place of the user's open one in this chat; `consumes` is the id of the message behind it.

        Requests of one album stay open beside each other: each has a command of its own.
        """
        async with self._database.transaction() as transaction:
            await transaction.execute(
                """UPDATE drafts SET state = 'replaced', show_at = :now
                   WHERE state = 'open' AND waits_for IS NULL AND chat_id = :chat_id
                   AND coalesce(thread_id, 0) = coalesce(:thread_id, 0) AND person_id = :person_id
                   AND (effect IS NULL OR media_group_id IS NULL OR media_group_id IS DISTINCT FROM :album)""",
                {
                    "album": draft.media_group_id,
                    "now": draft.created_at,
                    "chat_id": draft.chat_id,
                    "thread_id": draft.thread_id,
                    "person_id": draft.person_id,
                },
            )
            values = {name: getattr(draft, name) for name in _COLUMNS}
            await transaction.execute(_INSERT, values | {"motion": encode_options(draft.motion)})
            await _insert_photos(transaction, draft.id, photos)
            if consumes is not None:
                await _consume(transaction, draft, consumes)

    async def add_photos(
        self,
        draft: Draft,
        photos: Sequence[DraftPhoto],
        *,
        consumes: int | None,
        expires_at: float,
        motion: ImageToVideoOptions | None = None,
    ) -> None:
        """Add photos, and the options in their caption, to a draft; adding the same again changes nothing.

        `consumes` is the id of the message that brings them, None if that message has its effect elsewhere.
        """
        async with self._database.transaction() as transaction:
            await _insert_photos(transaction, draft.id, photos)
            if consumes is not None:
                await _consume(transaction, draft, consumes)
            await transaction.execute(
                "UPDATE drafts SET expires_at = ?, motion = coalesce(?, motion) WHERE id = ?",
                (expires_at, encode_options(motion), draft.id),
            )

    async def choose_effect(
        self, draft: Draft, effect: str, *, motion: ImageToVideoOptions | None = None, message_id: int | None = None
    ) -> None:
        """Set the effect of an open draft.

        If a command chose it, `message_id` is that command, which is replied to from now on; if a button did, None.
        """
        async with self._database.transaction() as transaction:
            await transaction.execute(
                """UPDATE drafts SET effect = ?, motion = ?, message_id = coalesce(?, message_id)
                   WHERE id = ? AND state = 'open'""",
                (effect, encode_options(motion), message_id, draft.id),
            )
            if message_id is not None:
                await _consume(transaction, draft, message_id)

    async def set_words(self, draft: Draft, motion: ImageToVideoOptions, *, consumes: int, expires_at: float) -> None:
        """Set the prompt and options of an open draft from a message, which is replied to from now on."""
        async with self._database.transaction() as transaction:
            await transaction.execute(
                """UPDATE drafts SET motion = ?, message_id = ?, expires_at = ?
                   WHERE id = ? AND state = 'open'""",
                (motion.encode(), consumes, expires_at, draft.id),
            )
            await _consume(transaction, draft, consumes)

    async def choose_model(self, draft: Draft, motion: ImageToVideoOptions, *, photos: int) -> None:
        """Set the model of an open draft, and keep only its first photos: `photos` is how many the model takes."""
        async with self._database.transaction() as transaction:
            await transaction.execute(
                "UPDATE drafts SET motion = ? WHERE id = ? AND state = 'open'", (motion.encode(), draft.id)
            )
            await transaction.execute(
                """DELETE FROM draft_photos WHERE draft_id = :id AND (place, message_id) NOT IN (
                       SELECT place, message_id FROM draft_photos WHERE draft_id = :id
                       ORDER BY place, message_id LIMIT :photos)""",
                {"id": draft.id, "photos": photos},
            )

    async def join_album(self, draft_id: str, media_group_id: str) -> None:
        """Let an album belong to an open draft, so that its later photos are added, too."""
        await self._database.execute(
            "UPDATE drafts SET media_group_id = ? WHERE id = ? AND state = 'open'", (media_group_id, draft_id)
        )

    async def redraw(self, draft_id: str, *, at: float) -> None:
        """Make the question due at that time (Unix seconds); each further photo of an album puts it off."""
        await self._database.execute("UPDATE drafts SET show_at = ? WHERE id = ?", (at, draft_id))

    async def hold(self, draft_id: str) -> None:
        """Keep an open draft from running before its user was asked, because what completes it was found late."""
        await self._database.execute("UPDATE drafts SET held = 1 WHERE id = ? AND state = 'open'", (draft_id,))

    async def release(self, draft_id: str, motion: ImageToVideoOptions | None = None) -> None:
        """Let an open draft run that was found late or corrected, as its user wants, with these options if any."""
        await self._database.execute(
            "UPDATE drafts SET held = 0, motion = coalesce(?, motion) WHERE id = ? AND state = 'open'",
            (encode_options(motion), draft_id),
        )

    async def end(self, draft_id: str, state: str, *, now: float, reason: str | None = None) -> bool:
        """open -> cancelled, expired or refused; False if the draft had ended before."""
        return bool(
            await self._database.fetch_one(
                """UPDATE drafts SET state = ?, reason = ?, show_at = ?, ended_at = ?
                   WHERE id = ? AND state = 'open' RETURNING id""",
                (state, reason, now, now, draft_id),
            )
        )

    async def drawn(self, draft: Draft, *, card_id: int | None, show_at: float | None) -> None:
        """Note that the question was drawn as message `card_id`, and is next due at `show_at`, or never if None.

        If the draft changed meanwhile, the question stays due. If a job took the message over, it stays the job's.
        """
        await self._database.execute(
            """UPDATE drafts SET
                   card_id = CASE WHEN chat_id <> :chat THEN card_id
                       WHEN EXISTS (SELECT 1 FROM jobs WHERE jobs.chat_id = :chat AND jobs.card_id = :card) THEN NULL
                       ELSE :card END,
                   card_for = :card_for,
                   show_at = CASE WHEN state = :state AND show_at IS NOT DISTINCT FROM :was
                       THEN :next ELSE show_at END
               WHERE id = :id""",
            {
                "chat": draft.chat_id,
                "card": card_id,
                "card_for": draft.card_for if card_id == draft.card_id else draft.waits_for,
                "state": draft.state,
                "was": draft.show_at,
                "next": show_at,
                "id": draft.id,
            },
        )

    async def move_chat(self, old: int, new: int, *, now: float) -> None:
        """Move a group's open drafts to its supergroup, with new questions; a newer draft there takes precedence."""
        async with self._database.transaction() as transaction:
            await transaction.execute(
                """UPDATE drafts SET state = 'replaced' WHERE chat_id = :old AND state = 'open' AND EXISTS (
                       SELECT 1 FROM drafts AS newer WHERE newer.chat_id = :new AND newer.state = 'open'
                       AND newer.waits_for IS NULL AND drafts.waits_for IS NULL AND newer.person_id = drafts.person_id
                       AND coalesce(newer.thread_id, 0) = coalesce(drafts.thread_id, 0))""",
                {"old": old, "new": new},
            )
            await transaction.execute(
                "UPDATE drafts SET chat_id = ?, card_id = NULL, show_at = ? WHERE chat_id = ? AND state = 'open'",
                (new, now, old),
            )
            await transaction.execute("UPDATE drafts SET card_id = NULL, show_at = NULL WHERE chat_id = ?", (old,))

    async def prune(self, *, before: float) -> None:
        """Delete drafts that ended, and photos that were seen, before that time (Unix seconds).

        The draft of an unfinished job stays, as it has the consents that the job's submit needs.
        """
        await self._database.execute(
            """DELETE FROM drafts WHERE state <> 'open' AND created_at < ?
               AND NOT EXISTS (SELECT 1 FROM jobs WHERE origin = 'draft:' || drafts.id AND finished_at IS NULL)""",
            (before,),
        )
        await self._database.execute("DELETE FROM sightings WHERE seen_at < ?", (before,))

    # ------------------------------------------------------------ private
    async def _select_one(self, where: str, *parameters: object) -> Draft | None:
        found = await self._select(f"{where} LIMIT 1", parameters)
        return found[0] if found else None

    async def _select(self, where: str, parameters: Mapping[str, object] | Sequence[object]) -> list[Draft]:
        rows = await self._database.execute(f"SELECT * FROM drafts WHERE {where}", parameters)
        return [Draft.from_row(row, await self._photos(row["id"])) for row in rows]

    async def _photos(self, draft_id: str) -> tuple[Photo, ...]:
        rows = await self._database.execute(
            """SELECT file_id, file_size, author_id, consent IS NOT NULL FROM draft_photos WHERE draft_id = ?
               ORDER BY place, message_id""",
            (draft_id,),
        )
        return tuple(Photo(row[0], row[1], row[2], portrait=bool(row[3])) for row in rows)


async def _insert_photos(transaction: aiosqlite.Connection, draft_id: str, photos: Sequence[DraftPhoto]) -> None:
    await transaction.executemany(
        """INSERT INTO draft_photos (draft_id, place, message_id, file_id, file_size, author_id, author, consent)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (draft_id, place, message_id) DO NOTHING""",
        [
            (
                draft_id,
                item.place,
                item.message_id,
                item.photo.file_id,
                item.photo.file_size,
                item.photo.author_id,
                item.author,
                ("asked" if item.needs_consent else "given") if item.photo.portrait else None,
            )
            for item in photos
        ],
    )


async def _consume(transaction: aiosqlite.Connection, draft: Draft, message_id: int) -> None:
    """Note that a message has had its effect, so that handling it again changes nothing."""
    await transaction.execute(
        """INSERT INTO consumed (chat_id, message_id, draft_id) VALUES (?, ?, ?)
           ON CONFLICT (chat_id, message_id) DO NOTHING""",
        (draft.chat_id, message_id, draft.id),
    )
