"""What a run left behind: rows, charges, messages in chats, the log."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage.models import FINAL, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sandbox.environment import Sandbox
    from sandbox.services.service import FakeVideoService
    from sandbox.telegram import Chat, FakeTelegram


@dataclass(frozen=True, slots=True)
class Request:
    """Something that a person asked for.

    Attributes:
        chat: where.
        messages: the `message_id`s of the request, in order.
        video: whether a video is asked for, or only an answer.
        ends: the final states that its job may have.
        words: what the answer must say.
    """

    chat: Chat
    messages: tuple[int, ...]
    video: bool
    ends: frozenset[State] = FINAL
    words: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button; `query_id` is the id of its callback query."""

    chat: Chat
    button: str
    query_id: str


@dataclass(frozen=True, slots=True)
class Job:
    """The columns of `jobs` that invariants are about, and the job's events as (from, to)."""

    id: str
    state: str
    chat_id: int
    message_id: int
    card_id: int | None
    announced: str | None
    show_at: float | None
    inline_id: str | None
    events: list[tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The database: jobs, `(update_id, state)` of the inbox, how many questions wait to be drawn, and its integrity."""

    jobs: tuple[Job, ...]
    inbox: tuple[tuple[int, str], ...]
    undrawn_questions: int
    integrity: str

    @classmethod
    def read(cls, database: Path, *, thorough: bool = False) -> Rows | None:
        """Read the file, which the bot may be using. Return None if it has no tables yet."""
        try:
            with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
                return cls._read(connection, thorough=thorough)
        except sqlite3.OperationalError as error:
            if "no such table" in str(error) or "unable to open" in str(error):
                return None
            raise

    @classmethod
    def _read(cls, connection: sqlite3.Connection, *, thorough: bool) -> Rows:
        def all_of(sql: str) -> list[tuple[Any, ...]]:
            return connection.execute(sql).fetchall()

        connection.execute("BEGIN")
        events: defaultdict[str, list[tuple[str | None, str]]] = defaultdict(list)
        for job_id, start, to in all_of("SELECT job_id, from_state, to_state FROM job_events ORDER BY seq"):
            events[job_id].append((start, to))
        jobs = all_of(
            """SELECT id, state, chat_id, message_id, card_id, announced, show_at, inline_message_id FROM jobs
               ORDER BY created_at, rowid"""
        )
        undrawn = all_of("SELECT count(*) FROM drafts WHERE show_at IS NOT NULL")[0][0]
        return cls(
            jobs=tuple(Job(*values) for values in ((*row, events[row[0]]) for row in jobs)),
            inbox=tuple((row[0], row[1]) for row in all_of("SELECT update_id, state FROM inbox ORDER BY seq")),
            undrawn_questions=undrawn,
            integrity=str(all_of("PRAGMA integrity_check")[0][0]) if thorough else "not looked at",
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that the invariants are checked on."""

    requests: Sequence[Request]
    rows: Rows
    sandbox: Sandbox
    log: str
    presses: Sequence[Press] = ()

    @property
    def telegram(self) -> FakeTelegram:
        """The fake Telegram."""
        return self.sandbox.telegram

    @property
    def services(self) -> tuple[FakeVideoService[Any], ...]:
        """The fake video services."""
        return self.sandbox.services

    @property
    def charged(self) -> list[str]:
        """The job of each charge, at all services."""
        return [_job_of(charge.client_request_id) for one in self.services for charge in one.ledger]

    @property
    def accepted(self) -> list[str]:
        """The job of each submit that a service accepted."""
        ids = [sent.client_request_id for one in self.services for sent in one.submissions if sent.accepted]
        return [_job_of(client_request_id) for client_request_id in ids]


def _job_of(client_request_id: str | None) -> str:
    """Return the job of a submit; the id is `<job>.<n>`."""
    return (client_request_id or "(no id)").rpartition(".")[0]
