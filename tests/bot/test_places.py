"""Jobs that don't end keep nobody waiting: they give their places at the service back, and are watched all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, CloseAfter, RespondWith
from storage import State, Store
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from sandbox.aiml import FakeAiml
    from sandbox.http.faults import Fault
    from sandbox.kling import FakeKling
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v2/video/generations"
LOGS = "GET /v2/logs"
POLL = "GET /v2/video/generations"
PLACES = 3
MANY = {"active_limit": str(PLACES), "user_active_limit": "20", "user_daily_limit": "50", "poll_interval": "0.2"}


def hold_all(service: FakeAiml | FakeKling) -> None:
    """Keep every job that the service has from ending."""
    for job in service.jobs.values():
        job.hold()


async def take_all_places(bot: BotUnderTest, photo: bytes, service: FakeAiml | FakeKling, command: str) -> None:
    """Let Ada ask for as many videos as the service has places, none of which ends."""
    service.job_seconds = 3600
    for _ in range(PLACES):
        bot.chat.send_photo(photo, command)
    await bot.until(lambda jobs: sum(job.state is State.GENERATING for job in jobs) == PLACES)
    hold_all(service)
    service.job_seconds = 0.3


def bob(bot: BotUnderTest) -> Chat:
    """Return the chat of another person."""
    return bot.telegram.private_chat(bot.telegram.add_person("Bob", language_code="en"))


async def test_row_41_jobs_that_never_end_keep_nobody_waiting(
    bot: BotUnderTest, admin_chat: Chat, coffee: bytes
) -> None:
    """Once the videos that fill the service are late, others are made; the admins are told once, and late ones come."""
    await bot.start(**MANY, admin_ids=str(admin_chat.id), deadline_minutes="10")
    await take_all_places(bot, coffee, bot.aiml, "/squish")
    other = bob(bot)
    other.send_photo(coffee, "/squish")
    await other.wait_for(says("in the queue"))
    bot.advance(601)
    await other.wait_for(is_video)
    await admin_chat.wait_for(says("3 videos at AIML take longer"))
    for job in list(bot.aiml.jobs.values()):
        job.finish()
    await bot.until(lambda jobs: all(job.state is State.DELIVERED for job in jobs), advancing=60)
    assert len([seen for seen in admin_chat.messages if "take longer" in seen.text]) == 1
    assert len(bot.aiml.submissions) == PLACES + 1


async def test_row_41_cancelled_jobs_keep_nobody_waiting(bot: BotUnderTest, coffee: bytes) -> None:
    """Videos that will not be posted, because the person cancelled them, leave their places to others at once."""
    await bot.start(**MANY)
    await take_all_places(bot, coffee, bot.aiml, "/squish")
    store = await Store.open(bot.database)
    for job in await bot.jobs():
        assert await store.transitions.request_cancel(job.id, 7, now=bot.clock())
    await store.close()
    other = bob(bot)
    other.send_photo(coffee, "/squish")
    await other.wait_for(is_video)
    assert {job.state for job in await bot.jobs() if job.person_id == bot.ada.id} == {State.GENERATING}
    for made in list(bot.aiml.jobs.values()):
        made.finish()
    await bot.until(lambda jobs: sum(job.state is State.UNDELIVERABLE for job in jobs) == PLACES, advancing=5)


@pytest.mark.parametrize("record", [None, RespondWith(503)])
async def test_row_41_lost_answers_keep_nobody_waiting(bot: BotUnderTest, coffee: bytes, record: Fault | None) -> None:
    """Submits whose answers were lost leave their places to others, also while the service's record can't be read."""
    if record is not None:
        bot.aiml.faults.add(LOGS, record, times=FOREVER)
    else:
        bot.aiml.log_delay = 10_000  # the record does not show them yet
    bot.aiml.faults.add(SUBMIT, CloseAfter(), times=PLACES)
    await bot.start(**MANY)
    for _ in range(PLACES):
        bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: sum(job.state is State.IN_DOUBT for job in jobs) == PLACES)
    other = bob(bot)
    other.send_photo(coffee, "/squish")
    await other.wait_for(is_video)


async def test_row_41_a_full_service_keeps_nobody_waiting_at_the_other(
    bot_with_kling: BotUnderTest, coffee: bytes
) -> None:
    """While all places at one service are taken, videos of the other are made."""
    bot = bot_with_kling
    await bot.start(**MANY)
    await take_all_places(bot, coffee, bot.aiml, "/squish")
    other = bob(bot)
    other.send_photo(coffee, "/pet_roll_window")
    await other.wait_for(is_video)
    states = {job.state for job in await bot.jobs() if job.service == "aiml"}
    assert states == {State.GENERATING}


async def test_row_41_late_polls_that_fail_keep_nobody_waiting(bot: BotUnderTest, coffee: bytes) -> None:
    """A service that no longer says how its videos are doing makes others all the same, once those are late."""
    await bot.start(**MANY)
    await take_all_places(bot, coffee, bot.aiml, "/squish")
    stuck = {job.service_job_id for job in await bot.jobs()}
    bot.aiml.faults.add(
        lambda request: request.method == POLL and request.params.get("generation_id") in stuck,
        RespondWith(500),
        times=FOREVER,
    )
    other = bob(bot)
    other.send_photo(coffee, "/squish")
    await other.wait_for(says("in the queue"))
    bot.advance(901)
    await other.wait_for(is_video)
    assert sum(job.state is State.GENERATING for job in await bot.jobs()) == PLACES
