"""Row 1 for jobs that are cancelled, fail, are in doubt, or begin with a pressed button."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.crash import user_requests
from tests.crash.kill_sequences import MAX_REQUESTS, in_each_phase, kill_at_each_request, kill_during_recovery
from tests.crash.killer import MOMENTS, Shot, is_method
from tests.crash.people import CANCEL, CONFIRM_QUESTION
from tests.crash.user_requests import POST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewCrashSandbox
    from tests.crash.crash_sandbox import CrashSandbox
    from tests.crash.kill_sequences import MakeRequest

ANSWER = is_method("answerCallbackQuery")
POLL = is_method("GET /v2/video/generations")
CANCELS = [user_requests.cancels_in_the_queue, user_requests.cancels_at_the_service, user_requests.cancels_in_doubt]
IN_DOUBT = [user_requests.answer_lost, user_requests.never_arrived]
FIRST_AFTER_SUBMIT = 6
MIN_REQUESTS = 8
"""Requests that each of these makes: an update and its confirmation, photo, status, submit, press, answer, status."""


async def test_row_1_a_press_of_cancel(new_sandbox: NewCrashSandbox) -> None:
    """Killed while it answers a Cancel, and again: the job is cancelled, and what people read about it is true."""

    async def work(sandbox: CrashSandbox, moment: Phase, ask: MakeRequest) -> None:
        await kill_during_recovery(sandbox, ask, Shot(1, moment, ANSWER), [Shot(7, moment)])

    async with asyncio.TaskGroup() as group:
        for ask in CANCELS[:2]:
            group.create_task(in_each_phase(partial(new_sandbox, seconds=None), partial(work, ask=ask)))


async def test_row_1_a_video_that_was_cancelled_before_it_was_made(new_sandbox: NewCrashSandbox) -> None:
    """Killed while it asks for a video that nobody wants any more: the next bot keeps it back too, and says so."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        shot = Shot(1, moment, POLL, after="answerCallbackQuery")
        await kill_during_recovery(sandbox, user_requests.cancels_at_the_service, shot, [Shot(MAX_REQUESTS, moment)])

    await in_each_phase(partial(new_sandbox, seconds=None), work)


async def test_row_1_a_cancel_that_is_handled_twice_is_answered_as_before(new_sandbox: NewCrashSandbox) -> None:
    """Whoever pressed Cancel in time is not told that it was too late, though the bot died before it answered."""
    async with new_sandbox(seconds=None) as sandbox:
        await kill_during_recovery(
            sandbox, user_requests.cancels_in_the_queue, Shot(1, "before", ANSWER), [Shot(MAX_REQUESTS, "before")]
        )
        answers = [sandbox.telegram.callback_answers[press.query_id].text for press in sandbox.people.presses]
        assert [press.button for press in sandbox.people.presses] == [CANCEL]
        assert answers == ["Cancelled. Nothing was charged."]


async def test_row_1_a_failed_job_gives_its_place_of_the_day_back_once(new_sandbox: NewCrashSandbox) -> None:
    """Of one video a day the first fails: killed on the way or not, the next one is made, and the one after is not."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        place = MOMENTS.index(moment)
        await kill_at_each_request(
            sandbox, user_requests.fails_and_asks_again, moment, (6 + place, 10 + place, MAX_REQUESTS)
        )

    await in_each_phase(partial(new_sandbox, seconds=None, USER_DAILY_LIMIT="1"), work)


async def test_row_1_killed_while_it_finds_out(new_sandbox: NewCrashSandbox) -> None:
    """Killed once after a submit whose answer was lost: what the service took is found, else its person is asked."""
    async with asyncio.TaskGroup() as group:
        for ask in IN_DOUBT:
            group.create_task(in_each_phase(new_sandbox, partial(_in_doubt, ask=ask, numbers=(2, MAX_REQUESTS))))


async def test_row_1_a_press_of_again(new_sandbox: NewCrashSandbox) -> None:
    """Killed while it answers an Again: the press makes one more video, paid once."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        await sandbox.deliver_first_video()
        await kill_during_recovery(
            sandbox, user_requests.once_more, Shot(1, moment, ANSWER), [Shot(MAX_REQUESTS, moment)]
        )

    await in_each_phase(partial(new_sandbox, USER_DAILY_LIMIT="1000", DAILY_LIMIT="1000"), work)


# ---------------------------------------------------------------- all of it: make crash
@pytest.mark.matrix
@pytest.mark.parametrize("ask", CANCELS, ids=lambda ask: ask.__name__)
async def test_row_1_every_request_of_a_cancelled_job(new_sandbox: NewCrashSandbox, ask: MakeRequest) -> None:
    """Wherever the bot is killed, the job ends: free in the queue, charged once and its video kept at the service."""
    # A job in doubt that never arrived is looked for a whole day once its person does not want it: here it has arrived.
    first = FIRST_AFTER_SUBMIT if ask is user_requests.cancels_in_doubt else 1
    await in_each_phase(partial(new_sandbox, seconds=None), partial(_each, ask=ask, first=first))


@pytest.mark.matrix
async def test_row_1_every_request_of_a_failed_job_and_the_next(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed, the failure gives the place of the day back once, and is told of once."""
    await in_each_phase(
        partial(new_sandbox, seconds=None, USER_DAILY_LIMIT="1"), partial(_each, ask=user_requests.fails_and_asks_again)
    )


@pytest.mark.matrix
@pytest.mark.parametrize("ask", IN_DOUBT, ids=lambda ask: ask.__name__)
async def test_row_1_every_request_after_a_submit_in_doubt(new_sandbox: NewCrashSandbox, ask: MakeRequest) -> None:
    """Wherever the bot is killed while it finds out, the person gets one video, paid once."""
    await in_each_phase(new_sandbox, partial(_in_doubt, ask=ask, numbers=range(1, MAX_REQUESTS)))


@pytest.mark.matrix
async def test_row_1_every_request_of_a_video_asked_for_by_a_press(new_sandbox: NewCrashSandbox) -> None:
    """Wherever the bot is killed after a press of Again, it makes one more video, paid once."""

    async def work(sandbox: CrashSandbox, moment: Phase) -> None:
        await sandbox.deliver_first_video()
        await _each(sandbox, moment, user_requests.once_more)

    await in_each_phase(partial(new_sandbox, USER_DAILY_LIMIT="1000", DAILY_LIMIT="1000"), work)


async def _each(sandbox: CrashSandbox, moment: Phase, ask: MakeRequest, first: int = 1) -> None:
    victims = await kill_at_each_request(sandbox, ask, moment, range(first, MAX_REQUESTS))
    assert len(victims) > MIN_REQUESTS - first, victims


async def _in_doubt(sandbox: CrashSandbox, moment: Phase, ask: MakeRequest, numbers: Iterable[int]) -> None:
    """Count requests from the submit on; each person is asked as often as needed."""
    victims = await kill_at_each_request(sandbox, ask, moment, numbers, after=POST)
    assert victims
    questions = [
        seen for asked in sandbox.people.requests for seen in asked.chat.history if CONFIRM_QUESTION in seen.text
    ]
    if ask is user_requests.answer_lost:
        assert not questions, "the service's record had it"
        assert len(sandbox.aiml.submissions) == len(sandbox.people.requests)
    else:
        assert {seen.raw["chat"]["id"] for seen in questions} == {asked.chat.id for asked in sandbox.people.requests}
