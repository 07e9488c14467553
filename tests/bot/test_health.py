"""`python -m bot health`, which Docker asks twice a minute."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.health import health_problem, heartbeat_path

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).parents[2]


def ask(folder: Path, environment: Mapping[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """Run the check as Docker does."""
    command = [sys.executable, *options, "-m", "bot", "health"]
    env = {"PYTHONPATH": str(PROJECT), **environment}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)


def beat(database: Path) -> None:
    """Leave the heartbeat of a bot that is well."""
    heartbeat_path(database).write_text(json.dumps({"pid": 1, "loops": {"poll": time.monotonic()}, "steps": {}}))


def test_row_59_nothing_beyond_the_standard_library_is_imported(tmp_path: Path) -> None:
    """The check imports four small modules of the bot and otherwise only what comes with Python."""
    (tmp_path / ".env").write_text("DATABASE_PATH=x.db\n")
    asked = ask(tmp_path, {}, "-X", "importtime")
    names = set(re.findall(r"\|\s+([\w.]+)$", asked.stderr, re.MULTILINE))
    ours = {name for name in names if name.partition(".")[0] == "bot"}
    assert asked.stdout == "The bot is not running.\n"
    assert ours == {"bot", "bot.errors", "bot.env_file", "bot.health"}
    heavy = {"asyncio", "logging", "sqlite3", "telegram", "httpx", "pydantic", "dotenv", "aiosqlite", "PIL", "storage"}
    assert not names & heavy
    bare = ask(tmp_path, {}, "-S")  # without the folder of installed packages
    assert (bare.returncode, bare.stdout, bare.stderr) == (1, "The bot is not running.\n", "")


@pytest.mark.parametrize("where", ["environment", "file", "default"])
def test_row_59_the_same_words_and_codes(tmp_path: Path, where: str) -> None:
    """A bot that is well is found by the setting in the environment, in `.env` or by its default path."""
    database = tmp_path / "data" / ("bot.db" if where == "default" else "other.db")
    database.parent.mkdir()
    environment = {"DATABASE_PATH": "data/other.db"} if where == "environment" else {}
    if where == "file":
        (tmp_path / ".env").write_text("export database_path = 'data/other.db'  # here\n")
    assert ask(tmp_path, environment).returncode == 1
    beat(database)
    asked = ask(tmp_path, environment)
    assert (asked.returncode, asked.stdout) == (0, "The bot is well.\n")


def test_row_59_a_database_by_another_name(tmp_path: Path) -> None:
    """The heartbeat is found however the path of the database is spelt."""
    database = tmp_path / "bot.db"
    database.touch()
    link = tmp_path / "link.db"
    link.symlink_to(database)
    beat(link)
    assert health_problem(database, now=time.monotonic()) is None
    assert health_problem(tmp_path / "." / "link.db", now=time.monotonic()) is None


@pytest.mark.parametrize("part", ["loops", "steps"])
def test_row_37_a_file_from_before_the_machine_was_started(tmp_path: Path, part: str) -> None:
    """Health counts with a clock that nobody sets; a heartbeat that lies ahead of it is from before the last boot."""
    database = tmp_path / "bot.db"
    content = {"pid": 1, "loops": {}, "steps": {}} | {part: {"poll": time.monotonic() + 1000}}
    heartbeat_path(database).write_text(json.dumps(content))
    assert health_problem(database, now=time.monotonic()) == "The bot is not running."
