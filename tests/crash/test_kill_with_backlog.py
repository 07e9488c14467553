"""Row 3: the bot is killed while many updates wait and handlers are slow."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sandbox.http.faults import FOREVER, Delay
from tests.crash.killer import Shot, is_method

if TYPE_CHECKING:
    from tests.crash.conftest import NewCrashSandbox

SENDS = is_method("sendMessage")


async def test_row_3_killed_with_200_updates_waiting(new_sandbox: NewCrashSandbox) -> None:
    """200 messages are sent while the bot is killed again and again: all are answered, each video is made once."""
    async with new_sandbox() as sandbox:
        chats = [sandbox.new_chat() for _ in range(20)]
        for turn in range(10):
            for chat in chats:
                sandbox.request_one_photo(chat) if turn == 4 else sandbox.request_help(chat)
        gate = asyncio.Event()
        sandbox.telegram.faults.add("sendMessage", Delay(gate), times=FOREVER)
        await sandbox.start(Shot(8, "before", SENDS))
        assert not await sandbox.wait_idle(), "killed while eight handlers waited for Telegram"
        gate.set()
        for shot in (Shot(60, "handled", SENDS), Shot(100, "answered", SENDS)):
            await sandbox.start(shot)
            assert not await sandbox.wait_idle()
        await sandbox.start()
        rows = await sandbox.wait_idle(60) and sandbox.rows()
        assert rows
        assert len(rows.inbox) == 200 + len(sandbox.people.presses)  # a person who is asked about a lost submit presses
        sandbox.check()
