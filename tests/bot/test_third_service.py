"""A third video service: nothing in the bot knows it by name, and it is registered as docs/services.md says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml import FakeAiml
from sandbox.http.faults import CloseAfter
from tests.assertions import is_video, labels
from tests.bot.check_output import check_output
from tests.video.services.sample.fake import FakeSample
from tests.video.services.sample.settings import SettingsWithSample

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot_under_test import BotUnderTest
    from tests.conftest import NewBot

EFFECTS = """
[effects.squish]
sample = { scene = "squeeze" }
[effects.twins]
title = "Twins"
emoji = "👯"
theme = "dance"
photos = 2
sample = { scene = "duet", durations = [5] }
"""


@pytest.fixture
async def bot_with_sample(new_bot: NewBot, tmp_path: Path) -> AsyncIterator[BotUnderTest]:
    """A bot with AIML and the third service, which is preferred and makes the effects of an operator's file."""
    (tmp_path / "effects.toml").write_text(EFFECTS, "utf-8")
    async with new_bot(FakeAiml, FakeSample, settings_class=SettingsWithSample) as bot:
        bot.configure(effects_file=str(tmp_path / "effects.toml"), video_service="sample")
        yield bot


async def test_it_makes_a_video(bot_with_sample: BotUnderTest, coffee: bytes) -> None:
    """A person asks for a squish, and the third service makes it; the row says so, with what it cost."""
    bot = bot_with_sample
    sample = bot.sandbox.service(FakeSample)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    assert (await bot.chat.wait_for(is_video)).video == bot.video.data
    (submission,) = sample.submissions
    assert (submission.scene, len(submission.photos)) == ("squeeze", 1)
    assert bot.aiml.submissions == []
    job = await bot.job()
    assert (job.service, job.usd) == ("sample", sample.ledger[0].usd)


async def test_its_lost_submit_is_found(bot_with_sample: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A submit whose response is lost is found at the third service, and paid for once."""
    bot = bot_with_sample
    sample = bot.sandbox.service(FakeSample)
    sample.faults.add("POST /videos", CloseAfter())
    await bot.start()
    bot.chat.send_album([ada, ben], "/twins")
    await bot.chat.wait_for(is_video)
    assert (len(sample.submissions), len(sample.ledger)) == (1, 1)


async def test_people_and_operators_read_its_title(bot_with_sample: BotUnderTest) -> None:
    """It can be chosen in /settings, and `check` tries its key and tells what is left."""
    bot = bot_with_sample
    text, failed = await check_output(bot)
    assert not failed
    assert "The Sample key works; 100.00 USD" in text
    assert "Sample is preferred; AIML makes what" in text
    await bot.start()
    bot.chat.send_text("/settings")
    await bot.chat.wait_for(lambda seen: any("Sample" in label for label in labels(seen)))
