"""A person's own words: shown as they are, kept out of the log, and no way to spend what may not be spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml import ErrorShape, job_error
from sandbox.http.faults import RespondWith
from storage import State
from tests.assertions import is_video, says
from tests.security.assertions import SUBMIT, formats

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

EVIL = '<a href="https://evil.example/">win</a> &amp; </i></b><script> { $job }'


async def test_html_in_a_prompt_is_text(bot: BotUnderTest, coffee: bytes) -> None:
    """A prompt with HTML in it is quoted sign for sign in the status and the caption, and nothing of it is a link."""
    await bot.start()
    bot.chat.send_photo(coffee, f"/animate {EVIL}")
    video = await bot.chat.wait_for(is_video)
    assert EVIL in video.text_or_caption
    assert bot.aiml.submissions[0].body["prompt"] == EVIL
    for seen in bot.chat.history:
        assert "text_link" not in formats(seen)
    bot.chat.send_photo(coffee, f"/animate --x{EVIL}")
    told = await bot.chat.wait_for(says("I don't know the option"))
    assert "text_link" not in formats(told)


@pytest.mark.parametrize("when", ["refused", "failed"])
async def test_no_prompt_in_the_log(
    bot: BotUnderTest, coffee: bytes, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    """What a person wrote is in no line of the log, not even where the service repeats it in its reason."""
    prompt = "my neighbour at number seven dances in the rain"
    if when == "refused":
        bot.aiml.faults.add(SUBMIT, RespondWith(422, {"message": f"The text '{prompt}' was flagged."}))
    await bot.start(log_level="INFO", poll_interval="0.2")
    caplog.set_level("INFO")
    bot.chat.send_photo(coffee, f"/animate {prompt}")
    if when == "failed":
        await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
        (job,) = bot.aiml.jobs.values()
        error = job_error("content_policy_violation", job.request, None, ErrorShape.NAMED)
        job.fail(error | {"message": f"The text '{prompt}' was flagged."})
    await bot.until_state(State.FAILED)
    await bot.chat.wait_for(says("don't allow these words"))
    assert "failed job=" in caplog.text
    assert prompt not in caplog.text


@pytest.mark.parametrize("cut", [120, 2000], ids=["cut short", "whole"])
async def test_row_60_no_part_of_a_long_prompt_in_the_log(
    bot: BotUnderTest, coffee: bytes, caplog: pytest.LogCaptureFixture, cut: int
) -> None:
    """A long prompt that the service quotes whole or cut short, in other spaces, is in no line of the log."""
    prompt = "my neighbour at number seven dances in the rain and " * 40
    bot.aiml.faults.add(SUBMIT, RespondWith(422, {"message": f"Flagged: '{prompt.replace(' ', '  ')[:cut]}…'"}))
    await bot.start(log_level="INFO", poll_interval="0.2")
    caplog.set_level("INFO")
    bot.chat.send_photo(coffee, f"/animate {prompt.strip()}")
    await bot.until_state(State.FAILED)
    assert "failed job=" in caplog.text
    for part in ("neighbour", "seven", "dances"):
        assert part not in caplog.text
