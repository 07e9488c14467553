"""Row 34: a paid video that can't be delivered is kept, tried again and offered, whatever the trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.pacing import DAY_S
from sandbox.http.faults import FOREVER, CloseBefore, RespondWith
from storage import State
from tests.assertions import callback_answer, is_video, labels, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.http.faults import Fault
    from sandbox.telegram import MessageSnapshot
    from storage import Job
    from tests.bot_under_test import BotUnderTest

DOWN = RespondWith(502, body=b"<html>Bad Gateway</html>")
PROXY = RespondWith(403, body=b"<html>bot was blocked by the firewall</html>")
FILE = "GET /files"
BRING = "📥 Send it here"


async def blocked(bot: BotUnderTest, photo: bytes) -> Job:
    """Let Ada block the bot while her video is made; return the job, which is undeliverable."""
    await bot.start()
    bot.chat.send_photo(photo, "/squish")
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    (job,) = bot.aiml.jobs.values()
    job.hold()
    await bot.chat.wait_for(says("being made"))
    bot.telegram.block(bot.ada)
    job.finish()
    return await bot.until_state(State.UNDELIVERABLE)


async def give_up(bot: BotUnderTest, photo: bytes) -> MessageSnapshot:
    """Let the video's address fail until the bot gives up; return the status message."""
    bot.aiml.faults.add(FILE, RespondWith(404, body=b"gone"), times=FOREVER)
    bot.chat.send_photo(photo, "/squish")
    await bot.until(bool)
    await bot.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, advancing=100)
    return await bot.chat.wait_for(lambda seen: BRING in labels(seen))


@pytest.mark.parametrize(
    ("where", "answers"),
    [
        ("telegram", [DOWN]),
        ("telegram", [PROXY]),
        ("telegram", [CloseBefore()]),
        ("service", [RespondWith(503, body=b"")]),
    ],
    ids=["502", "a proxy", "closed", "the host of the videos"],
)
async def test_row_34_trouble_of_transport_is_waited_for(
    bot: BotUnderTest, coffee: bytes, where: str, answers: Sequence[Fault]
) -> None:
    """After an hour without Telegram, or without the host of the videos, the video comes, and was paid for once."""
    await bot.start()
    faults = bot.telegram.faults if where == "telegram" else bot.aiml.faults
    rule = faults.add("editMessageMedia" if where == "telegram" else FILE, *answers, times=FOREVER)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    (job,) = await bot.until(lambda jobs: jobs[0].tries >= 13, advancing=400)
    assert job.state in {State.READY, State.DELIVERING}
    assert job.rejections == 0
    await bot.chat.wait_for(says("I keep trying by myself"))
    rule.remove()
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=400)
    assert sum(is_video(seen) for seen in bot.chat.messages) == 1
    assert len(bot.aiml.ledger) == 1


async def test_row_34_after_a_month_a_button_is_left(bot: BotUnderTest, coffee: bytes) -> None:
    """When no service keeps the video any more, the message says so, and a press tries once more."""
    await bot.start()
    rule = bot.telegram.faults.add("editMessageMedia", DOWN, times=FOREVER)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    await bot.until(lambda jobs: jobs[0].tries >= 3, advancing=5)
    bot.advance(31 * DAY_S)
    await bot.until_state(State.UNDELIVERABLE)
    told = await bot.chat.wait_for(says("for a month"))
    rule.remove()
    query = bot.chat.press(told.id, BRING)
    assert await callback_answer(bot, query) == "It's on its way."
    video = await bot.chat.wait_for(is_video)
    assert video.id == told.id
    await bot.until_state(State.DELIVERED)


async def test_row_34_a_video_that_nobody_could_fetch_is_offered(bot: BotUnderTest, coffee: bytes) -> None:
    """What the service would not give stays under a button, /start and /status, and comes once the service gives it."""
    await bot.start()
    told = await give_up(bot, coffee)
    assert "couldn't fetch it" in told.text
    bot.chat.send_text("/status")
    offered = await bot.chat.wait_for(says("has not reached you"))
    bot.aiml.faults.clear()
    query = bot.chat.press(offered.id, labels(offered)[0])
    await callback_answer(bot, query)
    video = await bot.chat.wait_for(is_video)
    assert video.id not in {told.id, offered.id}
    await bot.until_state(State.DELIVERED)
    assert await callback_answer(bot, bot.chat.press(offered.id, labels(offered)[0])) == (
        "You have fetched that video already: it is in this chat, further up."
    )


async def test_row_34_start_offers_what_was_not_delivered(bot: BotUnderTest, coffee: bytes) -> None:
    """/start offers a video that could not be delivered, to its owner alone."""
    await bot.start()
    await give_up(bot, coffee)
    bot.chat.send_text("/start")
    await bot.chat.wait_for(says("has not reached you"))
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    bob.send_text("/status")
    await bob.wait_for(says("None yet"))
    assert not any("has not reached you" in seen.text for seen in bob.messages)


async def test_row_34_what_telegram_refuses_is_given_as_a_link(bot: BotUnderTest, coffee: bytes) -> None:
    """A video that Telegram takes in no way is not blamed on the service: it can be opened, and tried again."""
    await bot.start()
    refusal = {"ok": False, "error_code": 400, "description": "Bad Request: VIDEO_FILE_INVALID"}
    bot.telegram.faults.add("editMessageMedia", RespondWith(400, refusal), times=FOREVER)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    await bot.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, advancing=100)
    told = await bot.chat.wait_for(says("Telegram doesn't take it"))
    assert labels(told) == ["Open the video", BRING]
    assert told.buttons[0][0].url == (await bot.job()).video_url


async def test_row_40_unblocking_brings_the_video(bot: BotUnderTest, coffee: bytes) -> None:
    """Whoever blocked the bot while a video was made gets it when they unblock the bot."""
    await blocked(bot, coffee)
    bot.telegram.unblock(bot.ada)
    await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)


async def test_row_34_only_the_owner_fetches(bot: BotUnderTest, coffee: bytes) -> None:
    """Nobody else gets the video by pressing, and neither does its owner in a chat that it was not meant for."""
    job = await blocked(bot, coffee)
    group = bot.telegram.add_group("Friends", [bot.ada])
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    bob.send_text("/start")
    answer = await bob.wait_for(lambda seen: bool(seen.buttons))
    query = bob.press(answer.id, data=f"fetch:{job.id}")
    assert await callback_answer(bot, query) == "Only the person who asked for this can press here."
    group.send_text("/help@kling_sandbox_bot", by=bot.ada)
    group.send_text("/effects@kling_sandbox_bot", by=bot.ada)
    answer = await group.wait_for(lambda seen: bool(seen.buttons))
    query = group.press(answer.id, by=bot.ada, data=f"fetch:{job.id}")
    assert "That's over" in await callback_answer(bot, query)
    assert (await bot.job()).state is State.UNDELIVERABLE
