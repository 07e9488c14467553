"""Rows as frozen dataclasses, and the single definition of which state may follow which.

A field has the name of its column. The comments in `storage/migrations/` say what each column means.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


class State(StrEnum):
    """The state of a job.

    - `queued`: waits for a place at the service; cancelling is free.
    - `submitting`: the request is on its way; a job that a start finds in this state becomes `in_doubt`.
    - `in_doubt`: it may have been charged; it is looked for in the service's log.
    - `needs_decision`: it was not found in time; the user decides whether it is sent again.
    - `generating`: the service has accepted it; it is polled.
    - `ready`: the video exists and waits for its delivery.
    - `delivering`: the status message is being edited into the video; doing it again is harmless.
    - `delivered`, `undeliverable`, `failed`, `cancelled`: final.
    """

    QUEUED = "queued"
    SUBMITTING = "submitting"
    IN_DOUBT = "in_doubt"
    NEEDS_DECISION = "needs_decision"
    GENERATING = "generating"
    READY = "ready"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    FAILED = "failed"
    CANCELLED = "cancelled"


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SUBMITTING, State.GENERATING, State.NEEDS_DECISION, State.CANCELLED, State.FAILED}),
    State.SUBMITTING: frozenset({State.QUEUED, State.GENERATING, State.IN_DOUBT, State.FAILED, State.CANCELLED}),
    State.IN_DOUBT: frozenset({State.GENERATING, State.QUEUED, State.NEEDS_DECISION, State.FAILED, State.CANCELLED}),
    State.NEEDS_DECISION: frozenset({State.QUEUED, State.GENERATING, State.CANCELLED}),
    State.GENERATING: frozenset({State.READY, State.UNDELIVERABLE, State.FAILED, State.CANCELLED}),
    State.READY: frozenset({State.DELIVERING, State.UNDELIVERABLE}),
    State.DELIVERING: frozenset({State.DELIVERED, State.UNDELIVERABLE, State.READY}),
    State.DELIVERED: frozenset(),
    State.UNDELIVERABLE: frozenset({State.READY}),
    State.FAILED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""The states that may follow each state. Tests hold the diagram in the documents and `job_events` to it."""

FINAL = frozenset({State.DELIVERED, State.UNDELIVERABLE, State.FAILED, State.CANCELLED})
"""States in which a job has finished. An undeliverable video can still be fetched in private."""

NOT_REMOVED = "not_removed"
"""The reason of a delivered job whose video was to be deleted, and whose message Telegram did not delete."""
WITHHELD = "withheld"
"""The reason of an undeliverable video that is not posted because somebody said so."""

AT_SERVICE = (State.SUBMITTING, State.IN_DOUBT, State.GENERATING)
"""States in which the service may work on a job. `storage.limits` says which of these jobs take a place there."""


LONG_AT_SERVICE_S = 1200.0
"""Seconds after which a job at its service is in another `Job.group`."""


