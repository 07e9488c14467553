"""Row 19: the disk is full, the file read-only, locked or corrupt.

Nothing is confirmed to Telegram that is not stored, the process says why it ends, and when that is mended the
next one goes on.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.crash.bot_process import COMMAND
from tests.crash.evidence import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.crash.crash_sandbox import World
    from tests.soak.conftest import NewWorld

ROOM = 400 * 1024
"""Bytes: enough for a new database and its log, and not for a hundred long letters."""
# Python ignores SIGXFSZ by itself: a write beyond the limit is an error.
NO_ROOM = (
    "-c",
    f"""
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))
sys.argv = ["bot"]
runpy.run_module("bot", run_name="__main__")
""",
)
# File permissions do not bind root: it gives up CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (prctl PR_CAPBSET_DROP).
AS_MORTAL = (
    "-c",
    """
import ctypes, os, sys
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot"])
""",
)


def letters(world: World) -> None:
    """Somebody writes a hundred letters as long as they may be, and asks for a video at the end."""
    chat = world.somebody()
    for _ in range(100):
        world.people.note(Asked(chat, (chat.send_text("please " * 585),), video=False))
    world.one_photo(chat)


@contextmanager
def locked(database: Path) -> Iterator[sqlite3.Connection]:
    """Another program writes to the file all the time."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def gives_up(world: World, sentence: str, command: Sequence[str] | None = None) -> None:
    """Wait for the end of the bot, started with `command` where it is given: an exit code, a sentence, no traceback."""
    said = len(world.bot.said)
    if command is not None:
        await world.bot.start(command)
    assert await world.bot.ended() == 1, world.bot.said[said:]
    last = world.bot.said[said:].strip().splitlines()[-1]
    assert "CRITICAL" in last, world.bot.said[said:]
    assert sentence in last


async def goes_on(world: World, unconfirmed: int) -> None:
    """What people sent waits at Telegram; the next bot answers it all, and makes each video once."""
    assert len(world.telegram.updates) == unconfirmed
    await world.recover()


# ---------------------------------------------------------------- full
async def test_row_19_no_room_for_what_people_write(new_world: NewWorld) -> None:
    """When the file can't grow the bot ends and says so; people's messages stay at Telegram until there is room."""
    async with new_world() as world:
        world.command = NO_ROOM
        await world.begin()
        letters(world)
        await gives_up(world, "disk")
        world.command = COMMAND
        await goes_on(world, unconfirmed=101)


async def test_row_19_a_full_disk(new_world: NewWorld, small_disk: Path) -> None:
    """The same on a disk that is full: the bot says so and ends, and goes on when the disk has room."""
    async with new_world(folder=small_disk) as world:
        await world.begin()
        (small_disk / "other.bin").write_bytes(bytes(_free(small_disk) - 128 * 1024))
        letters(world)
        await gives_up(world, "disk is full")
        await asyncio.to_thread(_mount, small_disk, "remount,size=64m")
        await goes_on(world, unconfirmed=101)
        await world.end()


# ---------------------------------------------------------------- read-only
async def test_row_19_a_read_only_file(new_world: NewWorld) -> None:
    """A file that may not be written is named at start; when it may, the bot handles what waited."""
    async with new_world() as world:
        await world.begin()
        await world.end()
        world.one_photo()
        world.database.chmod(0o444)
        await gives_up(world, f"The database {world.database} cannot be opened", AS_MORTAL)
        world.database.chmod(0o600)
        await goes_on(world, unconfirmed=1)


# ---------------------------------------------------------------- locked
async def test_row_19_locked_for_a_while(new_world: NewWorld) -> None:
    """Another program that holds the file for some seconds delays the answer, and that is all."""
    async with new_world() as world:
        await world.begin()
        with locked(world.database) as other:
            world.one_photo()
            await _read(world)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(world.telegram.wait(lambda telegram: not len(telegram.updates)), 1)
            other.execute("COMMIT")
        assert await world.settle()
        assert world.bot.starts == 1
        world.check()


async def test_row_19_locked_for_too_long(new_world: NewWorld) -> None:
    """A file that another program holds for over ten seconds ends the bot, at start or later; the photo is not lost."""

    async def later(world: World) -> None:
        async with world:
            await world.begin()
            with locked(world.database):
                world.one_photo()
                await gives_up(world, "database is locked")
            await goes_on(world, unconfirmed=1)

    async def at_start(world: World) -> None:
        async with world:
            await world.begin()
            await world.end()
            world.one_photo()
            with locked(world.database):
                await gives_up(world, f"The database {world.database} cannot be used", COMMAND)
            await goes_on(world, unconfirmed=1)

    async with asyncio.TaskGroup() as group:
        group.create_task(later(new_world()))
        group.create_task(at_start(new_world()))


# ---------------------------------------------------------------- corrupt
@pytest.mark.parametrize("whole", [True, False], ids=["no database", "half a database"])
async def test_row_19_a_corrupt_file(new_world: NewWorld, *, whole: bool) -> None:
    """A damaged file ends the bot at start, untouched; with the operator's copy back in its place the bot goes on."""
    async with new_world() as world:
        world.one_photo()
        await world.begin()
        await world.end()
        copy = world.database.read_bytes()
        damaged = b"not a database" * 1000 if whole else copy[: len(copy) // 2]
        world.database.write_bytes(damaged)
        world.one_photo()
        await gives_up(world, f"The database {world.database} cannot be used", COMMAND)
        assert world.database.read_bytes() == damaged
        world.database.write_bytes(copy)
        await goes_on(world, unconfirmed=1)


async def _read(world: World) -> None:
    """Wait until no long poll rests, and one update is with the bot that it has not confirmed."""
    async with asyncio.timeout(60):
        while world.killer.polls or len(world.telegram.updates) != 1:
            world.killer.news.clear()
            await world.killer.news.wait()


def _free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def _mount(folder: Path, options: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    subprocess.run(command, capture_output=True, check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; skipped where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        _mount(folder, "size=2m")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk may be mounted here: it takes root, and a container often forbids it")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
