"""A backup that is put back: nothing is paid for twice, and the command says what it did."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from bot.instance_lock import single_instance
from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from storage.backup import back_up
from tests.assertions import says

if TYPE_CHECKING:
    from storage import Job
    from tests.bot_under_test import BotUnderTest

LOGS = "GET /v2/logs"
SUBMIT = "POST /v2/video/generations"


def all_delivered(jobs: list[Job]) -> bool:
    """Return True if every job is delivered."""
    return bool(jobs) and all(job.state is State.DELIVERED for job in jobs)


async def queue_and_copy(bot: BotUnderTest, photo: bytes, copy: Path, count: int = 1, caption: str = "/squish") -> None:
    """Start a bot whose service has no room, ask for videos, and copy the database while all of them wait."""
    bot.aiml.concurrency = 0
    await bot.start(user_active_limit="9")
    for number in range(1, count + 1):
        bot.chat.send_photo(photo, caption)
        await bot.until(lambda jobs, number=number: len(jobs) == number)  # type: ignore[misc]
    await bot.until(lambda jobs: all(job.submits == 1 and job.state is State.QUEUED for job in jobs))
    back_up(bot.database, copy)


async def put_back(bot: BotUnderTest, copy: Path) -> None:
    """Stop the bot, and put the copy in the place of its database, as a snapshot of the volume would."""
    await bot.stop()
    for suffix in ("-wal", "-shm"):
        bot.database.with_name(bot.database.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(copy, bot.database)


async def test_row_26_a_backup_put_back_pays_nothing_twice(bot: BotUnderTest, coffee: bytes, tmp_path: Path) -> None:
    """Three videos that waited in a backup and were made since are found, not paid for again, and come again."""
    copy = tmp_path / "copy.db"
    await queue_and_copy(bot, coffee, copy, count=3)
    bot.aiml.concurrency = 9
    await bot.until(all_delivered, advancing=30)
    submissions = len(bot.aiml.submissions)
    assert len(bot.aiml.ledger) == 3
    await put_back(bot, copy)
    await bot.start()
    await bot.until(all_delivered, advancing=30)
    assert (len(bot.aiml.submissions), len(bot.aiml.ledger)) == (submissions, 3)


async def test_row_26_what_moved_to_the_other_service_is_found_there(
    bot_with_kling: BotUnderTest, coffee: bytes, tmp_path: Path
) -> None:
    """A video that another service has made since the backup is found there, though the preferred one would make it."""
    bot, copy = bot_with_kling, tmp_path / "copy.db"
    await queue_and_copy(bot, coffee, copy)
    bot.aiml.concurrency = 9
    bot.aiml.faults.add(SUBMIT, RespondWith(403, {"message": "You've run out of credits. Please top up your balance"}))
    await bot.until(all_delivered, advancing=30)
    assert (len(bot.aiml.ledger), len(bot.kling.ledger)) == (0, 1)
    await put_back(bot, copy)
    await bot.start()
    await bot.until(all_delivered, advancing=30)
    assert (len(bot.aiml.ledger), len(bot.kling.ledger)) == (0, 1)
    assert ((await bot.job()).service, (await bot.job()).moved_from) == ("kling", "aiml")


async def test_row_26_what_failed_since_is_made_under_another_id(
    bot: BotUnderTest, coffee: bytes, tmp_path: Path
) -> None:
    """A submit that the service has as failed is no video: another is made, under an id that was never used."""
    copy = tmp_path / "copy.db"
    await queue_and_copy(bot, coffee, copy)
    bot.aiml.concurrency = 9
    await bot.until(lambda jobs: jobs[0].state is State.GENERATING, advancing=30)
    job = next(iter(bot.aiml.jobs.values()))
    job.fail({"name": "Error", "message": "Internal error"})
    await bot.until(lambda jobs: jobs[0].state is State.FAILED, advancing=5)
    await put_back(bot, copy)
    await bot.start()
    await bot.until(lambda jobs: jobs[0].state in {State.DELIVERED, State.FAILED}, advancing=30)
    ids = [sent.client_request_id for sent in bot.aiml.submissions]
    assert len(ids) == len(set(ids))
    assert len(bot.aiml.ledger) <= 1


async def test_row_26_a_plain_restart_goes_on(bot: BotUnderTest, coffee: bytes, tmp_path: Path) -> None:
    """After a plain restart, a video that waited is looked for, not found, and made once."""
    await queue_and_copy(bot, coffee, tmp_path / "copy.db")
    await bot.stop()
    bot.aiml.concurrency = 9
    await bot.start()
    await bot.until(all_delivered, advancing=30)
    assert len(bot.aiml.ledger) == 1


async def test_row_26_nothing_is_sent_on_a_guess(bot: BotUnderTest, coffee: bytes, tmp_path: Path) -> None:
    """While the service's record can't be read, nothing that waited at the start is sent; then the person decides."""
    copy = tmp_path / "copy.db"
    await queue_and_copy(bot, coffee, copy)
    bot.aiml.concurrency = 9
    await bot.until(all_delivered, advancing=30)
    submissions = len(bot.aiml.submissions)
    await put_back(bot, copy)
    rule = bot.aiml.faults.add(LOGS, RespondWith(503), times=FOREVER)
    await bot.start()
    await bot.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=100)
    await bot.chat.wait_for(says("Shall I send"))
    assert len(bot.aiml.submissions) == submissions
    rule.remove()
    await bot.until(all_delivered, advancing=100)
    assert (len(bot.aiml.submissions), len(bot.aiml.ledger)) == (submissions, 1)


# ---------------------------------------------------------------- the command
@pytest.fixture
def environment(bot: BotUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands find this bot's settings."""
    monkeypatch.chdir(tmp_path)
    for name, value in bot.sandbox.bot_environment(bot.database).items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("environment")
