from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import DatabaseError, Photo, State, Store
from storage.admin_notices import AdminNotice
from storage.drafts import DraftKey
from storage.limits import GroupDailyLimit, Limits
from tests.storage.old_databases import FIRST_ROWS, make_database, make_populated_database, read_rows
from tests.storage.samples import NOW, bring_to, get_draft, get_job, new_job

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
GROUP = -100_70
REBUILT = 7  # the last schema before jobs was rebuilt


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    """Return type, name and SQL of everything in the schema."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()


def check_intact(path: Path) -> None:
    """Check that the file is not damaged, and that no row refers to one that is missing."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# ---------------------------------------------------------------- from the first schema
@pytest.fixture
async def first(path: Path) -> AsyncIterator[Store]:
    """A store on a file of the first schema that has been brought up to date."""
    make_database(path, 1, FIRST_ROWS)
    store = await Store.open(path)
    yield store
    await store.close()


async def test_jobs_of_the_first_schema_go_on(first: Store) -> None:
    """An operator who upgrades finds jobs as they were, and they go on from there."""
    job = await get_job(first, "old")
    assert (job.state, job.service, job.moved_from, job.model) == (State.GENERATING, "aiml", None, "pro")
    assert (job.photos, job.motion) == ((Photo("left", 9),), None)
    completed = await first.transitions.complete("old", "https://cdn.example/v.mp4", usd=None, now=NOW)
    assert completed is not None
    assert completed.state is State.READY


async def test_drafts_of_the_first_schema_go_on(first: Store) -> None:
    """Open drafts and their photos stay, and photos that came one by one are known as such."""
    draft = await first.drafts.open_for(DraftKey(GROUP, None, 7))
    assert draft is not None
    assert (draft.effect, draft.waits_for, draft.photos) == ("kiss", None, (Photo("a"),))
    drafts = [await get_draft(first, name) for name in ("single", "album")]
    assert [(draft.singly, draft.motion) for draft in drafts] == [(True, None), (False, None)]


async def test_groups_of_the_first_schema_have_limits(first: Store) -> None:
    """What was asked for in a group before the upgrade counts towards the group's day."""
    assert (await get_job(first, "old")).group_id == GROUP
    limits = Limits(user_daily=9, user_active=9, group_daily=1)
    outcome = await first.jobs.create(new_job("new", chat_id=GROUP, person_id=8), limits, now=NOW + 60)
    assert isinstance(outcome, GroupDailyLimit)


async def test_updates_and_notices_of_the_first_schema(first: Store) -> None:
    """Updates that were not handled yet are handled, and notices name the only service that there was."""
    assert [row.update_id for row in await first.inbox.pending(now=NOW, busy=set(), limit=9)] == [5]
    assert set(await first.admin_notices.unsent()) == {
        AdminNotice(1, "out_of_credit.aiml", "403"),
        AdminNotice(1, "bad_key.aiml", "401"),
    }


@pytest.mark.parametrize("version", range(1, REBUILT + 1))
async def test_an_upgraded_schema_is_as_a_new_one(path: Path, tmp_path: Path, version: int) -> None:
    """A database that was upgraded has the same tables, indexes and triggers as one that is made today."""
    make_database(path, version)
    fresh = tmp_path / "fresh.db"
    for file in (path, fresh):
        await (await Store.open(file)).close()
    assert schema_of(path) == schema_of(fresh)


# ---------------------------------------------------------------- a table is rebuilt
async def test_a_rebuild_keeps_every_row(path: Path) -> None:
    """Jobs in every state, their history and everything else are the same after the rebuild."""
    await make_populated_database(path, REBUILT)
    before = read_rows(path)
    assert {row["state"] for row in before["jobs"]} == set(State)
    await (await Store.open(path)).close()
    assert read_rows(path, like=before) == before
    check_intact(path)


async def test_jobs_go_on_after_a_rebuild(path: Path) -> None:
    """After the rebuild old and new jobs move, their history is written, and pruning deletes it with them."""
    await make_populated_database(path, REBUILT)
    store = await Store.open(path)
    assert await store.transitions.complete("generating", "https://cdn.example/v.mp4", usd=None, now=NOW) is not None
    assert (await store.reports.job_events("generating"))[-1] == ("generating", "ready")
    for state in State:
        job = await bring_to(store, state, f"new {state}")
        assert len(await store.reports.job_events(job.id)) == job.version
    await store.jobs.prune(before=NOW + 1, now=NOW + 1)
    assert await store.reports.job_events("delivered") == []
    await store.close()
    check_intact(path)


@pytest.mark.parametrize("change", ["origin = 'draft:ready'", "client_request_id = 'ready.1'", "state = 'lost'"])
async def test_a_rebuilt_table_refuses_contradictions(path: Path, change: str) -> None:
    """The rebuilt table has the unique indexes and the CHECKs that it had before."""
    await make_populated_database(path, REBUILT)
    store = await Store.open(path)
    with pytest.raises(sqlite3.IntegrityError):
        await store.database.execute(f"UPDATE jobs SET {change} WHERE id = 'generating'")  # noqa: S608 -- no input
    await store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO jobs_new",
        "DROP TABLE jobs",
        "RENAME TO jobs",
        "CREATE TRIGGER jobs_moved",
        "user_version =",
        "COMMIT",
    ],
)
async def test_a_bot_killed_during_a_rebuild_loses_nothing(path: Path, statement: str) -> None:
    """A bot that is killed at any statement of the rebuild leaves the old file, and the next start upgrades it."""
    await make_populated_database(path, REBUILT)
    before, schema = read_rows(path), schema_of(path)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.killed_migration", path, statement, cwd=ROOT
    )
    assert await child.wait() == -signal.SIGKILL
    assert read_rows(path) == before
    assert schema_of(path) == schema
    await (await Store.open(path)).close()
    assert read_rows(path, like=before) == before
    check_intact(path)


async def test_rows_that_refer_to_nothing_stop_the_upgrade(path: Path) -> None:
    """A file in which a history belongs to no job is not upgraded, and stays as it was."""
    event = "INSERT INTO job_events (job_id, to_state, at) VALUES ('missing', 'queued', 1)"
    make_database(path, REBUILT, event)
    before, schema = read_rows(path), schema_of(path)
    with pytest.raises(DatabaseError, match="rows in it refer to others that are missing; restore a backup"):
        await Store.open(path)
    assert read_rows(path) == before
    assert schema_of(path) == schema
