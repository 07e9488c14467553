from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

from storage import Photo, State, Store
from storage.admin_notices import AdminNotice
from tests.storage.samples import NOW

if TYPE_CHECKING:
    from pathlib import Path

FIRST = """
INSERT INTO jobs (id, state, origin, chat_id, person_id, message_id, language, effect, photos, service, quality,
    duration, submits, client_request_id, service_job_id, accepted_at, submitted_at, due_at, created_at, changed_at)
VALUES ('old', 'generating', 'draft:d', 7, 7, 100, 'en', 'hug', '[{"file_id": "left", "file_size": 9}]', 'aiml',
    'standard', 5, 1, 'old.1', 'made-old', 1790000000.0, 1790000000.0, 1790000000.0, 1790000000.0, 1790000000.0);
INSERT INTO drafts (id, state, chat_id, person_id, message_id, language, effect, created_at, expires_at)
VALUES ('d', 'open', 7, 7, 101, 'en', 'kiss', 1790000000.0, 1790000600.0);
INSERT INTO notices (admin_id, kind, detail, made_at) VALUES (1, 'out_of_credit', '403', 1790000000.0),
    (1, 'bad_key', '401', 1790000000.0);
INSERT INTO inbox (update_id, lane, payload, due_at, received_at)
VALUES (5, 'chat 7', '{}', 1790000000.0, 1790000000.0);
PRAGMA user_version = 1;
"""
"""A database of the first schema, with something in it."""


def first_database(path: Path) -> None:
    """Make it as the first version did."""
    schema = (resources.files("storage") / "migrations" / "0001_start.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema + FIRST)


async def test_a_database_of_the_first_schema_goes_on(path: Path) -> None:
    """An operator who upgrades finds every job, draft, message and notice where it was, and jobs go on from there."""
    first_database(path)
    store = await Store.open(path)
    try:
        job = await store.jobs.get("old")
        assert job is not None
        assert (job.state, job.service, job.moved_from) == (State.GENERATING, "aiml", None)
        assert (job.photos, job.motion) == ((Photo("left", 9),), None)
        draft = await store.drafts.get("d")
        assert draft is not None
        assert draft.effect == "kiss"
        assert [row.update_id for row in await store.inbox.pending(now=NOW, busy=set(), limit=9)] == [5]
        assert set(await store.admin_notices.unsent()) == {
            AdminNotice(1, "out_of_credit.aiml", "403"),
            AdminNotice(1, "bad_key.aiml", "401"),
        }
        done = await store.transitions.complete("old", "https://cdn.example/v.mp4", usd=None, now=NOW)
        assert done is not None
        assert done.state is State.READY
    finally:
        await store.close()


async def test_an_upgraded_database_is_as_a_new_one(path: Path, tmp_path: Path) -> None:
    """A database that grew with the versions has the same tables, columns and indexes as one made today."""
    first_database(path)
    fresh = tmp_path / "fresh.db"
    for file in (path, fresh):
        await (await Store.open(file)).close()
    schemas = []
    for file in (path, fresh):
        with closing(sqlite3.connect(file)) as connection:
            schemas.append(connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall())
    assert schemas[0] == schemas[1]
