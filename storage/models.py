"""Rows as frozen dataclasses, and the one truth about which state may follow which."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


class State(StrEnum):
    """Where a job is.

    - `queued`: waits for a place at the service; cancelling is free.
    - `submitting`: the request is on its way; found so at start, it becomes `in_doubt`.
    - `in_doubt`: it may have been charged; it is looked for in the service's record.
    - `needs_decision`: it was not found in time; the person says whether to try again.
    - `generating`: the service has it; it is polled.
    - `ready`: the video exists, and waits for its delivery.
    - `delivering`: the status message is being turned into the video; repeating that is harmless.
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


_S = State
TRANSITIONS: Mapping[State, frozenset[State]] = {
    _S.QUEUED: frozenset({_S.SUBMITTING, _S.CANCELLED, _S.FAILED}),
    _S.SUBMITTING: frozenset({_S.QUEUED, _S.GENERATING, _S.IN_DOUBT, _S.FAILED, _S.CANCELLED}),
    _S.IN_DOUBT: frozenset({_S.GENERATING, _S.QUEUED, _S.NEEDS_DECISION, _S.FAILED, _S.CANCELLED}),
    _S.NEEDS_DECISION: frozenset({_S.QUEUED, _S.GENERATING, _S.CANCELLED}),
    _S.GENERATING: frozenset({_S.READY, _S.FAILED, _S.CANCELLED}),
    _S.READY: frozenset({_S.DELIVERING, _S.CANCELLED}),
    _S.DELIVERING: frozenset({_S.DELIVERED, _S.UNDELIVERABLE, _S.READY}),
    _S.DELIVERED: frozenset(),
    _S.UNDELIVERABLE: frozenset({_S.READY}),
    _S.FAILED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""Every step that a job may take. Tests hold the diagram in the documents and `job_events` to it."""

FINAL = frozenset({_S.DELIVERED, _S.UNDELIVERABLE, _S.FAILED, _S.CANCELLED})
"""States in which a job rests."""

AT_SERVICE = (_S.SUBMITTING, _S.IN_DOUBT, _S.GENERATING)
"""States that hold one of `ACTIVE_LIMIT` places at the service."""


class DraftState(StrEnum):
    """Where a draft is: `open` until it became a job or was given up in one of four ways."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that Telegram keeps.

    Attributes:
        file_size: bytes; None where Telegram did not say.
        author_id: who sent it, or is shown in it, where that is another person than the one who asks.
        portrait: whether it is that person's profile picture, which needs their consent for each video.
    """

    file_id: str
    file_size: int | None = None
    author_id: int | None = None
    portrait: bool = False


@dataclass(frozen=True, slots=True)
class InboxUpdate:
    """One row of the inbox: an update as Telegram sent it."""

    seq: int
    update_id: int
    lane: str
    payload: str
    tries: int
    received_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a person has asked for so far; see the table's comments for each column."""

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
    inline_query: str | None = None
    photos: tuple[Photo, ...] = ()

    @classmethod
    def from_row(cls, row: sqlite3.Row, photos: tuple[Photo, ...] = ()) -> Self:
        """Read a row of `drafts`, its photos beside it."""
        known = {field.name: row[field.name] for field in fields(cls) if field.name != "photos"}
        known |= {"state": DraftState(row["state"]), "motion": ImageToVideoOptions.decode(row["motion"])}
        known |= {flag: bool(row[flag]) for flag in ("held", "singly")}
        return cls(**known, photos=photos)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One video, from the request to its end; see the table's comments for each column."""

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
    exempt: bool
    tries: int
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

    @property
    def model(self) -> str:
        """Which of the service's models makes it: a quality, or the model of an animation."""
        return self.motion.model if self.motion else self.quality

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> Self:
        """Read a row of `jobs`."""
        known = {field.name: row[field.name] for field in fields(cls)}
        known["state"] = State(row["state"])
        known["motion"] = ImageToVideoOptions.decode(row["motion"])
        known["photos"] = tuple(Photo(**photo) for photo in json.loads(row["photos"]))
        for flag in ("extra_photos", "cancel_requested", "exempt", "video_is_animation"):
            known[flag] = bool(row[flag])
        return cls(**known)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageToVideoOptions:
    """A person's words that set a photo in motion, as far as they are known.

    Attributes:
        model: `v1.6` or `v2`.
        prompt: what should happen, 1 to 2500 characters; None while it is not said.
        negative_prompt: what should not be seen, at most 2500 characters.
        cfg_scale: how closely the prompt is followed, 0 to 1.
        duration: seconds; None: the usual.
        mistake: what was wrong with the latest words, as `kind:value` for the sentence that says so.
    """

    model: str
    prompt: str | None = None
    negative_prompt: str | None = None
    cfg_scale: float | None = None
    duration: int | None = None
    mistake: str | None = None

    @classmethod
    def decode(cls, text: str | None) -> Self | None:
        """The motion in a column; None where there is none."""
        return None if text is None else cls(**json.loads(text))

    def encode(self) -> str:
        """The text of the column."""
        return json.dumps(asdict(self))


def encode_options(motion: ImageToVideoOptions | None) -> str | None:
    """The text of the column, NULL for none."""
    return None if motion is None else motion.encode()
