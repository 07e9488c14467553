"""The machine's clock is wrong, or is set while the bot runs: nobody waits longer for it, and nothing is lost."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.clock import Clock, describe_skew
from sandbox.http.faults import CloseAfter
from storage import State
from tests.assertions import is_video, says
from tests.bot.check_output import check_output

if TYPE_CHECKING:
    from sandbox.aiml import AimlJob
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v2/video/generations"
MINUTE, DAY = 60.0, 86_400.0


@pytest.fixture
def dated(bot: BotUnderTest) -> BotUnderTest:
    """A bot whose Telegram and service tell the true time in their responses, as the real ones do."""
    bot.sandbox.send_dates(on=True)
    return bot


async def generating(bot: BotUnderTest, photo: bytes) -> AimlJob:
    """Ask for a video, and return the service's job, which ends by hand only."""
    bot.aiml.job_seconds = None
    bot.chat.send_photo(photo, "/squish")
    await bot.until_state(State.GENERATING)
    (job,) = bot.aiml.jobs.values()
    return job


def set_clock(bot: BotUnderTest, wrong_by: float) -> None:
    """Set the clock of the bot's machine so many seconds ahead of the true time."""
    bot.clock.set_wrong(wrong_by)
    bot.wakeups.notify_all()


def names_in(bot: BotUnderTest, table: str, column: str) -> set[str]:
    """Return what is in a column of the bot's database."""
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute(f"SELECT {column} FROM {table}")}  # noqa: S608 -- our own words


async def polled_again(bot: BotUnderTest) -> None:
    """Wait until the service was asked three times more."""
    before = bot.aiml.faults.request_count
    await bot.until(lambda _: bot.aiml.faults.request_count > before + 2)


# ---------------------------------------------------------------- steps while the bot runs
@pytest.mark.parametrize("dates", [True, False], ids=["dates", "no-dates"])
@pytest.mark.parametrize("step", [DAY, -DAY, 400 * DAY, -20 * MINUTE, 20 * MINUTE])
async def test_row_37_the_clock_is_set_while_a_video_is_made(
    bot: BotUnderTest, coffee: bytes, caplog: pytest.LogCaptureFixture, step: float, *, dates: bool
) -> None:
    """A video that is being made while the clock is set arrives as if nothing had happened, and the step is logged."""
    bot.sandbox.send_dates(on=dates)
    await bot.start()
    job = await generating(bot, coffee)
    with caplog.at_level(logging.WARNING):
        set_clock(bot, step)
        await polled_again(bot)
        await bot.until(lambda _: "clock was set" in caplog.text)
    job.finish()
    await bot.chat.wait_for(is_video)
    assert not any("wrong" in seen.text or "longer" in seen.text for seen in bot.chat.history)


@pytest.mark.parametrize("step", [15 * MINUTE, DAY, -DAY])
async def test_row_37_requests_after_a_step_are_not_old(dated: BotUnderTest, coffee: bytes, step: float) -> None:
    """A photo that is sent after the clock was set is used at once: the bot was not away."""
    await dated.start()
    set_clock(dated, step)
    dated.chat.send_photo(coffee, "/squish")
    await dated.chat.wait_for(is_video)
    assert not any("I was away" in seen.text for seen in dated.chat.history)


async def test_row_37_the_next_process_goes_on(bot: BotUnderTest, coffee: bytes) -> None:
    """Without any word about the true time, times move with the clock at the next start, and waits stay as they are."""
    set_clock(bot, -time.time() + 100)  # the machine starts in 1970
    await bot.start()
    job = await generating(bot, coffee)
    assert (await bot.job()).created_at < 1e6
    set_clock(bot, 0)  # and learns the true time
    await polled_again(bot)
    await bot.until(lambda _: "clock_lag" in names_in(bot, "installation", "name"))
    await bot.stop()
    await bot.start()
    await bot.until(lambda jobs: abs(jobs[0].created_at - time.time()) < 10 * MINUTE)
    assert (await bot.job()).state is State.GENERATING
    job.finish()
    await bot.chat.wait_for(is_video)


@pytest.mark.parametrize("ahead", [3 * 3600, 30 * DAY])
async def test_row_37_set_back_while_the_bot_was_off(bot: BotUnderTest, coffee: bytes, ahead: float) -> None:
    """A bot whose rows lie in the future, since the clock was ahead, does not wait until then."""
    bot.telegram.clock = bot.clock  # or the photo would be as old as the clock is ahead
    set_clock(bot, ahead)
    await bot.start()
    job = await generating(bot, coffee)
    await bot.stop()
    set_clock(bot, 0)
    await bot.start()
    job.finish()
    await bot.chat.wait_for(is_video)
    assert (await bot.job()).created_at < time.time()


