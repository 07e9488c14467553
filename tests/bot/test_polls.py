"""When jobs are polled, as a person or a service notices it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import RespondWith
from storage import State
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

POLL = "GET /v2/video/generations"
USUAL = {"usual_seconds": "120", "poll_interval": "2"}


async def test_a_photo_without_a_face_is_told_within_seconds(bot: BotUnderTest, coffee: bytes) -> None:
    """A face error two seconds after the submit is told of within five more seconds, though videos take two minutes."""
    await bot.start(**USUAL)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    job = next(iter(bot.aiml.jobs.values()))
    bot.advance(2)
    job.fail(job_error("face_detection_error", job.request, 0))
    bot.advance(4)
    await bot.chat.wait_for(says("couldn't find a face"))


async def test_a_service_that_asks_for_a_pause_gets_it(bot: BotUnderTest, coffee: bytes) -> None:
    """While a service says Retry-After, it is asked about no job; then every video still comes."""
    rule = bot.aiml.faults.add(POLL, RespondWith(429, headers={"Retry-After": "300"}), times=2)
    await bot.start(user_active_limit="5", **USUAL)
    for count in (1, 2):
        bot.chat.send_photo(coffee, "/squish")
        await bot.until(lambda jobs, count=count: [job.state for job in jobs] == [State.GENERATING] * count)  # type: ignore[misc]
        bot.advance(5.5)
        await bot.until(lambda jobs: min(job.due_at or 0.0 for job in jobs) > bot.clock() + 200)
    assert rule.use_count == 1
    rule.remove()
    await bot.stop()
    await bot.start()
    bot.advance(300)
    for _ in range(2):
        await bot.chat.wait_for(is_video)
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
