"""The service's record, by which lost submits are found, may be slow, down, in pages, or on another clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, CloseAfter, Hang, RespondWith
from storage import State

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v2/video/generations"
LOGS = "GET /v2/logs"


async def lost(bot: BotUnderTest, photo: bytes) -> None:
    """Submit a photo that the service accepts, and lose its answer."""
    bot.aiml.faults.add(SUBMIT, CloseAfter())
    await bot.start()
    bot.chat.send_photo(photo, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.IN_DOUBT)


async def adopted(bot: BotUnderTest) -> None:
    """Check that the video comes from that submit."""
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=5)
    assert len(bot.aiml.submissions) == 1
    assert len(bot.aiml.ledger) == 1


@pytest.mark.parametrize(
    "answer", [RespondWith(500, {"message": "x"}), RespondWith(429, headers={"Retry-After": "2"}), RespondWith(200)]
)
async def test_row_10_down_for_a_while(bot: BotUnderTest, coffee: bytes, answer: RespondWith) -> None:
    """A record that can't be read for a while is read later."""
    bot.aiml.faults.add(LOGS, answer, times=4)
    await lost(bot, coffee)
    await adopted(bot)


async def test_down_for_an_hour(bot: BotUnderTest, coffee: bytes) -> None:
    """A record that can't be read for an hour is waited for: the person is not asked to pay on a guess."""
    rule = bot.aiml.faults.add(LOGS, RespondWith(503), times=FOREVER)
    await lost(bot, coffee)
    for _ in range(12):
        bot.advance(300)
        used = rule.use_count
        await bot.until(lambda _, used=used: rule.use_count > used)  # type: ignore[misc]
    assert (await bot.job()).state is State.IN_DOUBT
    rule.remove()
    await adopted(bot)


async def test_down_after_a_long_absence(bot: BotUnderTest, coffee: bytes) -> None:
    """A bot that was away for hours does not ask the person before it could read the record."""
    await lost(bot, coffee)
    await bot.stop()
    bot.clock.advance(3 * 3600)
    rule = bot.aiml.faults.add(LOGS, RespondWith(503), times=3)
    await bot.start()
    await bot.until(lambda _: rule.use_count > 0)
    assert (await bot.job()).state is State.IN_DOUBT
    await adopted(bot)


async def test_row_10_many_pages(bot: BotUnderTest, coffee: bytes) -> None:
    """A record of several pages is read to the page where the submit is."""
    bot.aiml.concurrency = None
    await lost(bot, coffee)
    ours = bot.aiml.submissions[0]
    for number in range(250):
        bot.aiml.record(ours.body, f"other.{number}", None, accepted=False)
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=5)
    assert len(bot.aiml.ledger) == 1


@pytest.mark.parametrize("skew", [-120, 120])
async def test_row_10_clocks_apart(bot: BotUnderTest, coffee: bytes, skew: float) -> None:
    """Two minutes between the two clocks don't matter."""
    bot.aiml.clock_skew = skew
    await lost(bot, coffee)
    await adopted(bot)


async def test_row_10_record_hangs(bot: BotUnderTest, coffee: bytes) -> None:
    """A record that never answers holds up no other job."""
    bot.aiml.faults.add(LOGS, Hang(), times=FOREVER)
    await lost(bot, coffee)
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    bot.advance(5)
    bob.send_photo(coffee, "/squish")
    await bob.wait_for(lambda seen: seen.video is not None)


async def test_found_while_the_person_decides(bot: BotUnderTest, coffee: bytes) -> None:
    """A submit that the record shows only after the person was asked is adopted all the same."""
    bot.aiml.log_delay = 10_000
    await lost(bot, coffee)
    await bot.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=100)
    bot.aiml.log_delay = 0
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=100)
    assert len(bot.aiml.submissions) == 1
