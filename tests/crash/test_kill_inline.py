"""Row 1 for inline and guest mode: SIGKILL at requests, before they are read, when handled, when answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.crash.inline_crash_sandbox import InlineCrashSandbox
from tests.crash.kill_sequences import MAX_REQUESTS, kill_at_each_request
from tests.crash.killer import MOMENTS, Shot, is_method

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sandbox.http.faults import Phase

MIN_REQUESTS = 9
"""Requests that even the shortest job makes: queries and their answers, photo, status, submit, poll, video."""


async def chain(
    folder: Path, clip: bytes, ask: Callable[[InlineCrashSandbox], object], step: int = 1, *, feedback: bool = True
) -> None:
    """Kill at each `step`-th request of what `ask` begins, each phase in a sandbox of its own."""

    async def one(moment: Phase) -> None:
        async with InlineCrashSandbox(folder / moment, clip, feedback=feedback) as sandbox:
            numbers = range(1 + MOMENTS.index(moment) % step, MAX_REQUESTS, step)
            victims = await kill_at_each_request(sandbox, lambda _: ask(sandbox), moment, numbers)
            assert len(victims) >= MIN_REQUESTS // step, victims

    async with asyncio.TaskGroup() as group:
        for moment in MOMENTS:
            group.create_task(one(moment))


async def test_row_1_every_third_request_of_an_inline_choice(tmp_path: Path, clip: bytes) -> None:
    """Wherever the bot is killed between a query and its video, the message becomes one video, paid once."""
    await chain(tmp_path, clip, InlineCrashSandbox.request_inline, 3)


async def test_row_1_every_third_request_of_a_guest_message(tmp_path: Path, clip: bytes) -> None:
    """Wherever the bot is killed between a call and its video, the answer becomes one video, paid once."""
    await chain(tmp_path, clip, InlineCrashSandbox.request_as_guest, 3)


@pytest.mark.parametrize("moment", ["handled", "answered"])
async def test_row_1_the_answer_to_a_guest_message(tmp_path: Path, clip: bytes, moment: Phase) -> None:
    """Killed with the answer just given, the bot learns from Start which message it was."""
    async with InlineCrashSandbox(tmp_path, clip) as sandbox:
        await sandbox.start_idle()
        sandbox.arm(Shot(1, moment, is_method("answerGuestQuery")))
        sandbox.request_as_guest()
        assert not await sandbox.wait_idle()
        await sandbox.recover()
        assert sandbox.presses


# ---------------------------------------------------------------- all of it: make crash
@pytest.mark.matrix
@pytest.mark.parametrize("feedback", [True, False], ids=["feedback", "no feedback"])
async def test_row_1_every_request_of_an_inline_choice(tmp_path: Path, clip: bytes, *, feedback: bool) -> None:
    """As above, at every request, with inline feedback on and off."""
    await chain(tmp_path, clip, InlineCrashSandbox.request_inline, feedback=feedback)


@pytest.mark.matrix
async def test_row_1_every_request_of_a_guest_message(tmp_path: Path, clip: bytes) -> None:
    """As above, at every request of a guest message."""
    await chain(tmp_path, clip, InlineCrashSandbox.request_as_guest)
