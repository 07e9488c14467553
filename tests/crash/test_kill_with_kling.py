"""Row 1 with Kling alone: wherever the bot is killed, it finds its task by the id that it gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crash.crash_sandbox import CrashSandbox
from tests.crash.kill_sequences import MAX_REQUESTS, in_each_phase, kill_at_each_request
from tests.crash.killer import MOMENTS, Shot, is_method

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewCrashSandbox

POST = is_method("POST /v1/videos/effects")


async def test_row_1_every_third_request_with_kling(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed on the way of an album to Kling, its person gets one video, paid once."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        await kill_at_each_request(
            sandbox, CrashSandbox.request_album, moment, range(1 + MOMENTS.index(moment), MAX_REQUESTS, 3)
        )
        assert sandbox.aiml.faults.request_count == 0

    await in_each_phase(lambda: new_sandbox(kling=True, AIML_API_KEY=""), work)


@pytest.mark.parametrize("moment", ["handled", "answered"])
async def test_row_1_a_task_that_kling_has_is_found_by_our_id(new_sandbox: NewCrashSandbox, moment: Phase) -> None:
    """Killed when Kling had taken the task: it is found there, and nobody is asked anything."""
    async with new_sandbox(kling=True, AIML_API_KEY="") as sandbox:
        await sandbox.start(Shot(1, moment, POST))
        asked = sandbox.request_album()
        assert not await sandbox.wait_idle()
        await sandbox.recover()
        assert "adopted" in sandbox.bot.log_text
        assert not [seen for seen in asked.chat.history if "Try again" in str(seen)]


async def test_row_1_a_submit_that_kling_has_not_read_waits_for_the_persons_word(new_sandbox: NewCrashSandbox) -> None:
    """Killed before Kling had read it: the person is asked, presses "Try again", and pays once."""
    async with new_sandbox(kling=True, AIML_API_KEY="") as sandbox:
        assert sandbox.kling is not None
        await sandbox.start(Shot(1, "before", POST))
        asked = sandbox.request_album()
        assert not await sandbox.wait_idle()
        await sandbox.recover()
        (submission,) = sandbox.kling.submissions
        assert (submission.client_request_id or "").endswith(".2"), "the second submit has an id of its own"
        assert [seen for seen in asked.chat.history if "Try again" in str(seen)]


@pytest.mark.matrix
async def test_row_1_every_request_with_kling(new_sandbox: NewCrashSandbox) -> None:
    """As above, at every request."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        victims = await kill_at_each_request(sandbox, CrashSandbox.request_album, moment, range(1, MAX_REQUESTS))
        assert "POST /v1/videos/effects" in victims

    await in_each_phase(lambda: new_sandbox(kling=True, AIML_API_KEY=""), work)
