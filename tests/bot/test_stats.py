"""How the videos went, as the operator sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.http.faults import CloseAfter, CloseBefore
from storage import State
from storage.models import FINAL
from tests.assertions import says

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v2/video/generations"


async def at_rest(bot: BotUnderTest, jobs: int) -> None:
    """Return True if there are so many jobs and all have ended."""
    await bot.until(lambda made: len(made) == jobs and all(job.state in FINAL for job in made), advancing=1)


async def test_stats(bot: BotUnderTest, admin_chat: Chat, ada: bytes, coffee: bytes) -> None:
    """/stats tells an admin how many videos there were, why some failed, and what became of lost answers."""
    await bot.start(admin_ids=str(admin_chat.id), user_daily_limit="50")
    admin_chat.send_text("/help")
    assert "/stats" in (await admin_chat.wait_for(says("one or two photos"))).text
    admin_chat.send_text("/stats")
    assert (await admin_chat.wait_for(says("Nothing is being made"))).text.count("0 videos asked for by 0 people") == 2

    bot.chat.send_photo(coffee, "/squish")
    await at_rest(bot, 1)
    bot.chat.send_album([ada, coffee], "/hug")  # no face in the second
    await at_rest(bot, 2)
    bot.aiml.faults.add(SUBMIT, CloseAfter())
    bot.chat.send_photo(coffee, "/squish")
    await at_rest(bot, 3)
    ben = bot.telegram.private_chat(bot.telegram.add_person("Ben"))
    bot.aiml.faults.add(SUBMIT, CloseBefore())
    ben.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: jobs[-1].state is State.NEEDS_DECISION, advancing=60)

    admin_chat.send_text("/stats")
    told = (await admin_chat.wait_for(says("4 videos"))).text
    now, day, month = told.split("\n\n")
    assert now.splitlines() == ["Now", "waiting for somebody's decision: 1"]
    assert day.splitlines() == [
        "The last 24 hours",
        "4 videos asked for by 2 people",
        "done: 2",
        "didn't work: 1 (no_face 1)",
        "The service's answer was lost: 2. Found there: 1. Put before the person: 1.",
    ]
    assert month.splitlines()[0] == "The last 30 days"
    assert month.splitlines()[1:] == day.splitlines()[1:]


async def test_stats_of_a_day(bot: BotUnderTest, admin_chat: Chat, coffee: bytes) -> None:
    """What was made two days ago is in the month's figures, and no longer in the day's."""
    await bot.start(admin_ids=str(admin_chat.id))
    bot.chat.send_photo(coffee, "/squish")
    await at_rest(bot, 1)
    bot.advance(2 * 86_400)
    admin_chat.send_text("/stats")
    told = await admin_chat.wait_for(says("The last 24 hours"))
    assert "0 videos asked for by 0 people\n\nThe last 30 days\none video asked for by one person\ndone: 1" in told.text


async def test_stats_are_for_admins(bot: BotUnderTest, admin_chat: Chat) -> None:
    """Others are answered as if there were no such command, and their help names none."""
    await bot.start(admin_ids=str(admin_chat.id))
    bot.chat.send_text("/help")
    assert "/stats" not in (await bot.chat.wait_for(says("one or two photos"))).text
    bot.chat.send_text("/stats")
    await bot.chat.wait_for(says("I don't know “stats”"))
