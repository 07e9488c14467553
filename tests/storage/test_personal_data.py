"""Everything that is kept about a person is on one list, can be exported, and is gone after an erasure."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from storage import Photo, State, Store
from storage.drafts import DraftPhoto
from storage.inline import Offer
from storage.people.access import AccessStatus
from storage.people.consents import ConsentRequest
from storage.people.personal_data import ABOUT, NOT_PERSONAL
from storage.people.users import KnownUser
from tests.storage.samples import DAY, HOUR, NOW, bring_to, enqueue, get_job, new_draft

if TYPE_CHECKING:
    from pathlib import Path

ZELDA, GROUP, OTHER = 777_000_123, -100_555, 888_000_456
FILE, PORTRAIT = "AgACZELDASPHOTO", "AgACZELDASPORTRAIT"
TRACES = (str(ZELDA), "Zelda", "zelda_here", FILE, PORTRAIT, "her secret wish")


async def fill(store: Store) -> None:
    """Let Zelda use everything: videos, drafts, groups, inline mode, choices; others use her picture."""
    await store.users.upsert([KnownUser(ZELDA, "zelda_here", "Zelda")], now=NOW)
    photo, portrait = Photo(FILE, 1_000), Photo(PORTRAIT, None, ZELDA, portrait=True)
    own: dict[str, Any] = {"chat_id": ZELDA, "person_id": ZELDA, "photos": (photo,), "reserved_microusd": 490_000}
    for state in State:
        await bring_to(store, state, f"own {state}", **own)
    await enqueue(store, "in a group", chat_id=GROUP, person_id=ZELDA, photos=(photo,))
    for state in (State.QUEUED, State.GENERATING, State.DELIVERED):
        await bring_to(store, state, f"of {state}", chat_id=GROUP, person_id=OTHER)
        photos = json.dumps([asdict(portrait)])  # with her consent, which is not what is tested here
        await store.database.execute("UPDATE jobs SET photos = ? WHERE id = ?", (photos, f"of {state}"))
    await store.database.execute("UPDATE jobs SET show_at = NULL WHERE id = 'of delivered'")
    await store.transitions.request_cancel("of generating", ZELDA, now=NOW)
    await store.drafts.start(
        new_draft("own", chat_id=ZELDA, person_id=ZELDA, effect="hug", note="her secret wish"),
        [DraftPhoto(photo, 5)],
        consumes=5,
    )
    await store.drafts.start(
        new_draft("of another", chat_id=GROUP, person_id=OTHER, effect="hug"),
        [DraftPhoto(portrait, 9, 1, "Zelda", needs_consent=True)],
        consumes=9,
    )
    await store.consents.wait_for("of another", ConsentRequest(ZELDA, "Zelda"), "subject", expires_at=NOW, now=NOW)
    await store.drafts.remember_photo(ZELDA, 5, None, photo, now=NOW)
    update = {"message": {"chat": {"id": ZELDA}, "from": {"id": ZELDA, "first_name": "Zelda"}, "photo": FILE}}
    await store.inbox.add([(1, f"chat {ZELDA}", json.dumps(update))], now=NOW)
    offer = Offer(id="offer", person_id=ZELDA, language="en", photos=(photo,), source="recent", made_at=NOW)
    await store.inline.save_offer(offer)
    await store.inline.claim_message("inline", offer, now=NOW)
    await store.preferences.set(ZELDA, "quality", "pro")
    await store.access.note_told(ZELDA, again_after=DAY, now=NOW)
    await store.admin_notices.raise_once("report", f"about {ZELDA}", [1], now=NOW)
    await store.personal_data.ask_for_erasure(ZELDA, now=NOW)


def traces(path: Path) -> list[tuple[str, str]]:
    """Return every table and column in which something of Zelda stands."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = []
        for table in tables:
            cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 -- the schema's own names
            names = [column[0] for column in cursor.description]
            for row in cursor:
                found += [(table, name) for name, value in zip(names, row, strict=True) if has_trace(value)]
    return sorted(set(found))


def has_trace(value: object) -> bool:
    return any(trace in str(value) for trace in TRACES)


async def test_every_column_is_on_a_list(store: Store, path: Path) -> None:
    """Whoever adds a column must say whether it is about a person: then it is exported and erased."""
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        columns = {
            (table, column)
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not table.startswith("sqlite_")
            for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        }
    personal = {(table, column) for table, about in ABOUT.items() for column in about.columns}
    other = {(table, column) for table, names in NOT_PERSONAL.items() for column in names}
    assert personal & other == set()
    assert personal | other == columns


async def test_what_is_about_a_person_is_listed(store: Store, path: Path) -> None:
    """Nothing of a person stands in a column that is not on the list of what is about people."""
    await fill(store)
    found = traces(path)
    assert ("inbox", "payload") in found
    assert ("draft_photos", "author") in found
    assert [place for place in found if place[1] not in ABOUT[place[0]].columns] == []


