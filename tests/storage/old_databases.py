"""Makes databases of earlier schemas, as earlier versions of the bot left them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

from storage import Store
from tests.storage.store_calls import populate

if TYPE_CHECKING:
    from pathlib import Path

Rows = dict[str, list[dict[str, object]]]

FIRST_ROWS = """
INSERT INTO jobs (id, state, origin, chat_id, person_id, message_id, language, effect, photos, service, quality,
    duration, submits, client_request_id, service_job_id, accepted_at, submitted_at, due_at, created_at, changed_at)
VALUES ('old', 'generating', 'draft:d', -10070, 7, 100, 'en', 'hug', '[{"file_id": "left", "file_size": 9}]', 'aiml',
    'pro', 5, 1, 'old.1', 'made-old', 1790000000.0, 1790000000.0, 1790000000.0, 1790000000.0, 1790000000.0);
INSERT INTO drafts (id, state, chat_id, person_id, message_id, media_group_id, language, effect, created_at, expires_at)
VALUES ('group', 'open', -10070, 7, 101, NULL, 'en', 'kiss', 1790000000.0, 1790000600.0),
    ('single', 'open', 7, 7, 1, NULL, 'en', NULL, 1790000000.0, 1790000600.0),
    ('album', 'open', 8, 7, 1, 'album', 'en', NULL, 1790000000.0, 1790000600.0);
INSERT INTO draft_photos (draft_id, place, message_id, file_id) VALUES ('group', 0, 101, 'a');
INSERT INTO notices (admin_id, kind, detail, made_at) VALUES (1, 'out_of_credit', '403', 1790000000.0),
    (1, 'bad_key', '401', 1790000000.0);
INSERT INTO inbox (update_id, lane, payload, due_at, received_at)
VALUES (5, 'chat 7', '{}', 1790000000.0, 1790000000.0);
"""
"""Rows of the first schema; the group has the id -10070."""


def make_database(path: Path, version: int, rows: str = "") -> None:
    """Make a database of that schema, and run the script `rows` on it."""
    folder = resources.files("storage") / "migrations"
    steps = sorted((step for step in folder.iterdir() if step.name.endswith(".sql")), key=lambda step: step.name)
    with closing(sqlite3.connect(path)) as connection:
        for step in steps[:version]:
            connection.executescript(step.read_text("utf-8"))
        connection.executescript(f"{rows}; PRAGMA user_version = {version}")


async def make_populated_database(path: Path, version: int) -> None:
    """Make a database of that schema with a job in every state and something in every other table."""
    newest = path.with_name("newest.db")
    store = await Store.open(newest)
    await populate(store)
    await store.close()
    make_database(path, version)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ATTACH ? AS newest", (str(newest),))
        for table in tables(connection):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- no input
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM newest.{table}")  # noqa: S608
        connection.commit()


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables, `jobs` before `job_events`, which its trigger fills."""
    found = connection.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence' ORDER BY name DESC"
    )
    return [str(name) for (name,) in found]


def read_rows(path: Path, like: Rows | None = None) -> Rows:
    """Return the rows of every table, sorted, with the names of their columns.

    With `like`, return only the tables and columns that are there: an upgrade adds others.
    """
    with closing(sqlite3.connect(path)) as connection:
        names = tables(connection)
        connection.row_factory = sqlite3.Row
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608
    known = {name: rows[0].keys() for name, rows in (like or {}).items() if rows}
    return {
        name: sorted(({key: row[key] for key in sorted(known.get(name, row.keys()))} for row in rows), key=repr)
        for name, rows in found.items()
        if like is None or name in like
    }
