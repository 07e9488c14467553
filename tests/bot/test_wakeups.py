"""How loops wake each other."""

from __future__ import annotations

import asyncio

import pytest

from bot.wakeups import Wakeup, Wakeups

CEILING_S = 60


async def test_a_wakeup_that_was_set_early_is_not_lost() -> None:
    """A wakeup that is set while its loop is busy ends the next sleep at once, and only that one."""
    wakeup = Wakeup()
    wakeup.set()
    wakeup.set()
    async with asyncio.timeout(CEILING_S):
        await wakeup.wait(None)
    sleeping = asyncio.ensure_future(wakeup.wait(None))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not sleeping.done()
    sleeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeping


async def test_rows_wake_all_loops_but_the_clocked_ones() -> None:
    """After rows were written every loop that works on rows is woken; when the time moves, all are."""
    wakeups = Wakeups()
    wakeups.notify()
    sleeping = asyncio.ensure_future(wakeups.cleanup.wait(None))
    async with asyncio.timeout(CEILING_S):
        await wakeups.dispatcher.wait(None)
        await wakeups.admin_notices.wait(None)
        assert not sleeping.done()
        wakeups.notify_all()
        await sleeping
