"""`python -m bot backup FILE`: a consistent copy while the bot runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from storage import DatabaseError, State, Store
from storage.backup import back_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bot_under_test import BotUnderTest


async def test_copy_while_the_bot_runs(bot: BotUnderTest, coffee: bytes, tmp_path: Path) -> None:
    """The copy is whole, holds what was committed, is one file, and is its owner's only."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    copy = tmp_path / "copy.db"
    assert back_up(bot.database, copy) == back_up(bot.database, copy)
    assert back_up(bot.database, copy) == copy.stat().st_size
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [name for name in os.listdir(tmp_path) if name.startswith("copy")] == ["copy.db"]  # noqa: PTH208 -- in a loop
    store = await Store.open(copy)
    (job,) = await store.jobs.of_user(bot.ada.id, limit=9)
    await store.close()
    assert job.state is State.DELIVERED


def test_nothing_to_copy(tmp_path: Path) -> None:
    """Without a database, or where the copy can't be written, there is a sentence."""
    with pytest.raises(DatabaseError, match="no database"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")


@pytest.mark.first_start
def test_the_command(
    bot: BotUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what it did, and ends with 1 where it could not."""
    monkeypatch.chdir(tmp_path)
    for name, value in bot.sandbox.bot_environment(bot.database).items():
        monkeypatch.setenv(name, value)
    assert main(["backup", "copy.db"]) == 1
    assert "no database" in capsys.readouterr().err
    os.close(os.open(bot.database, os.O_CREAT | os.O_RDWR))
    assert main(["backup", "copy.db"]) == 0
    assert "copied to copy.db" in capsys.readouterr().out


async def database_at(path: Path) -> Path:
    """Make the database of a bot that has started once."""
    store = await Store.open(path)
    await store.close()
    return path


OTHER_FILES: dict[str, Callable[[Path], object]] = {
    "settings": lambda path: path.write_text("TELEGRAM_BOT_TOKEN=1234567:good-token"),
    "empty": lambda path: path.touch(),
    "folder": lambda path: path.mkdir(),
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/null"),
    "loop": lambda path: path.symlink_to(path),
    "cut short": lambda path: path.write_bytes(b"SQLite format 3\0" + b"\x10\0\1\1" + bytes(80)),
    "another program's": lambda path: run_sql(path, "CREATE TABLE jobs (id)"),
    "another database": lambda path: shutil.copy(path.parent / "bot.db", path),
}


def run_sql(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


@pytest.mark.parametrize("kind", OTHER_FILES)
async def test_row_57_no_other_file_is_overwritten(tmp_path: Path, kind: str) -> None:
    """A backup into a file that is no older backup is refused in a sentence, and the file stays as it was."""
    database, target = await database_at(tmp_path / "bot.db"), tmp_path / ".env"
    OTHER_FILES[kind](target)
    before = target.read_bytes() if target.is_file() else None
    names = sorted(os.listdir(tmp_path))  # noqa: PTH208 -- names alone
    with pytest.raises(DatabaseError, match=r"no older backup|could not be made"):
        back_up(database, target)
    assert (target.read_bytes() if target.is_file() else None) == before
    assert sorted(os.listdir(tmp_path)) == names  # noqa: PTH208


OWN_PATHS: dict[str, Callable[[Path], Path]] = {
    "same": lambda database: database,
    "dotted": lambda database: database.parent / "." / ".." / database.parent.name / database.name,
    "link": lambda database: linked(database, Path.symlink_to),
    "hard link": lambda database: linked(database, Path.hardlink_to),
    "capitals": lambda database: database.with_name("BOT.db"),
    **{
        suffix: lambda database, suffix=suffix: database.with_name(database.name + suffix)  # type: ignore[misc]
        for suffix in ("-wal", "-shm", "-journal", ".lock", ".pulse")
    },
}


def linked(database: Path, link: Callable[[Path, Path], None]) -> Path:
    other = database.with_name("other.db")
    link(other, database)
    return other


@pytest.mark.parametrize("kind", OWN_PATHS)
@pytest.mark.parametrize("through_link", [False, True], ids=["", "path is a link"])
async def test_row_57_the_database_is_not_its_own_backup(tmp_path: Path, kind: str, *, through_link: bool) -> None:
    """However the path is spelt, a backup never replaces the database or a file beside it."""
    database = await database_at(tmp_path / "bot.db")
    target = OWN_PATHS[kind](database)
    configured = database
    if through_link:
        (tmp_path / "elsewhere").mkdir()
        configured = tmp_path / "elsewhere" / "data.db"
        configured.symlink_to(database)
    before = database.read_bytes()
    with pytest.raises(DatabaseError, match="the database itself"):
        back_up(configured, target)
    assert database.read_bytes() == before


async def test_row_57_older_backups_are_replaced_and_no_others(tmp_path: Path) -> None:
    """An older backup is replaced, also through a link; one of another bot, or a newer one, is left alone."""
    database, target = await database_at(tmp_path / "bot.db"), tmp_path / "copy.db"
    link = tmp_path / "link.db"
    link.symlink_to(target)
    assert back_up(database, link) == back_up(database, target) == back_up(database, link)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    another = await database_at(tmp_path / "another.db")
    with pytest.raises(DatabaseError, match="no older backup"):
        back_up(another, target)
    run_sql(target, "INSERT INTO sqlite_sequence VALUES ('inbox', 7)")
    with pytest.raises(DatabaseError, match="no older backup"):
        back_up(database, target)
    assert not [name for name in os.listdir(tmp_path) if name.endswith(".partial")]  # noqa: PTH208


def test_row_57_the_command_says_why(
    bot: BotUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m bot backup .env` ends with 1 and a sentence, and `.env` stays."""
    monkeypatch.chdir(tmp_path)
    for name, value in bot.sandbox.bot_environment(bot.database).items():
        monkeypatch.setenv(name, value)
    run_sql(bot.database, "CREATE TABLE x (y)")
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO")
    assert main(["backup", ".env"]) == 1
    assert "no older backup of this bot, so it was left alone" in capsys.readouterr().err
    assert (tmp_path / ".env").read_text() == "LOG_LEVEL=INFO"
