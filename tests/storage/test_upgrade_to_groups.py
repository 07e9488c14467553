"""A database of the first version keeps its groups' videos and drafts when groups get rules and limits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

from storage import Store
from storage.drafts import DraftKey
from storage.limits import GroupDailyLimit, Limits
from tests.storage.samples import NOW, new_job

if TYPE_CHECKING:
    from pathlib import Path

GROUP = -100_70
JOB = """
    INSERT INTO jobs (id, state, origin, chat_id, person_id, message_id, language, effect, photos, service, quality,
        duration, due_at, created_at, changed_at)
    VALUES ('old', 'queued', 'draft:old', ?, 7, 1, 'en', 'hug', '[{"file_id": "a", "file_size": 5}]', 'aiml',
        'standard', 5, ?, ?, ?)"""
DRAFT = """
    INSERT INTO drafts (id, state, chat_id, person_id, message_id, language, effect, created_at, expires_at)
    VALUES ('open', 'open', ?, 7, 2, 'en', 'hug', ?, ?)"""
PHOTO = "INSERT INTO draft_photos (draft_id, place, message_id, file_id) VALUES ('open', 0, 2, 'a')"


async def test_a_file_of_the_first_version(tmp_path: Path) -> None:
    """What was asked for in a group before the upgrade is there after it, and counts for the group's day."""
    path = tmp_path / "bot.db"
    script = (resources.files("storage") / "migrations" / "0001_start.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        connection.execute(JOB, (GROUP, NOW, NOW, NOW))
        connection.execute(DRAFT, (GROUP, NOW, NOW + 600))
        connection.execute(PHOTO)
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    store = await Store.open(path)
    old = await store.jobs.get("old")
    draft = await store.drafts.open_for(DraftKey(GROUP, None, 7))
    more = new_job("new", chat_id=GROUP, person_id=8)
    refused = await store.jobs.create(more, Limits(user_daily=9, user_active=9, group_daily=1), now=NOW + 60)
    await store.close()
    assert old is not None
    assert (old.group_id, old.photos[0].author_id) == (GROUP, None)
    assert draft is not None
    assert (draft.waits_for, draft.photos[0].portrait) == (None, False)
    assert isinstance(refused, GroupDailyLimit)
