"""Row 42: the bot is stopped or killed while the process of a photo hangs."""

from __future__ import annotations

import json
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.crash.killer import Shot, is_method
from tests.crash.test_sigterm import GRACE
from tests.photo_processes import is_running, photo_processes, until

if TYPE_CHECKING:
    from tests.crash.conftest import NewCrashSandbox


@pytest.mark.parametrize("by_term", [True, False], ids=["SIGTERM", "SIGKILL"])
async def test_row_42_the_bot_ends_while_a_photo_process_hangs(new_sandbox: NewCrashSandbox, *, by_term: bool) -> None:
    """A photo process that hangs does not delay the end of the bot, dies with it, and the photo is tried again."""
    async with new_sandbox() as sandbox:
        await sandbox.deliver_first_video()
        pid = json.loads(sandbox.database.with_name("bot.db.pulse").read_text("utf-8"))["pid"]
        (process,) = photo_processes(pid)
        process.suspend()
        try:
            sandbox.arm(Shot(1, "answered", is_method("file")), by_term=by_term)
            sandbox.request_one_photo()
            await sandbox.wait_for_shot()
            exit_code = await sandbox.bot.wait_ended(GRACE)
            assert exit_code == (0 if by_term else -signal.SIGKILL)
            await until(lambda: not is_running(process.pid), "the photo process outlives the bot")
        finally:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        await sandbox.recover()