# ---------------------------------------------------------------- a clock that is wrong from the start
@pytest.mark.parametrize("wrong_by", [-1_700_000_000.0, -15 * MINUTE, 15 * MINUTE, 20 * DAY])
async def test_row_37_a_wrong_clock_at_the_start(dated: BotUnderTest, coffee: bytes, wrong_by: float) -> None:
    """A bot on a machine whose clock is wrong goes by Telegram's: its rows have the true time, and the video comes."""
    set_clock(dated, wrong_by)
    await dated.start()
    dated.chat.send_photo(coffee, "/squish")
    await dated.chat.wait_for(is_video)
    assert not any("I was away" in seen.text for seen in dated.chat.history)
    assert abs((await dated.job()).created_at - time.time()) < MINUTE


@pytest.mark.parametrize("wrong_by", [-DAY, -20 * MINUTE, 20 * MINUTE])
async def test_row_37_a_lost_submit_is_found(dated: BotUnderTest, coffee: bytes, wrong_by: float) -> None:
    """A submit whose answer is lost is found in the service's record, however wrong the machine's clock is."""
    set_clock(dated, wrong_by)
    dated.aiml.faults.add(SUBMIT, CloseAfter())
    await dated.start()
    dated.chat.send_photo(coffee, "/squish")
    await dated.chat.wait_for(is_video)
    assert len(dated.aiml.ledger) == 1


@pytest.mark.parametrize("skew", [-20 * MINUTE, 20 * MINUTE])
async def test_row_37_the_services_own_clock_is_wrong(dated: BotUnderTest, coffee: bytes, skew: float) -> None:
    """A lost submit is found by the service's own time, if that service's clock is the one that is wrong."""
    dated.aiml.clock_skew = skew
    dated.aiml.faults.add(SUBMIT, CloseAfter())
    await dated.start()
    dated.chat.send_photo(coffee, "/squish")
    await dated.chat.wait_for(is_video)
    assert len(dated.aiml.ledger) == 1


# ---------------------------------------------------------------- what the operator learns
async def test_row_37_the_admins_are_told_once(dated: BotUnderTest) -> None:
    """An admin reads by how much the clock is wrong, once; set right and wrong again, once more."""
    set_clock(dated, 15 * MINUTE)
    await dated.start(admin_ids=str(dated.ada.id))
    await dated.chat.wait_for(says("machine's clock and Telegram's differ by +15 min"))
    set_clock(dated, 0)
    await dated.until(lambda _: "clock.Telegram" not in names_in(dated, "notices", "kind"))
    set_clock(dated, -DAY)
    await dated.chat.wait_for(says("differ by −1440 min"))
    assert len([seen for seen in dated.chat.history if "Telegram's differ" in seen.text]) == 2


async def test_row_37_check_tells_it(dated: BotUnderTest) -> None:
    """`check` tells from whose clock the machine's differs, and by how much; that is no failure."""
    assert "clock" not in (await check_output(dated))[0]
    dated.telegram.clock_skew = -15 * MINUTE
    dated.aiml.clock_skew = 2 * DAY
    text, failed = await check_output(dated)
    assert not failed
    assert "This machine's clock is 15 min ahead of Telegram's." in text
    assert "This machine's clock is 2880 min behind AIML's." in text


# ---------------------------------------------------------------- the clock itself
class Source:
    """A wall clock and a steady one that a test sets."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_800_000_000.0, 500.0

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass."""
        self.wall += seconds
        self.steady += seconds

    def clock(self) -> Clock:
        """Return the clock of a process that starts now."""
        return Clock(lambda: self.wall, lambda: self.steady)


def test_row_37_it_never_jumps() -> None:
    """The bot's time goes on with the steady clock, and its lag is what the machine's clock was set by."""
    source = Source()
    clock = source.clock()
    before = clock()
    source.wall += DAY
    source.pass_seconds(5)
    assert clock() == before + 5
    assert clock.lag == DAY
    assert clock.wall_skew == 0


@pytest.mark.parametrize("date", ["", "soon", "Fri, 99 Foo 2027 99:00:20 GMT", "0", "\x00"])
async def test_row_37_nonsense_is_no_date(date: str) -> None:
    """A header that is no date changes nothing."""
    clock = Source().clock()
    await clock.observe(httpx.Response(200, headers={"Date": date}))
    assert (clock.start(), clock.lag) == (0, 0)


@pytest.mark.parametrize(("ahead", "adopted"), [(50, False), (-50, False), (61, True), (-900, True)])
async def test_row_37_a_start_by_telegrams_clock(ahead: float, *, adopted: bool) -> None:
    """At the start Telegram's time counts if the machine's differs by over a minute."""
    source = Source()
    clock = source.clock()
    source.wall += ahead
    clock = source.clock()
    await clock.observe(httpx.Response(200, headers={"Date": "Fri, 15 Jan 2027 08:00:00 GMT"}))
    assert clock.start() == pytest.approx(ahead, abs=1)
    true = 1_800_000_000
    assert clock() == pytest.approx(true if adopted else true + ahead, abs=1)
    assert clock.telegram_time() == pytest.approx(true, abs=1)


def test_words_for_a_skew() -> None:
    """The operator reads which clock is ahead."""
    assert describe_skew(900, "AIML") == "this machine's clock is 15 min ahead of AIML's"
    assert describe_skew(-90, "AIML") == "this machine's clock is 2 min behind AIML's"
