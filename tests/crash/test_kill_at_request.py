"""Row 1: SIGKILL at every request to any service, before it is read, when it is handled, when it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crash.crash_sandbox import CrashSandbox
from tests.crash.kill_sequences import (
    MAX_REQUESTS,
    in_each_phase,
    kill_at_each_request,
    kill_during_recovery,
    kill_during_start,
)
from tests.crash.killer import MOMENTS, Shot, is_method

if TYPE_CHECKING:
    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.kill_sequences import MakeRequest

POST = is_method("POST /v2/video/generations")
MIN_REQUESTS = 9
"""Requests that even the shortest job makes: an update and its confirmation, photo, status, submit, poll, video."""


async def test_row_1_every_request_of_a_one_photo_job(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed on the way of one photo, its person gets one video, paid once."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        victims = await kill_at_each_request(sandbox, CrashSandbox.request_one_photo, moment, range(1, MAX_REQUESTS))
        assert len(victims) >= MIN_REQUESTS, victims

    await in_each_phase(new_sandbox, work)


async def test_row_1_every_third_request_of_an_album(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed on the way of an album, its person gets one video, paid once."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        await kill_at_each_request(
            sandbox, CrashSandbox.request_album, moment, range(1 + MOMENTS.index(moment), MAX_REQUESTS, 3)
        )

    await in_each_phase(new_sandbox, work)


async def test_row_1_every_start_is_killed(new_sandbox: NewCrashSandbox) -> None:
    """One start after the other is killed a request later, while people go on asking: each gets one video."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        for number in range(1 + MOMENTS.index(moment) % 2, 13, 2):
            sandbox.request_one_photo()
            await sandbox.start(Shot(number, moment))
            await sandbox.wait_idle()
            assert not sandbox.bot.running, f"start {number} was not killed"
        await sandbox.recover()

    await in_each_phase(new_sandbox, work)


@pytest.mark.parametrize(
    "first",
    [
        Shot(1, "handled", is_method("getUpdates")),
        Shot(1, "handled", is_method("sendMessage")),
        Shot(1, "handled", POST),
        Shot(1, "handled", is_method("editMessageMedia")),
    ],
    ids=["getUpdates", "sendMessage", "POST", "editMessageMedia"],
)
async def test_row_1_killed_again_while_recovering(new_sandbox: NewCrashSandbox, first: Shot) -> None:
    """A bot that is killed, and killed again while it recovers, still charges once and shows one video."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        await kill_during_recovery(
            sandbox, CrashSandbox.request_one_photo, first, [Shot(8 + 2 * MOMENTS.index(moment), moment)]
        )

    await in_each_phase(new_sandbox, work)


async def test_row_1_a_submit_that_arrived_is_found_in_the_log(new_sandbox: NewCrashSandbox) -> None:
    """Killed when the service had taken the job: it is found there, and nobody is asked anything."""
    for moment in ("handled", "answered"):
        async with new_sandbox() as sandbox:
            await sandbox.start(Shot(1, moment, POST))
            asked = sandbox.request_one_photo()
            assert not await sandbox.wait_idle()
            await sandbox.recover()
            assert len(sandbox.aiml.submissions) == 1
            assert "adopted" in sandbox.bot.log_text
            assert not [seen for seen in asked.chat.history if "Try again" in str(seen)]


async def test_row_1_a_submit_that_did_not_arrive_waits_for_the_persons_word(new_sandbox: NewCrashSandbox) -> None:
    """Killed before the service had read the job: the person is asked, presses "Try again", and pays once."""
    async with new_sandbox() as sandbox:
        await sandbox.start(Shot(1, "before", POST))
        asked = sandbox.request_one_photo()
        assert not await sandbox.wait_idle()
        await sandbox.recover()
        (submission,) = sandbox.aiml.submissions
        assert (submission.client_request_id or "").endswith(".2"), "the second submit has an id of its own"
        assert [seen for seen in asked.chat.history if "Try again" in str(seen)]


# ---------------------------------------------------------------- all of it: make crash
@pytest.mark.matrix
async def test_row_1_every_request_of_an_album(new_sandbox: NewCrashSandbox) -> None:
    """As above, at every request of an album."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        victims = await kill_at_each_request(sandbox, CrashSandbox.request_album, moment, range(1, MAX_REQUESTS))
        assert len(victims) >= MIN_REQUESTS, victims

    await in_each_phase(new_sandbox, work)


@pytest.mark.matrix
@pytest.mark.parametrize("ask", [CrashSandbox.request_one_photo, CrashSandbox.request_album], ids=["photo", "album"])
async def test_row_1_every_request_from_the_start_on(new_sandbox: NewCrashSandbox, ask: MakeRequest) -> None:
    """As above, at every request of a bot that finds the photos waiting at its start."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        await kill_during_start(sandbox, ask, moment, range(1, MAX_REQUESTS))

    await in_each_phase(new_sandbox, work)


@pytest.mark.matrix
@pytest.mark.parametrize("number", range(1, 13))
async def test_row_1_every_request_of_a_recovery(new_sandbox: NewCrashSandbox, number: int) -> None:
    """As above, killed at this request of a job, and again at each request of the recovery."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        seconds = [Shot(second, moment) for second in range(1 + number % 2, 22, 2)]
        await kill_during_recovery(sandbox, CrashSandbox.request_one_photo, Shot(number, "handled"), seconds)

    await in_each_phase(new_sandbox, work)
