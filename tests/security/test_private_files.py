"""What lies on the disk: who may read it, and what is not there at all."""

from __future__ import annotations

import base64
import os
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import IncomingRequest, RespondWith
from storage import State
from tests.assertions import is_video, says
from tests.bot_under_test import FAST_SETTINGS, BotUnderTest
from tests.crash.bot_process import BotProcess
from tests.security.assertions import SUBMIT, video_is_delivered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

SAYING = "pineapple pizza at grandmother's"


@pytest.fixture
def usual_mask() -> Iterator[None]:
    """Set the umask that most systems have: new files may be read by everyone."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
async def temporary(bot: BotUnderTest, tmp_path: Path) -> AsyncIterator[Path]:
    """The folder for temporary files of a bot that runs as a process of its own; nobody else uses it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings = {name.upper(): value for name, value in FAST_SETTINGS.items()}
    process = BotProcess(bot.sandbox.bot_environment(bot.database, TMPDIR=str(folder), **settings), tmp_path)
    await process.start()
    try:
        yield folder
        process.terminate()
        assert await process.wait_ended() == 0
    finally:
        await process.kill()


def modes(folder: Path) -> dict[str, int]:
    """The permissions of each file."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()}


def inbox(bot: BotUnderTest) -> list[tuple[str, str]]:
    """Return the state and payload of every update."""
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as connection:
        return list(connection.execute("SELECT state, payload FROM inbox ORDER BY seq"))


def on_disk(folder: Path) -> bytes:
    """Return the bytes of every file under this folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.usefixtures("usual_mask")
async def test_the_database_is_its_owners_only(bot: BotUnderTest, coffee: bytes) -> None:
    """The database, its log, its index and the lock can be read by nobody else."""
    await bot.start()
    await video_is_delivered(bot, coffee)
    found = modes(bot.database.parent)
    assert {"bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock"} <= set(found)
    assert {found[name] for name in ("bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock")} == {0o600}


@pytest.mark.usefixtures("usual_mask")
async def test_the_pulse_is_its_owners_only(bot: BotUnderTest) -> None:
    """The file by which the bot's health is told can be read by nobody else."""
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("I turn one or two photos"))
    assert modes(bot.database.parent)["bot.db.pulse"] == 0o600


@pytest.mark.usefixtures("usual_mask")
async def test_nobody_else_writes_into_the_folder(bot: BotUnderTest) -> None:
    """A folder that the bot makes for its database can't be written to by others."""
    bot.database = bot.database.parent / "new" / "bot.db"
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("I turn one or two photos"))
    assert stat.S_IMODE(bot.database.parent.stat().st_mode) & 0o022 == 0


async def test_photos_are_nowhere_on_the_disk(bot: BotUnderTest, coffee: bytes, temporary: Path) -> None:
    """Neither the photo nor what was sent of it is in the database, in a temporary file or anywhere beside them."""
    seen: list[bytes] = []

    def look(incoming: IncomingRequest, moment: str) -> None:
        if incoming.method == SUBMIT and moment == "handled":
            seen.append(on_disk(bot.database.parent))

    bot.aiml.faults.on_request = look
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    seen.append(on_disk(bot.database.parent))
    (sent,) = bot.aiml.submissions[0].photos
    middles = [photo[len(photo) // 2 :][:48] for photo in (coffee, sent)]
    assert len(seen) == 2
    for disk in seen:
        assert b"SQLite format 3" in disk
        assert not any(middle in disk or base64.b64encode(middle)[4:-4] in disk for middle in middles)
        assert b"\xff\xd8\xff" not in disk
        assert b"/9j/4AAQ" not in disk
    assert modes(temporary) == {}


async def test_videos_leave_nothing_behind(bot: BotUnderTest, coffee: bytes, temporary: Path) -> None:
    """A video that went through a temporary file is nowhere on the disk afterwards."""
    bot.aiml.faults.add("GET /files", RespondWith(403))
    await video_is_delivered(bot, coffee)
    assert "Upload" in str(bot.params_of("editMessageMedia"))
    middle = bot.video.data[len(bot.video.data) // 2 :][:48]
    assert middle not in on_disk(bot.database.parent)
    assert modes(temporary) == {}


NAMES = {"people", "drafts"}
"""The tables that hold names: who was seen, and who asks for a video with another person's picture."""


def tables_with(database: Path, words: str) -> set[str]:
    """Return the tables that contain these words."""
    with closing(sqlite3.connect(database)) as connection:
        rows = [line for line in connection.iterdump() if line.startswith("INSERT INTO") and words in line]
    return {row.split('"')[1] for row in rows}


async def test_the_inbox_forgets_what_was_said(bot: BotUnderTest) -> None:
    """What a person wrote is out of the database once it is answered; their name is where people are, and no more."""
    await bot.start()
    bot.chat.send_text(SAYING)
    await bot.chat.wait_for(says("Send me a photo"))
    await bot.until(lambda _: all(state == "done" for state, _ in inbox(bot)))
    assert [payload for _, payload in inbox(bot)] == [""]
    await bot.stop()
    assert tables_with(bot.database, SAYING) == set()
    assert tables_with(bot.database, bot.ada.first_name) <= NAMES


async def test_the_database_holds_no_secret(bot: BotUnderTest, coffee: bytes) -> None:
    """A stolen database holds neither the token nor the key, and names only where people are told apart by them."""
    await bot.start()
    await video_is_delivered(bot, coffee)
    await bot.stop()
    disk = on_disk(bot.database.parent)
    for secret in bot.settings().secrets:
        assert secret.encode() not in disk
    assert tables_with(bot.database, bot.ada.first_name) <= NAMES
