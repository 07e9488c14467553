"""The bot calls out; nobody can call in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil

from tests.assertions import says
from tests.crash.bot_process import BotProcess

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot_under_test import BotUnderTest


async def test_no_port_is_open(bot: BotUnderTest, tmp_path: Path) -> None:
    """While the bot works it listens on no port: a stranger has nothing to knock at."""
    process = BotProcess(bot.sandbox.bot_environment(tmp_path / "bot.db"), tmp_path)
    before = set(psutil.Process().children())
    await process.start()
    (ours,) = set(psutil.Process().children()) - before
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("I turn one or two photos"))
    assert [one for one in ours.net_connections() if one.status == psutil.CONN_LISTEN] == []
    process.terminate()
    assert await process.wait_ended() == 0
