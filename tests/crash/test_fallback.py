"""A job that moves to the other video service is paid once at both together, wherever the bot is killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.crash.crash_sandbox import CrashSandbox
from tests.crash.kill_sequences import MAX_REQUESTS, in_each_phase, kill_at_each_request
from tests.crash.killer import MOMENTS, Shot, is_method

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.evidence import Request

AIML, KLING = "POST /v2/video/generations", "POST /v1/videos/effects"
MIN_REQUESTS = 10
"""Requests that such a job makes at least: as any, and one submit more."""


async def _killed_at_every(step: int, new_sandbox: NewCrashSandbox) -> set[str]:
    """Kill at every `step`-th request, in each phase from another one on; return the names of the requests."""
    shot_at: set[str] = set()

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        sandbox.aiml.balance_usd = 0
        numbers = range(1 + MOMENTS.index(moment) % step, MAX_REQUESTS, step)
        victims = await kill_at_each_request(sandbox, CrashSandbox.request_album, moment, numbers)
        assert len(victims) >= MIN_REQUESTS // step, victims
        shot_at.update(victims)
        assert sandbox.aiml.ledger == []

    await in_each_phase(lambda: new_sandbox(kling=True), work)
    return shot_at


async def test_killed_at_every_fourth_request_of_a_fallback(new_sandbox: NewCrashSandbox) -> None:
    """A sample of what `make crash` tries: wherever the bot is killed on that way, the job is paid once."""
    assert await _killed_at_every(4, new_sandbox)


@pytest.mark.matrix
async def test_killed_at_every_request_of_a_fallback(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed while the empty account's job moves to the other, it is paid once, and there."""
    assert await _killed_at_every(1, new_sandbox)


async def _killed(sandbox: CrashSandbox, shot: Shot) -> Request:
    """Request a job that the first service refuses, kill the bot by `shot`, and start it again."""
    sandbox.aiml.balance_usd = 0
    await sandbox.start(shot)
    asked = sandbox.request_album()
    assert not await sandbox.wait_idle()
    await sandbox.recover()
    return asked


async def test_killed_when_the_first_one_said_no(new_sandbox: NewCrashSandbox) -> None:
    """Killed before it was noted that the service said no: the service's record says so, and the job still moves."""
    async with new_sandbox(kling=True) as sandbox:
        await _killed(sandbox, Shot(1, "answered", is_method(AIML)))
        assert (len(sandbox.aiml.ledger), len(sandbox.kling.ledger if sandbox.kling else ())) == (0, 1)


@pytest.mark.parametrize("moment", ["handled", "answered"])
async def test_killed_when_the_second_one_had_it(new_sandbox: NewCrashSandbox, moment: Phase) -> None:
    """Killed when the other service had taken the job: it is found there by our id, and nobody is asked anything."""
    async with new_sandbox(kling=True) as sandbox:
        asked = await _killed(sandbox, Shot(1, moment, is_method(KLING)))
        assert "adopted" in sandbox.bot.log_text
        assert not [seen for seen in asked.chat.history if "Try again" in str(seen)]


async def test_killed_before_the_second_one_had_it(new_sandbox: NewCrashSandbox) -> None:
    """Killed before the other service had read it: the person's word sends it there again, not to the first one."""
    async with new_sandbox(kling=True) as sandbox:
        await _killed(sandbox, Shot(1, "before", is_method(KLING)))
        (job,) = sandbox.rows().jobs
        assert job.state == State.DELIVERED
        assert (len(sandbox.aiml.submissions), len(sandbox.kling.submissions if sandbox.kling else ())) == (1, 1)