async def test_the_export_has_what_is_hers(store: Store) -> None:
    """The export has a person's own rows in readable form, and none of what others sent."""
    await fill(store)
    exported = await store.personal_data.export(ZELDA)
    assert {job["person_id"] for job in exported["jobs"]} == {ZELDA}
    assert exported["people"][0]["name"] == "Zelda"
    assert exported["choices"][0]["quality"] == "pro"
    assert exported["inbox"][0]["payload"]["message"]["photo"] == FILE
    assert str(OTHER) not in json.dumps(exported)


async def test_nothing_is_left_after_an_erasure(store: Store, path: Path) -> None:
    """After an erasure no column has a person's id, name, words or files, and neither has the file on the disk."""
    await fill(store)
    spent = await store.spendings.in_use(since=NOW - DAY)
    await store.personal_data.erase(ZELDA, now=NOW)
    assert traces(path) == []
    assert await store.spendings.in_use(since=NOW - DAY) == spent
    await store.close()
    bytes_left = b"".join(file.read_bytes() for file in path.parent.glob("bot.db*"))
    assert [trace for trace in TRACES if trace.encode() in bytes_left] == []


async def test_others_go_on(store: Store) -> None:
    """Somebody else's video that is being made goes on without the picture; one that waits is cancelled."""
    await fill(store)
    await bring_to(store, State.GENERATING, "apart", person_id=OTHER, photos=(Photo("theirs"),))
    await store.personal_data.erase(ZELDA, now=NOW)
    assert (await get_job(store, "of queued")).state is State.CANCELLED
    assert (await get_job(store, "of generating")).photos == ()
    assert (await get_job(store, "apart")).photos == (Photo("theirs"),)
    assert await store.jobs.get("of delivered") is None


async def test_longer_ids_are_others(store: Store) -> None:
    """Somebody whose id only begins like hers loses nothing by her erasure, and she gets nothing of theirs."""
    longer = f"{ZELDA}5"
    about = [
        (n, f"chat {one}", json.dumps({"from": {"id": int(one)}})) for n, one in enumerate((str(ZELDA), longer), 1)
    ]
    about.append((3, f"chat {GROUP}", json.dumps({"from": {"id": OTHER}, "reply_to": {"id": ZELDA}})))
    await store.inbox.add(about, now=NOW)
    await store.admin_notices.raise_once("report.1", f"about {longer}", [1], now=NOW)
    assert [row["update_id"] for row in (await store.personal_data.export(ZELDA))["inbox"]] == [1]
    await store.personal_data.erase(ZELDA, now=NOW)
    waiting = await store.inbox.pending(now=NOW, busy=(), limit=9)
    assert [(row.update_id, row.lane, row.payload) for row in waiting] == about[1:]
    assert [notice.detail for notice in await store.admin_notices.unsent()] == [f"about {longer}"]


async def test_what_was_set_aside_goes(store: Store, path: Path) -> None:
    """An update of a group that names a person and could not be handled is emptied by their erasure."""
    [row] = await store.inbox.add([(1, f"chat {GROUP}", json.dumps({"from": {"id": ZELDA}}))], now=NOW)
    await store.inbox.set_aside(row.seq, error=f"no user {ZELDA}")
    await store.personal_data.erase(ZELDA, now=NOW)
    assert traces(path) == []


async def test_who_was_let_in_stays_so(store: Store) -> None:
    """Who an admin has let in may use the bot after having their data deleted, also after a restart."""
    await store.access.set(ZELDA, AccessStatus.ALLOWED, now=NOW)
    await store.personal_data.erase(ZELDA, now=NOW)
    assert [entry.id for entry in await store.access.allowed()] == [ZELDA]


async def test_a_ban_outlasts_an_erasure(store: Store) -> None:
    """Who is banned stays banned after having their data deleted."""
    await store.access.set(ZELDA, AccessStatus.BANNED, now=NOW)
    await store.personal_data.erase(ZELDA, now=NOW)
    assert await store.access.status(ZELDA) is AccessStatus.BANNED


async def test_the_limits_of_the_day_stay(store: Store, path: Path) -> None:
    """Who asked for videos within a day has to wait for its end after an erasure; nobody can tell who that was."""
    await enqueue(store, "one", now=NOW, chat_id=ZELDA, person_id=ZELDA)
    await store.personal_data.erase(ZELDA, now=NOW + HOUR)
    assert await store.personal_data.waits_until(ZELDA, now=NOW + HOUR) == NOW + DAY
    assert await store.personal_data.waits_until(OTHER, now=NOW + HOUR) is None
    assert await store.personal_data.waits_until(ZELDA, now=NOW + DAY) is None
    assert traces(path) == []
    await store.personal_data.prune(now=NOW + DAY)
    assert await store.database.fetch_one("SELECT 1 FROM erased") is None


async def test_later_is_when_nothing_is_under_way(store: Store) -> None:
    """An erasure that was asked for later is due once the person's videos have ended."""
    await bring_to(store, State.GENERATING, "job", chat_id=ZELDA, person_id=ZELDA)
    await store.personal_data.ask_for_erasure(ZELDA, now=NOW)
    assert await store.personal_data.due_erasures() == []
    await store.transitions.fail("job", reason="other", photo=None, detail="", now=NOW)
    await store.database.execute("UPDATE jobs SET show_at = NULL")
    assert await store.personal_data.due_erasures() == [ZELDA]
