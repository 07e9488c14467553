"""/mydata and /deletemydata, as a person sees them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, labels, says
from tests.handlers.private_chat import get_video

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

QUESTION = "Delete everything that I keep about you?"
NOW, LATER, KEEP = "🗑 Delete now", "⏳ Delete when they are done", "Keep it"


async def test_a_copy_of_ones_data(bot: BotUnderTest, coffee: bytes) -> None:
    """/mydata sends a JSON file with the person's name and videos."""
    await bot.start()
    await get_video(bot, coffee)
    bot.chat.send_text("/mydata")
    sent = await bot.chat.wait_for(says("Everything that I keep about you"))
    document = bot.telegram.files.by_id(sent.raw["document"]["file_id"])
    assert document is not None
    data = json.loads(document.data)
    assert data["people"][0]["name"] == bot.ada.first_name
    assert [job["effect"] for job in data["jobs"]] == ["squish"]


async def test_everything_is_deleted(bot: BotUnderTest, coffee: bytes) -> None:
    """After "Delete now" nothing is known of the person, and the limits of the day hold all the same."""
    await bot.start()
    await get_video(bot, coffee)
    await bot.until(lambda jobs: jobs[0].announced == "delivered")
    bot.chat.send_text("/deletemydata")
    question = await bot.chat.wait_for(says(QUESTION))
    assert labels(question) == [NOW, KEEP]
    bot.chat.press(question.id, NOW)
    await bot.chat.wait_for(says("Everything is deleted"))
    assert await bot.jobs() == []
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("The next one is"))
    bot.advance(86_400)
    bot.chat.send_photo(coffee, "/squish", date=bot.clock())
    await bot.until(lambda jobs: len(jobs) == 1)


async def test_deleting_leaves_no_name(bot: BotUnderTest, coffee: bytes) -> None:
    """The press that deletes everything does not make the person known again, also after a restart of the bot."""
    await bot.start()
    await get_video(bot, coffee)
    bot.chat.send_text("/deletemydata")
    question = await bot.chat.wait_for(says(QUESTION))
    await bot.stop()
    await bot.start()
    bot.chat.press(question.id, NOW)
    await bot.chat.wait_for(says("Everything is deleted"))
    await bot.stop()
    with closing(sqlite3.connect(bot.database)) as connection:
        assert connection.execute("SELECT * FROM people").fetchall() == []


async def test_nothing_is_posted_after_deleting_now(bot: BotUnderTest, coffee: bytes) -> None:
    """What is being made when everything is deleted is not posted."""
    bot.aiml.job_seconds = None
    await bot.start(poll_interval="0.1")
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    bot.chat.send_text("/deletemydata")
    question = await bot.chat.wait_for(says("One video is still being made"))
    assert labels(question) == [NOW, LATER, KEEP]
    bot.chat.press(question.id, NOW)
    await bot.chat.wait_for(says("Everything is deleted"))
    for job in bot.aiml.jobs.values():
        job.finish()
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("None yet"))
    assert not any(is_video(seen) for seen in bot.chat.history)


async def test_deleted_when_the_videos_are_done(bot: BotUnderTest, coffee: bytes) -> None:
    """With "when they are done" the video still comes, and everything is deleted after that."""
    bot.aiml.job_seconds = None
    await bot.start(poll_interval="0.1")
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.GENERATING)
    bot.chat.send_text("/deletemydata")
    question = await bot.chat.wait_for(says("One video is still being made"))
    bot.chat.press(question.id, LATER)
    await bot.chat.wait_for(says("as soon as your videos are done"))
    for job in bot.aiml.jobs.values():
        job.finish()
    await bot.chat.wait_for(is_video)
    await bot.until(lambda jobs: jobs == [], advancing=20)


@pytest.mark.parametrize("command", ["/mydata", "/deletemydata"])
async def test_not_in_a_group(bot: BotUnderTest, command: str) -> None:
    """In a group the bot shows the way to the private chat, where the link does what was asked for."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    await bot.start()
    group.send_text(f"{command}@kling_sandbox_bot", by=bot.ada)
    answer = await group.wait_for(says("private chat"))
    url = answer.buttons[0][0].url
    assert url is not None
    bot.chat.send_text(f"/start {url.partition('start=')[2]}")
    await bot.chat.wait_for(says("Everything that I keep about you"))


async def test_keep_it(bot: BotUnderTest, coffee: bytes) -> None:
    """Whoever changes their mind keeps everything."""
    await bot.start()
    await get_video(bot, coffee)
    bot.chat.send_text("/deletemydata")
    question = await bot.chat.wait_for(says(QUESTION))
    bot.chat.press(question.id, KEEP)
    await bot.chat.wait_for(says("nothing was deleted"))
    assert len(await bot.jobs()) == 1