async def test_row_26_the_command_keeps_what_it_replaces(
    bot: BotUnderTest, coffee: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """`restore` puts the backup in place, keeps the database that was there, and says what the copy can't know."""
    await queue_and_copy(bot, coffee, Path("copy.db"))
    bot.aiml.concurrency = 9
    await bot.until(all_delivered, advancing=30)
    assert main(["restore", "copy.db"]) == 1
    assert "Another bot is running" in capsys.readouterr().err
    await bot.stop()
    assert main(["restore", "copy.db"]) == 0
    said = capsys.readouterr().out
    assert "waited for the service then: 1." in said
    assert "can't know" in said
    (kept,) = bot.database.parent.glob("*.before-restore-*")
    assert str(kept) in said
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT state FROM jobs").fetchall() == [("delivered",)]
    assert (await bot.job()).state is State.QUEUED
    await bot.start()
    await bot.until(all_delivered, advancing=30)
    assert len(bot.aiml.ledger) == 1


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("absent", "no backup"),
        ("text", "could not be put back"),
        ("empty", "no backup of a bot"),
        ("another program's", "no backup of a bot"),
        ("newer", "newer version"),
        ("itself", "the database itself"),
        ("damaged", "damaged"),
    ],
)
async def test_row_26_other_files_are_not_put_back(
    bot: BotUnderTest, capsys: pytest.CaptureFixture[str], kind: str, said: str
) -> None:
    """What is no whole backup of such a bot is refused in a sentence, and the database stays as it was."""
    await bot.start()
    await bot.telegram.wait(lambda telegram: any(call.method == "getUpdates" for call in telegram.calls))
    file = bot.database if kind == "itself" else Path("copy.db")
    if kind not in {"absent", "itself"}:
        back_up(bot.database, file)
    await bot.stop()
    match kind:
        case "text":
            file.write_text("TELEGRAM_BOT_TOKEN=1234567:good-token" * 100)
        case "empty":
            file.write_bytes(b"")
        case "another program's":
            file.unlink()
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("CREATE TABLE notes (text)")
        case "newer":
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA user_version = 9999")
        case "damaged":
            content = bytearray(file.read_bytes())
            content[8192:12288] = os.urandom(4096)
            file.write_bytes(content)
    before = bot.database.read_bytes()
    assert main(["restore", str(file)]) == 1
    told = capsys.readouterr().err
    assert said in told or (kind == "damaged" and "could not be put back" in told)
    assert bot.database.read_bytes() == before
    assert list(bot.database.parent.glob("*.before-restore-*")) == []
    with single_instance(bot.database):
        assert [name for name in os.listdir(bot.database.parent) if name.endswith(".partial")] == []  # noqa: PTH208


@pytest.mark.usefixtures("environment")
async def test_row_26_a_database_that_is_broken_or_gone_is_replaced(
    bot: BotUnderTest, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup replaces a database that can't be read, which is kept, and one that is gone."""
    await bot.start()
    await bot.telegram.wait(lambda telegram: any(call.method == "getUpdates" for call in telegram.calls))
    back_up(bot.database, Path("copy.db"))
    await bot.stop()
    bot.database.write_bytes(b"no database" * 1000)
    assert main(["restore", "copy.db"]) == 0
    (kept,) = bot.database.parent.glob("*.before-restore-*")
    assert kept.read_bytes().startswith(b"no database")
    kept.unlink()
    bot.database.unlink()
    assert main(["restore", "copy.db"]) == 0
    assert "There was no database before" in capsys.readouterr().out
    await bot.start()
    await bot.telegram.wait(lambda telegram: telegram.calls[-1].method == "getUpdates")
