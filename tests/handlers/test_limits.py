"""How many videos a person may ask for, and whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml.job_errors import job_error
from storage import State
from tests.assertions import is_video, says
from tests.handlers.private_chat import get_video

if TYPE_CHECKING:
    from sandbox.telegram import Person
    from tests.bot_under_test import BotUnderTest


async def test_daily_limit(bot: BotUnderTest, coffee: bytes) -> None:
    """Beyond the daily limit the person is told when the next one is free; a day later it is."""
    await bot.start(user_daily_limit="1")
    await get_video(bot, coffee)
    bot.chat.send_photo(coffee, "/squish")
    refused = await bot.chat.wait_for(says("last 24 hours"))
    assert "24 hours" in refused.text
    assert len(bot.aiml.submissions) == 1
    bot.advance(86_400)
    bot.chat.send_photo(coffee, "/squish", date=bot.clock())
    await bot.until(lambda jobs: len(jobs) == 2)


async def test_active_limit(bot: BotUnderTest, coffee: bytes) -> None:
    """Beyond the videos at once the person is asked to wait for one of them."""
    bot.aiml.concurrency = 0
    await bot.start(user_active_limit="1")
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: len(jobs) == 1)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("already making a video for you"))
    assert len(await bot.jobs()) == 1


async def test_daily_limit_of_all(bot: BotUnderTest, bob: Person, coffee: bytes) -> None:
    """Beyond what all people together may have, anyone is told when the next one is free; an admin is not held up."""
    boss = bot.telegram.private_chat(bot.telegram.add_person("Boss"))
    await bot.start(daily_limit="1", admin_ids=str(boss.id))
    await get_video(bot, coffee)
    other = bot.telegram.private_chat(bob)
    other.send_photo(coffee, "/squish")
    await other.wait_for(says("for everybody together. The next one is free in 24 hours"))
    assert len(bot.aiml.submissions) == 1
    boss.send_photo(coffee, "/squish")
    await boss.wait_for(is_video)
    bot.advance(86_400)
    other.send_photo(coffee, "/squish", date=bot.clock())
    await other.wait_for(is_video)


async def test_admins_are_exempt(bot: BotUnderTest, coffee: bytes) -> None:
    """An admin has no limit."""
    await bot.start(user_daily_limit="0", admin_ids=str(bot.ada.id))
    await get_video(bot, coffee)


async def test_failed_job_gives_its_place_back(bot: BotUnderTest, coffee: bytes, ada: bytes) -> None:
    """A video that failed does not count towards the day."""
    await bot.start(user_daily_limit="1")
    bot.chat.send_album([ada, coffee], "/hug")
    await bot.chat.wait_for(says("couldn't find a face"))
    await bot.until_state(State.FAILED)
    await get_video(bot, coffee)


async def until_all_failed(bot: BotUnderTest, count: int) -> None:
    """Wait until there are so many jobs, and all have failed."""
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.FAILED] * count)


async def test_row_30_five_pictures_that_break_the_rules(bot: BotUnderTest, coffee: bytes) -> None:
    """After five pictures that the service's rules refuse, the person has to wait, and reads how long."""
    await bot.start(poll_interval="0.2", user_daily_limit="9")
    for number in range(1, 6):
        bot.chat.send_photo(coffee, "/squish")
        await bot.until(lambda jobs: bool(jobs) and jobs[-1].state is State.GENERATING)
        job = list(bot.aiml.jobs.values())[-1]
        job.fail(job_error("content_policy_violation", job.request, 0))
        await until_all_failed(bot, number)
    bot.chat.send_photo(coffee, "/squish")
    refused = await bot.chat.wait_for(says("refused 5 of your requests by its content rules"))
    assert "in 24 hours" in refused.text
    assert len(bot.aiml.submissions) == 5


async def test_row_30_no_more_attempts(bot: BotUnderTest, coffee: bytes, ada: bytes) -> None:
    """Who has used up their attempts with pictures that failed reads so, and may ask again a day later."""
    await bot.start(user_daily_limit="1", user_daily_attempts="2")
    for number in range(1, 3):
        bot.chat.send_album([ada, coffee], "/hug")
        await until_all_failed(bot, number)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("sent 2 of your videos to the video service, failed ones included"))
    assert len(bot.aiml.submissions) == 2
    bot.advance(86_400)
    bot.chat.send_photo(coffee, "/squish", date=bot.clock())
    await bot.chat.wait_for(is_video)


async def test_queue_is_fair_and_shown(bot: BotUnderTest, bob: Person, coffee: bytes) -> None:
    """With the service's places taken, people take turns, and a waiting person sees their number."""
    other = bot.telegram.private_chat(bob)
    await bot.start(active_limit="1", user_active_limit="9", poll_interval="0.2")
    for _ in range(3):
        bot.chat.send_photo(coffee, "/squish")
    await bot.aiml.wait(lambda aiml: len(aiml.submissions) == 1)
    await bot.until(lambda jobs: len(jobs) == 3)
    other.send_photo(coffee, "/squish")
    await other.wait_for(is_video)
    jobs = await bot.until(lambda jobs: len(jobs) == 4)
    mine = [job for job in jobs if job.person_id == bot.ada.id]
    assert any(job.state in {State.QUEUED, State.SUBMITTING, State.GENERATING} for job in mine)
    versions = [version.text for version in bot.chat.history]
    assert any("number 2" in text or "number 3" in text for text in versions)
