"""Row 1, where a request does not simply end in a video: cancelled, failed, in doubt, or made by a press."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.crash import user_requests
from tests.crash.kill_sequences import FAR, in_three_worlds, kill_at_each, kill_recovering
from tests.crash.killer import MOMENTS, Shot, is_
from tests.crash.people import CANCEL, QUESTION
from tests.crash.user_requests import POST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.http.faults import Phase
    from tests.crash.conftest import NewWorld
    from tests.crash.crash_sandbox import World
    from tests.crash.kill_sequences import Ask

ANSWER = is_("answerCallbackQuery")
POLL = is_("GET /v2/video/generations")
CANCELS = [user_requests.cancels_in_the_queue, user_requests.cancels_at_the_service, user_requests.cancels_in_doubt]
IN_DOUBT = [user_requests.answer_lost, user_requests.never_arrived]
LEAST = 8
"""Requests that each of these makes: an update and its confirmation, photo, status, submit, press, answer, status."""


async def test_row_1_a_press_of_cancel(new_world: NewWorld) -> None:
    """Killed while it answers a Cancel, and again: the job is cancelled, and what people read about it is true."""

    async def work(world: World, moment: Phase, ask: Ask) -> None:
        await kill_recovering(world, ask, Shot(1, moment, ANSWER), [Shot(7, moment)])

    async with asyncio.TaskGroup() as group:
        for ask in CANCELS[:2]:
            group.create_task(in_three_worlds(partial(new_world, seconds=None), partial(work, ask=ask)))


async def test_row_1_a_video_that_was_cancelled_before_it_was_made(new_world: NewWorld) -> None:
    """Killed while it asks for a video that nobody wants any more: the next bot drops the video too, and says so."""

    async def work(world: World, moment: Phase) -> None:
        shot = Shot(1, moment, POLL, after="answerCallbackQuery")
        await kill_recovering(world, user_requests.cancels_at_the_service, shot, [Shot(FAR, moment)])

    await in_three_worlds(partial(new_world, seconds=None), work)


async def test_row_1_a_cancel_that_is_handled_twice_is_answered_as_before(new_world: NewWorld) -> None:
    """Whoever pressed Cancel in time is not told that it was too late, though the bot died before it answered."""
    async with new_world(seconds=None) as world:
        await kill_recovering(
            world, user_requests.cancels_in_the_queue, Shot(1, "before", ANSWER), [Shot(FAR, "before")]
        )
        answers = [world.telegram.callback_answers[press.query_id].text for press in world.people.presses]
        assert [press.button for press in world.people.presses] == [CANCEL]
        assert answers == ["Cancelled. Nothing was charged."]


async def test_row_1_a_failed_job_gives_its_place_of_the_day_back_once(new_world: NewWorld) -> None:
    """Of one video a day the first fails: killed on the way or not, the next one is made, and the one after is not."""

    async def work(world: World, moment: Phase) -> None:
        place = MOMENTS.index(moment)
        await kill_at_each(world, user_requests.fails_and_asks_again, moment, (6 + place, 10 + place, FAR))

    await in_three_worlds(partial(new_world, seconds=None, USER_DAILY_LIMIT="1"), work)


async def test_row_1_killed_while_it_finds_out(new_world: NewWorld) -> None:
    """Killed once after a submit whose answer was lost: what the service took is found, else its person is asked."""
    async with asyncio.TaskGroup() as group:
        for ask in IN_DOUBT:
            group.create_task(in_three_worlds(new_world, partial(_in_doubt, ask=ask, numbers=(2, FAR))))


async def test_row_1_a_press_of_again(new_world: NewWorld) -> None:
    """Killed while it answers an Again: the press makes one more video, paid once."""

    async def work(world: World, moment: Phase) -> None:
        await world.have_a_video()
        await kill_recovering(world, user_requests.once_more, Shot(1, moment, ANSWER), [Shot(FAR, moment)])

    await in_three_worlds(partial(new_world, USER_DAILY_LIMIT="1000", DAILY_LIMIT="1000"), work)


# ---------------------------------------------------------------- all of it: make crash
@pytest.mark.matrix
@pytest.mark.parametrize("ask", CANCELS, ids=lambda ask: ask.__name__)
async def test_row_1_every_request_of_a_cancelled_job(new_world: NewWorld, ask: Ask) -> None:
    """Wherever the bot is killed, the job ends cancelled: free in the queue, charged once at most at the service."""
    await in_three_worlds(partial(new_world, seconds=None), partial(_each, ask=ask))


@pytest.mark.matrix
async def test_row_1_every_request_of_a_failed_job_and_the_next(new_world: NewWorld) -> None:
    """Wherever the bot is killed, the failure gives the place of the day back once, and is told of once."""
    await in_three_worlds(
        partial(new_world, seconds=None, USER_DAILY_LIMIT="1"), partial(_each, ask=user_requests.fails_and_asks_again)
    )


@pytest.mark.matrix
@pytest.mark.parametrize("ask", IN_DOUBT, ids=lambda ask: ask.__name__)
async def test_row_1_every_request_after_a_submit_in_doubt(new_world: NewWorld, ask: Ask) -> None:
    """Wherever the bot is killed while it finds out, the person gets one video, paid once."""
    await in_three_worlds(new_world, partial(_in_doubt, ask=ask, numbers=range(1, FAR)))


@pytest.mark.matrix
async def test_row_1_every_request_of_a_video_asked_for_by_a_press(new_world: NewWorld) -> None:
    """Wherever the bot is killed after a press of Again, it makes one more video, paid once."""

    async def work(world: World, moment: Phase) -> None:
        await world.have_a_video()
        await _each(world, moment, user_requests.once_more)

    await in_three_worlds(partial(new_world, USER_DAILY_LIMIT="1000", DAILY_LIMIT="1000"), work)


async def _each(world: World, moment: Phase, ask: Ask) -> None:
    victims = await kill_at_each(world, ask, moment, range(1, FAR))
    assert len(victims) >= LEAST, victims


async def _in_doubt(world: World, moment: Phase, ask: Ask, numbers: Iterable[int]) -> None:
    """Requests are counted once the submit has come; each person is asked as often as they have to be."""
    victims = await kill_at_each(world, ask, moment, numbers, after=POST)
    assert victims
    questions = [seen for asked in world.people.asked for seen in asked.chat.history if QUESTION in seen.text]
    if ask is user_requests.answer_lost:
        assert not questions, "the service's record had it"
        assert len(world.aiml.submissions) == len(world.people.asked)
    else:
        assert {seen.raw["chat"]["id"] for seen in questions} == {asked.chat.id for asked in world.people.asked}
