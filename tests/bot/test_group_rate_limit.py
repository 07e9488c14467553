"""Into one group no more than twenty messages and edits a minute; results before progress, and others not held up."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from storage import State
from tests.assertions import MENTION, is_video, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat
    from storage import Job
    from tests.bot_under_test import BotUnderTest

RATE = 20
SAID = {"sendMessage", "sendVideo", "editMessageText", "editMessageMedia", "editMessageCaption"}


def said(bot: BotUnderTest, group: Chat) -> int:
    """Count the bot's messages and edits in a group, those that Telegram refused included."""
    return sum(call.method in SAID and call.params.get("chat_id") == group.id for call in bot.telegram.calls)


def has_said(bot: BotUnderTest, group: Chat, count: int, _: object) -> bool:
    """Return True if the bot has said so much in a group."""
    return said(bot, group) == count


def rest(jobs: list[Job]) -> bool:
    """Return True if eleven videos are shown and every status message is up to date."""
    return len(jobs) == 11 and all(job.state is State.DELIVERED and job.show_at is None for job in jobs)


async def answered_elsewhere(bot: BotUnderTest) -> None:
    """Check that a question in another chat is answered at once."""
    asked = bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda seen: seen.reply_to == asked)


async def test_twenty_a_minute(bot: BotUnderTest, coffee: bytes) -> None:
    """Ten people ask at once: minute by minute at most twenty things are said, and everybody gets their video."""
    people = [bot.telegram.add_person(f"Person {number}") for number in range(10)]
    group = bot.telegram.add_group("Friends", people)
    await bot.start(rate_per_chat=str(RATE))
    for person in people:
        group.send_photo(coffee, f"/squish{MENTION}", by=person)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    await bot.until(lambda jobs: len(jobs) == 11)
    counts = [0]
    while not rest(await bot.jobs()):
        assert len(counts) < 60, counts
        with suppress(AssertionError):  # what is put off at the moment at which time passes waits for another minute
            await bot.until(lambda jobs: rest(jobs) or said(bot, group) > counts[-1], seconds=2)
        await answered_elsewhere(bot)
        counts.append(said(bot, group))
        assert counts[-1] - counts[-2] <= RATE
        bot.advance(61)
    assert len([seen for seen in group.messages if is_video(seen)]) == 10


async def test_answers_count_too(bot: BotUnderTest) -> None:
    """Thirty people who ask for help get half of what may be said, minute by minute, and nobody is forgotten."""
    people = [bot.telegram.add_person(f"Person {number}") for number in range(30)]
    group = bot.telegram.add_group("Friends", people)
    await bot.start(rate_per_chat=str(RATE))
    for person in people:
        group.send_text(f"/help{MENTION}", by=person)
    for count in (10, 20):
        await bot.telegram.wait(partial(has_said, bot, group, count))
        bot.advance(61)
    await group.wait(lambda chat: sum(says("/hug@")(seen) for seen in chat.messages) == 30)
