"""What animations are asked with, in their rows, and in a database that is older than they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

from storage import ImageToVideoOptions, Photo, State, Store
from storage.drafts import DraftPhoto
from tests.storage.samples import NOW, enqueue, new_draft

if TYPE_CHECKING:
    from pathlib import Path

WAVES = ImageToVideoOptions(
    model="v1.6", prompt="she “waves” \U0001f44b\n", negative_prompt="blur", cfg_scale=0.0, duration=10
)
TWO = [DraftPhoto(Photo("first"), 1), DraftPhoto(Photo("last"), 2)]


async def test_words_come_back_as_they_were(store: Store) -> None:
    """A draft and a job keep every word and every number of what they were asked with."""
    await store.drafts.start(new_draft(effect="animate", motion=WAVES), TWO, consumes=1)
    draft = await store.drafts.get("draft")
    assert draft is not None
    assert draft.motion == WAVES
    job = await enqueue(store, motion=WAVES)
    assert job.motion == WAVES
    assert job.model == "v1.6"
    assert (await enqueue(store, "squish")).model == "standard"


async def test_the_longest_prompt_is_kept(store: Store) -> None:
    """2500 characters fit, of whatever alphabet."""
    motion = ImageToVideoOptions(model="v2", prompt="\U0001f30a" * 2500)
    assert (await enqueue(store, motion=motion)).motion == motion


async def test_words_of_a_message(store: Store) -> None:
    """Words that come later are the draft's, their message is the one to reply to, and a draft that ended gets none."""
    await store.drafts.start(new_draft(effect="animate"), TWO, consumes=1)
    draft = await store.drafts.get("draft")
    assert draft is not None
    await store.drafts.set_words(draft, WAVES, consumes=9, expires_at=NOW + 900)
    said = await store.drafts.by_message(7, 9)
    assert said is not None
    assert (said.motion, said.message_id, said.expires_at) == (WAVES, 9, NOW + 900)
    await store.drafts.end("draft", "cancelled", now=NOW)
    await store.drafts.set_words(draft, ImageToVideoOptions(model="v2"), consumes=10, expires_at=NOW + 999)
    ended = await store.drafts.get("draft")
    assert ended is not None
    assert ended.motion == WAVES


async def test_as_many_photos_as_go_with_the_model(store: Store) -> None:
    """Where the model takes one photo the first one stays; where it takes two both do."""
    for name, photos in (("one", 1), ("two", 2)):
        await store.drafts.start(new_draft(name, effect="animate", motion=WAVES), TWO, consumes=None)
        draft = await store.drafts.get(name)
        assert draft is not None
        await store.drafts.choose_model(draft, ImageToVideoOptions(model="v2", prompt="x"), photos=photos)
        settled = await store.drafts.get(name)
        assert settled is not None
        assert settled.photos == (Photo("first"), Photo("last"))[:photos]
        assert settled.motion == ImageToVideoOptions(model="v2", prompt="x")


async def test_an_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    """A database of the first version keeps its jobs and drafts; photos that came one by one are known as such."""
    path = tmp_path / "bot.db"
    first = resources.files("storage").joinpath("migrations/0001_start.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(first)
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            """INSERT INTO jobs (id, state, origin, chat_id, person_id, language, effect, photos, service, quality,
                   duration, due_at, created_at, changed_at)
               VALUES ('old', 'queued', 'draft:old', 7, 7, 'en', 'hug', '[]', 'aiml', 'pro', 5, 1, 1, 1)"""
        )
        connection.executemany(
            """INSERT INTO drafts (id, state, chat_id, person_id, message_id, media_group_id, language, created_at,
                   expires_at) VALUES (?, 'open', ?, 7, 1, ?, 'en', 1, 2)""",
            [("single", 7, None), ("album", 8, "album")],
        )
        connection.commit()
    store = await Store.open(path)
    try:
        job = await store.jobs.get("old")
        drafts = [await store.drafts.get(name) for name in ("single", "album")]
    finally:
        await store.close()
    assert job is not None
    assert (job.state, job.motion, job.model) == (State.QUEUED, None, "pro")
    assert [(draft.singly, draft.motion) for draft in drafts if draft] == [(True, None), (False, None)]
