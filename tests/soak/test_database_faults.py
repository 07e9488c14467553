"""Row 19: the disk is full, the file read-only, locked or corrupt.

No update is confirmed to Telegram before it is stored. The process says why it ends, and once the fault is repaired the
next process continues.
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
from tests.crash.evidence import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.crash.crash_sandbox import CrashSandbox
    from tests.soak.conftest import NewCrashSandbox

FILE_SIZE_LIMIT = 400 * 1024
"""Bytes: enough for a new database and its log, and not for a hundred long letters."""
# Python ignores SIGXFSZ by itself: a write beyond the limit is an error.
WITH_FILE_SIZE_LIMIT = (
    "-c",
    f"""
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({FILE_SIZE_LIMIT}, {FILE_SIZE_LIMIT}))
sys.argv = ["bot"]
runpy.run_module("bot", run_name="__main__")
""",
)
# File permissions do not bind root: it gives up CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (prctl PR_CAPBSET_DROP).
WITHOUT_CAPABILITIES = (
    "-c",
    """
import ctypes, os, sys
for capability in (1, 2):
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot"])
""",
)


def send_long_messages(sandbox: CrashSandbox) -> None:
    """Send a hundred messages of the greatest length, and ask for a video at the end."""
    chat = sandbox.new_chat()
    for _ in range(100):
        sandbox.people.record(Request(chat, (chat.send_text("please " * 585),), video=False))
    sandbox.request_one_photo(chat)


@contextmanager
def locked(database: Path) -> Iterator[sqlite3.Connection]:
    """Hold the file's write lock, as another program might."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def ends_with_sentence(sandbox: CrashSandbox, sentence: str, command: Sequence[str] | None = None) -> None:
    """Wait until the bot, started by `command` if given, ends with code 1 and this sentence, without a traceback."""
    said = len(sandbox.bot.log_text)
    if command is not None:
        await sandbox.bot.start(command)
    assert await sandbox.bot.wait_ended() == 1, sandbox.bot.log_text[said:]
    last = sandbox.bot.log_text[said:].strip().splitlines()[-1]
    assert "CRITICAL" in last, sandbox.bot.log_text[said:]
    assert sentence in last


async def recovers(sandbox: CrashSandbox, unconfirmed: int) -> None:
    """Check that the updates wait at Telegram, and that the next process handles them all once."""
    assert len(sandbox.telegram.updates) == unconfirmed
    await sandbox.recover()


# ---------------------------------------------------------------- full
async def test_row_19_no_room_for_what_people_write(new_sandbox: NewCrashSandbox) -> None:
    """When the file can't grow the bot ends and says so; people's messages stay at Telegram until there is room."""
    async with new_sandbox() as sandbox:
        sandbox.command = WITH_FILE_SIZE_LIMIT
        await sandbox.start_idle()
        send_long_messages(sandbox)
        await ends_with_sentence(sandbox, "disk")
        sandbox.command = COMMAND
        await recovers(sandbox, unconfirmed=101)


async def test_row_19_a_full_disk(new_sandbox: NewCrashSandbox, small_disk: Path) -> None:
    """The same on a disk that is full: the bot says so and ends, and goes on when the disk has room."""
    async with new_sandbox(folder=small_disk) as sandbox:
        await sandbox.start_idle()
        (small_disk / "other.bin").write_bytes(bytes(_free(small_disk) - 128 * 1024))
        send_long_messages(sandbox)
        await ends_with_sentence(sandbox, "disk is full")
        await asyncio.to_thread(_mount, small_disk, "remount,size=64m")
        await recovers(sandbox, unconfirmed=101)
        await sandbox.terminate()


# ---------------------------------------------------------------- read-only
async def test_row_19_a_read_only_file(new_sandbox: NewCrashSandbox) -> None:
    """A file that may not be written is named at start; when it may, the bot handles what waited."""
    async with new_sandbox() as sandbox:
        await sandbox.start_idle()
        await sandbox.terminate()
        sandbox.request_one_photo()
        sandbox.database.chmod(0o444)
        await ends_with_sentence(sandbox, f"The database {sandbox.database} cannot be opened", WITHOUT_CAPABILITIES)
        sandbox.database.chmod(0o600)
        await recovers(sandbox, unconfirmed=1)


# ---------------------------------------------------------------- locked
async def test_row_19_locked_for_a_while(new_sandbox: NewCrashSandbox) -> None:
    """Another program that holds the file for some seconds delays the answer, and that is all."""
    async with new_sandbox() as sandbox:
        await sandbox.start_idle()
        with locked(sandbox.database) as other:
            sandbox.request_one_photo()
            await _read(sandbox)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(sandbox.telegram.wait(lambda telegram: not len(telegram.updates)), 1)
            other.execute("COMMIT")
        assert await sandbox.wait_idle()
        assert sandbox.bot.starts == 1
        sandbox.check()


async def test_row_19_locked_for_too_long(new_sandbox: NewCrashSandbox) -> None:
    """A file that another program holds for over ten seconds ends the bot, at start or later; the photo is not lost."""

    async def later(sandbox: CrashSandbox) -> None:
        async with sandbox:
            await sandbox.start_idle()
            with locked(sandbox.database):
                sandbox.request_one_photo()
                await ends_with_sentence(sandbox, "database is locked")
            await recovers(sandbox, unconfirmed=1)

    async def at_start(sandbox: CrashSandbox) -> None:
        async with sandbox:
            await sandbox.start_idle()
            await sandbox.terminate()
            sandbox.request_one_photo()
            with locked(sandbox.database):
                await ends_with_sentence(sandbox, f"The database {sandbox.database} cannot be used", COMMAND)
            await recovers(sandbox, unconfirmed=1)

    async with asyncio.TaskGroup() as group:
        group.create_task(later(new_sandbox()))
        group.create_task(at_start(new_sandbox()))


# ---------------------------------------------------------------- corrupt
@pytest.mark.parametrize("whole", [True, False], ids=["no database", "half a database"])
async def test_row_19_a_corrupt_file(new_sandbox: NewCrashSandbox, *, whole: bool) -> None:
    """A damaged file ends the bot at start, untouched; with the operator's copy back in its place the bot goes on."""
    async with new_sandbox() as sandbox:
        sandbox.request_one_photo()
        await sandbox.start_idle()
        await sandbox.terminate()
        copy = sandbox.database.read_bytes()
        damaged = b"not a database" * 1000 if whole else copy[: len(copy) // 2]
        sandbox.database.write_bytes(damaged)
        sandbox.request_one_photo()
        await ends_with_sentence(sandbox, f"The database {sandbox.database} cannot be used", COMMAND)
        assert sandbox.database.read_bytes() == damaged
        sandbox.database.write_bytes(copy)
        await recovers(sandbox, unconfirmed=1)


async def _read(sandbox: CrashSandbox) -> None:
    """Wait until the bot has received one update that it has not confirmed."""
    async with asyncio.timeout(60):
        while sandbox.killer.polls or len(sandbox.telegram.updates) != 1:
            sandbox.killer.changed.clear()
            await sandbox.killer.changed.wait()


def _free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def _mount(folder: Path, options: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    subprocess.run(command, capture_output=True, check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of two megabytes; skip the test if that is not allowed."""
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