class DraftState(StrEnum):
    """The state of a draft: `open` until it becomes a job (`done`), or ends in one of four other ways."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo on Telegram's servers.

    Attributes:
        file_size: bytes; None if Telegram did not say.
        author_id: the user who sent it or whom it shows, if that is not the user who asks for the video.
        portrait: whether it is that user's profile picture, which needs their consent for each video.
        digest: tells it again in an answer of the service's; None until it was sent.
    """

    file_id: str
    file_size: int | None = None
    author_id: int | None = None
    portrait: bool = False
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class InboxUpdate:
    """A row of `inbox`: an update as Telegram sent it."""

    seq: int
    update_id: int
    lane: str
    payload: str
    tries: int
    received_at: float
    sent_after: float | None = None
    """When nothing was waiting at Telegram, so that the update was sent later (Unix seconds); None if nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A row of `drafts`: what a user has asked for so far."""

    id: str
    state: DraftState
    chat_id: int
    thread_id: int | None
    person_id: int
    message_id: int
    media_group_id: str | None
    language: str
    effect: str | None
    motion: ImageToVideoOptions | None = None
    singly: bool = False
    held: bool
    reason: str | None
    card_id: int | None
    show_at: float | None
    created_at: float
    expires_at: float
    asker: str | None = None
    note: str | None = None
    waits_for: int | None = None
    waits_name: str | None = None
    waits_subject: str | None = None
    card_for: int | None = None
    inline_query: str | None = None
    photos: tuple[Photo, ...] = ()

    @classmethod
    def from_row(cls, row: sqlite3.Row, photos: tuple[Photo, ...] = ()) -> Self:
        """Convert a row of `drafts`; its photos are rows of another table."""
        known = {field.name: row[field.name] for field in fields(cls) if field.name != "photos"}
        known |= {"state": DraftState(row["state"]), "motion": ImageToVideoOptions.decode(row["motion"])}
        known |= {flag: bool(row[flag]) for flag in ("held", "singly")}
        return cls(**known, photos=photos)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A row of `jobs`: one video, from the complete request to its end."""

    id: str
    state: State
    parent_id: str | None
    variant: str | None
    chat_id: int
    thread_id: int | None
    person_id: int
    message_id: int | None
    media_group_id: str | None
    language: str
    effect: str
    motion: ImageToVideoOptions | None
    photos: tuple[Photo, ...]
    extra_photos: bool
    service: str
    moved_from: str | None
    quality: str
    duration: int
    submits: int
    client_request_id: str | None
    service_job_id: str | None
    video_url: str | None
    video_file_id: str | None
    video_is_animation: bool
    usd: float | None
    reason: str | None
    reason_photo: int | None
    reason_detail: str | None
    cancel_requested: bool
    cancel_confirmed: bool
    cancelled_by: int | None
    exempt: bool
    tries: int
    rejections: int
    url_failures: int
    due_at: float
    show_at: float | None
    card_id: int | None
    inline_message_id: str | None
    source: str | None
    announced: str | None
    version: int
    created_at: float
    changed_at: float
    submitted_at: float | None
    accepted_at: float | None
    finished_at: float | None
    group_id: int | None
    removed_by: int | None
    removed_at: float | None
    account: str | None
    record_read: bool
    lost_submit: bool

    @property
    def model(self) -> str:
        """The service's model that makes the video: an image-to-video model, or the quality of an effect."""
        return self.motion.model if self.motion else self.quality

    @property
    def group(self) -> tuple[str, State, bool]:
        """What its next step has in common with those of other jobs: a group in which steps take long hinders no other.

        These are the service, the kind of step, and whether the service has had the job for long.
        """
        return self.service, self.state, self.due_at > (self.accepted_at or self.due_at) + LONG_AT_SERVICE_S

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> Self:
        """Convert a row of `jobs`."""
        known = {field.name: row[field.name] for field in fields(cls)}
        known["state"] = State(row["state"])
        known["motion"] = ImageToVideoOptions.decode(row["motion"])
        known["photos"] = tuple(Photo(**photo) for photo in json.loads(row["photos"]))
        flags = ("extra_photos", "cancel_requested", "cancel_confirmed", "exempt", "video_is_animation")
        for flag in (*flags, "record_read", "lost_submit"):
            known[flag] = bool(row[flag])
        return cls(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageToVideoOptions:
    """What an image-to-video request asks for, as far as it is known; JSON in the column `motion`.

    Attributes:
        model: a name of the table of models, such as `v2`.
        prompt: what should happen; None until the user has said it.
        negative_prompt: what should not be seen.
        cfg_scale: how closely the prompt is followed, 0 to 1.
        duration: seconds; None for the model's usual length.
        mistake: the mistakes in the user's latest words, each as `kind:value` on a line of its own.
        corrected: True if an earlier mistake was corrected; what is asked for now is shown before it is made.
    """

    model: str
    prompt: str | None = None
    negative_prompt: str | None = None
    cfg_scale: float | None = None
    duration: int | None = None
    mistake: str | None = None
    corrected: bool = False

    @classmethod
    def decode(cls, column: str | None) -> Self | None:
        """Read the column `motion`; None if it is NULL."""
        return None if column is None else cls(**json.loads(column))

    def encode(self) -> str:
        """Return the text for the column `motion`."""
        return json.dumps(asdict(self))


def encode_options(options: ImageToVideoOptions | None) -> str | None:
    """Return the text for the column `motion`, None for NULL."""
    return None if options is None else options.encode()
