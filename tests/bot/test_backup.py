"""`python -m bot backup FILE`: a consistent copy while the bot runs."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from storage import DatabaseError, State, Store
from storage.backup import back_up

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot_under_test import BotUnderTest


async def test_copy_while_the_bot_runs(bot: BotUnderTest, coffee: bytes, tmp_path: Path) -> None:
    """The copy is whole, holds what was committed, is one file, and is its owner's only."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    copy = tmp_path / "copy.db"
    copy.write_text("an older copy")
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
