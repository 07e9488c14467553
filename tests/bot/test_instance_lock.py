"""One bot for one database, whatever the database is called."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import AlreadyRunning
from bot.instance_lock import single_instance

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a second name of the same file is found on Linux only")


def linked(database: Path, link: Callable[[Path, Path], None]) -> Path:
    other = database.parent / "elsewhere" / "other.db"
    other.parent.mkdir()
    link(other, database)
    return other


def in_linked_folder(database: Path) -> Path:
    folder = database.parent.parent / "folder"
    folder.symlink_to(database.parent)
    return folder / database.name


NAMES: dict[str, Callable[[Path], Path]] = {
    "same": lambda database: database,
    "dots": lambda database: database.parent / ".." / database.parent.name / "." / database.name,
    "relative": lambda database: Path(os.path.relpath(database)),
    "link": lambda database: linked(database, Path.symlink_to),
    "linked folder": in_linked_folder,
    "hard link": lambda database: linked(database, Path.hardlink_to),
}


@LINUX
@pytest.mark.parametrize("name", NAMES)
def test_row_58_no_second_bot_by_another_name(tmp_path: Path, name: str) -> None:
    """A bot that is started on the same database under another name is refused, in either order."""
    database = tmp_path / "data" / "bot.db"
    database.parent.mkdir()
    database.touch()
    other = NAMES[name](database)
    for first, second in ((database, other), (other, database)):
        with (
            single_instance(first),
            pytest.raises(AlreadyRunning, match="Another bot is running on"),
            single_instance(second),
        ):
            pass
    with single_instance(other):
        pass


def test_row_58_a_link_before_there_is_a_database(tmp_path: Path) -> None:
    """A link to a database that does not exist yet is the same as that database."""
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "data" / "bot.db")
    with single_instance(link), pytest.raises(AlreadyRunning), single_instance(tmp_path / "data" / "bot.db"):
        pass


def test_row_58_another_process_is_refused(tmp_path: Path) -> None:
    """Another process can't take the lock through a link while this one has it."""
    database, link = tmp_path / "bot.db", tmp_path / "link.db"
    link.symlink_to(database)
    code = f"from pathlib import Path; from bot.instance_lock import *\nwith single_instance(Path({str(link)!r})): pass"
    with single_instance(database):
        ran = subprocess.run(
            [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
        )
    assert "AlreadyRunning: Another bot is running on" in ran.stderr
