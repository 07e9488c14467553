"""Row 3: killed with many updates waiting and handlers that are slow."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sandbox.http.faults import FOREVER, Delay
from tests.crash.killer import Shot, is_

if TYPE_CHECKING:
    from tests.crash.conftest import NewWorld

SENDS = is_("sendMessage")


async def test_row_3_killed_with_200_updates_waiting(new_world: NewWorld) -> None:
    """200 messages are sent while the bot is killed again and again: all are answered, each video is made once."""
    async with new_world() as world:
        chats = [world.somebody() for _ in range(20)]
        for turn in range(10):
            for chat in chats:
                world.one_photo(chat) if turn == 4 else world.question(chat)
        gate = asyncio.Event()
        world.telegram.faults.add("sendMessage", Delay(gate), times=FOREVER)
        await world.start(Shot(8, "before", SENDS))
        assert not await world.settle(), "killed while eight handlers waited for Telegram"
        gate.set()
        for shot in (Shot(60, "handled", SENDS), Shot(100, "answered", SENDS)):
            await world.start(shot)
            assert not await world.settle()
        await world.start()
        rows = await world.settle(60) and world.rows()
        assert rows
        assert len(rows.inbox) == 200
        world.check()
