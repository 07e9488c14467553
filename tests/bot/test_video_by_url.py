"""Row 35: what Telegram can't fetch by its URL is uploaded, whatever words Telegram has for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, IncomingRequest, RespondWith
from storage import State
from tests.assertions import is_video

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

TIMEOUT = RespondWith(504, {"ok": False, "error_code": 504, "description": "Gateway Timeout"})


def by_url(incoming: IncomingRequest) -> bool:
    """Return True for an edit into a video that Telegram is to fetch."""
    return incoming.method == "editMessageMedia" and "http" in str(incoming.params["media"])


def refused(description: str) -> RespondWith:
    """Return Telegram's answer 400 with these words."""
    return RespondWith(400, {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"})


@pytest.mark.parametrize(
    "description", ["DOCUMENT_INVALID", "can't upload file by URL", "something that nobody has written down yet"]
)
async def test_row_35_a_refusal_of_the_url_leads_to_the_upload(
    bot: BotUnderTest, coffee: bytes, clip: bytes, description: str
) -> None:
    """Whatever Telegram says about a video's URL, the person gets the video at once."""
    await bot.start()
    bot.telegram.faults.add(by_url, refused(description), times=FOREVER)
    bot.chat.send_photo(coffee, "/squish")
    video = await bot.chat.wait_for(is_video)
    assert video.video == clip
    job = await bot.until_state(State.DELIVERED)
    assert (job.tries, job.rejections) == (0, 0)


async def test_row_35_two_calls_without_an_answer_lead_to_the_upload(
    bot: BotUnderTest, coffee: bytes, clip: bytes
) -> None:
    """A video that Telegram takes too long to fetch is uploaded at the third try, also after a restart."""
    await bot.start()
    rule = bot.telegram.faults.add(by_url, TIMEOUT, times=FOREVER)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].url_failures == 1)
    await bot.stop()
    await bot.start()
    (job,) = await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=2)
    assert (await bot.chat.wait_for(is_video)).video == clip
    assert (rule.use_count, job.url_failures, job.rejections) == (2, 2, 0)
