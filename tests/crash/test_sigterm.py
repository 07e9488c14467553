"""Row 17: at SIGTERM the bot exits with code 0, soon enough for Docker, whatever it is doing; nothing is lost."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import CloseAfter, CloseBefore, Hang, RespondWith
from tests.crash.kill_sequences import MAX_REQUESTS, noting_kill
from tests.crash.killer import Shot, is_method

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.http.faults import Fault
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.crash_sandbox import CrashSandbox

POST, GET, LOGS = "POST /v2/video/generations", "GET /v2/video/generations", "GET /v2/logs"
GRACE = float(os.environ.get("SIGTERM_GRACE", "25"))
"""Seconds: Docker kills after ten, and `make crash` allows eight.

A busy machine may need longer; but a bot that waited for an answer that does not come would take thirty.
"""


async def test_row_17_while_it_waits_for_an_answer_that_does_not_come(new_sandbox: NewCrashSandbox) -> None:
    """The bot is told to stop while Telegram or the service is silent: it stops, and goes on after the next start."""
    async with asyncio.TaskGroup() as group:
        for method in ("getFile", "file", "sendMessage", POST, GET, "editMessageMedia"):
            group.create_task(_silent(new_sandbox(), method))


async def test_row_17_while_it_greets_telegram(new_sandbox: NewCrashSandbox) -> None:
    """A bot that is told to stop before Telegram has answered its first question stops all the same."""
    async with new_sandbox() as sandbox:
        sandbox.telegram.faults.add("getMe", Hang())
        await sandbox.start(Shot(1, "before", is_method("getMe")), by_term=True)
        await sandbox.wait_for_shot()
        assert await sandbox.bot.wait_ended(GRACE) == 0
        sandbox.request_one_photo()
        await sandbox.recover()


async def test_row_17_while_telegram_is_out_of_reach(new_sandbox: NewCrashSandbox) -> None:
    """A bot that is told to stop while it waits to greet Telegram again stops at once."""
    async with new_sandbox() as sandbox:
        sandbox.telegram.faults.add("getMe", RespondWith(502), times=2)
        await sandbox.start(Shot(2, "answered", is_method("getMe")), by_term=True)
        await sandbox.wait_for_shot()
        assert await sandbox.bot.wait_ended(GRACE) == 0
        sandbox.request_one_photo()
        await sandbox.recover()


async def test_row_17_in_each_state_in_which_a_job_waits(new_sandbox: NewCrashSandbox) -> None:
    """The bot is told to stop while a job waits for the service, for its record, or for its person."""
    busy = RespondWith(429, json={"message": "Too Many Requests", "statusCode": 429})
    states: dict[str, dict[str, Fault]] = {
        "queued": {POST: busy},
        "generating": {GET: RespondWith(503)},
        "in_doubt": {POST: CloseAfter(), LOGS: RespondWith(503)},
        "needs_decision": {POST: CloseBefore()},
        "ready": {"editMessageMedia": RespondWith(502)},
    }
    async with asyncio.TaskGroup() as group:
        for state, troubles in states.items():
            group.create_task(_waiting(new_sandbox(), state, troubles))


@pytest.mark.matrix
async def test_row_17_at_every_request_of_a_job(new_sandbox: NewCrashSandbox) -> None:
    """As above, told to stop at each request in turn."""
    async with new_sandbox() as sandbox:
        await sandbox.start()
        for number in range(1, MAX_REQUESTS):
            sandbox.arm(Shot(number, "before"), by_term=True)
            sandbox.request_one_photo()
            with noting_kill(sandbox, f"request {number}, told to stop"):
                if await sandbox.wait_idle(ended=0):
                    return
                await sandbox.recover()
    raise AssertionError("no run ended unharmed")


async def _silent(sandbox: CrashSandbox, method: str) -> None:
    async with sandbox:
        sandbox.telegram.faults.add(method, Hang())
        sandbox.aiml.faults.add(method, Hang())
        sandbox.request_one_photo()
        await sandbox.start(Shot(1, "before", is_method(method)), by_term=True)
        with noting_kill(sandbox, f"{method}, told to stop"):
            await sandbox.wait_for_shot()
            assert await sandbox.bot.wait_ended(GRACE) == 0
            sandbox.telegram.faults.clear()
            sandbox.aiml.faults.clear()
            await sandbox.recover()


async def _waiting(sandbox: CrashSandbox, state: str, troubles: Mapping[str, Fault]) -> None:
    async with sandbox:
        for method, answer in troubles.items():
            sandbox.telegram.faults.add(method, answer)
            sandbox.aiml.faults.add(method, answer)
        sandbox.request_one_photo()
        await sandbox.start()
        with noting_kill(sandbox, f"{state}, told to stop"):
            assert await sandbox.until(lambda rows: [job.state for job in rows.jobs] == [state])
            await sandbox.terminate()
            await sandbox.recover()
