"""How long an animation takes: what people are told follows the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

SLOW = {"usual_seconds": "120", "deadline_minutes": "15", "poll_interval": "0.05"}


async def held(bot: BotUnderTest, photo: bytes, caption: str) -> None:
    """Start a job that stays at the service."""
    bot.chat.send_photo(photo, caption)
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    next(iter(bot.aiml.jobs.values())).hold()
    await bot.until_state(State.GENERATING)


@pytest.mark.parametrize(
    ("caption", "usual"),
    [("/squish", "2:00"), ("/animate steam rises", "3:00"), ("/animate steam rises --model v2", "5:00")],
)
async def test_the_estimate_follows_the_model(bot: BotUnderTest, coffee: bytes, caption: str, usual: str) -> None:
    """Before the bot has learnt it, v1.6 is said to take three minutes, v2 five, an effect two."""
    await bot.start(**SLOW)
    await held(bot, coffee, caption)
    told = await bot.chat.wait_for(says(" of about "))
    assert f"of about {usual}" in told.text_or_caption


@pytest.mark.parametrize(
    ("caption", "minutes"), [("/squish", 15), ("/animate steam rises", 20), ("/animate steam rises --model v2", 20)]
)
async def test_the_deadline_follows_the_model(bot: BotUnderTest, coffee: bytes, caption: str, minutes: int) -> None:
    """An effect takes longer than usual after 15 minutes, an animation after 20; the late video still comes."""
    await bot.start(**SLOW)
    await held(bot, coffee, caption)
    bot.advance(60 * minutes - 60)
    told = await bot.chat.wait_for(lambda seen: bool(re.search(rf"{minutes - 1}:\d\d of about", seen.text_or_caption)))
    bot.advance(120)
    await bot.chat.wait_for(lambda seen: seen.id == told.id and "longer than usual" in seen.text_or_caption)
    next(iter(bot.aiml.jobs.values())).finish()
    bot.advance(300)
    await bot.chat.wait_for(is_video)
