"""How long an animation takes: what people are told follows the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from tests.conftest import Play

SLOW = {"usual_seconds": "120", "deadline_minutes": "15", "poll_interval": "0.05"}


async def held(play: Play, photo: bytes, caption: str) -> None:
    """A job that the service has, and that does not move."""
    play.chat.photo(photo, caption)
    await play.aiml.wait(lambda aiml: bool(aiml.jobs))
    next(iter(play.aiml.jobs.values())).hold()
    await play.until_state(State.GENERATING)


@pytest.mark.parametrize(
    ("caption", "usual"),
    [("/squish", "2:00"), ("/animate steam rises", "3:00"), ("/animate steam rises --model v2", "5:00")],
)
async def test_the_estimate_follows_the_model(play: Play, coffee: bytes, caption: str, usual: str) -> None:
    """Before the bot has learnt it, v1.6 is said to take three minutes, v2 five, an effect two."""
    await play.start(**SLOW)
    await held(play, coffee, caption)
    told = await play.chat.wait_for(says(" of about "))
    assert f"of about {usual}" in told.words


@pytest.mark.parametrize(
    ("caption", "minutes"), [("/squish", 15), ("/animate steam rises", 20), ("/animate steam rises --model v2", 20)]
)
async def test_the_deadline_follows_the_model(play: Play, coffee: bytes, caption: str, minutes: int) -> None:
    """An effect takes longer than usual after 15 minutes, an animation after 20; the late video still comes."""
    await play.start(**SLOW)
    await held(play, coffee, caption)
    play.pass_time(60 * minutes - 60)
    told = await play.chat.wait_for(lambda seen: bool(re.search(rf"{minutes - 1}:\d\d of about", seen.words)))
    play.pass_time(120)
    await play.chat.wait_for(lambda seen: seen.id == told.id and "longer than usual" in seen.words)
    next(iter(play.aiml.jobs.values())).finish()
    play.pass_time(300)
    await play.chat.wait_for(is_video)
