"""Row 40: what can be shown nowhere is not paid for, and where a video may not be shown, a message says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, RespondWith
from storage import State
from tests.assertions import is_video, labels, says

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

MENTION = "@kling_sandbox_bot"
GET_IT = "Get it in our private chat"


def refused(description: str, code: int = 400) -> RespondWith:
    """Return Telegram's refusal in these words."""
    return RespondWith(code, {"ok": False, "error_code": code, "description": description})


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (400, "Bad Request: not enough rights to send videos to the chat"),
        (400, "Bad Request: not enough rights to send animations to the chat"),
        (400, "Bad Request: CHAT_SEND_GIFS_FORBIDDEN"),
        (400, "Bad Request: CHAT_SEND_DOCS_FORBIDDEN"),
        (403, "Forbidden: CHAT_SEND_VIDEOS_FORBIDDEN"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (400, "Bad Request: CHAT_RESTRICTED"),
        (400, "Bad Request: USER_RESTRICTED"),
        (403, "Forbidden: anything else"),
    ],
)
async def test_row_40_a_message_says_that_the_video_may_not_be_shown(
    bot: BotUnderTest, coffee: bytes, code: int, description: str
) -> None:
    """Whichever right is missing, the group reads that the video is ready, with a button for the private chat."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    bot.telegram.faults.add(
        lambda request: request.method == "editMessageMedia" and request.params["chat_id"] == group.id,
        refused(description, code),
        times=FOREVER,
    )
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    told = await group.wait_for(lambda seen: labels(seen) == [GET_IT])
    assert "is ready, but I may not send" in told.text
    link = told.buttons[0][0].url or ""
    bot.chat.send_text(f"/start {link.rsplit('=', 1)[1]}")
    await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    assert sum(is_video(seen) for seen in bot.chat.messages) == 1


async def test_row_40_muted_in_a_group(bot: BotUnderTest, coffee: bytes) -> None:
    """Where the bot may not write in a group, the person reads in private where the video will come, and it comes."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    bot.telegram.forbid(group, "text messages")
    bot.aiml.concurrency = 0
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await bot.chat.wait_for(says("so the video comes here"))
    bot.aiml.concurrency = None
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=30)
    await bot.chat.wait_for(is_video)
    assert not [seen for seen in group.messages if seen.sender == "bot"]
    assert len(bot.aiml.ledger) == 1


async def test_row_40_a_topic_that_was_closed(bot: BotUnderTest, coffee: bytes) -> None:
    """Asked for in a topic that is closed before the bot can answer, the video comes in private."""
    group = bot.telegram.add_group("Forum", [bot.ada], topics=True)
    topic = bot.telegram.add_topic(group, "Videos", bot.ada)
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada, thread_id=topic)
    bot.telegram.close_topic(group, topic)
    await bot.start()
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


async def test_row_40_what_can_be_shown_nowhere_is_not_paid_for(bot: BotUnderTest, coffee: bytes) -> None:
    """Muted in the group, and never started by the person: nothing is sent to the service, and others are served."""
    bob = bot.telegram.add_person("Bob")
    group = bot.telegram.add_group("Friends", [bot.ada, bob])
    bot.telegram.forbid(group, "text messages")
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=bob)
    job = await bot.until_state(State.FAILED)
    assert (job.reason, job.submits) == ("nowhere", 0)
    assert bot.aiml.ledger == []
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


async def test_row_40_blocked_before_the_submit(bot: BotUnderTest, coffee: bytes) -> None:
    """Whoever blocks the bot right after asking pays for nothing that they would not see."""
    bot.chat.send_photo(coffee, "/squish")
    bot.telegram.block(bot.ada)
    await bot.start()
    await bot.until_state(State.FAILED)
    assert bot.aiml.ledger == []


async def test_row_40_nothing_is_paid_before_it_is_shown(bot: BotUnderTest, coffee: bytes) -> None:
    """While Telegram takes no messages, the job waits, unpaid; then it is shown and made."""
    rule = bot.telegram.faults.add("sendMessage", RespondWith(502), times=FOREVER)
    bot.chat.send_photo(coffee, "/squish")
    await bot.start()
    await bot.until(bool)
    await bot.telegram.wait(lambda _: rule.use_count >= 3)
    assert bot.aiml.ledger == []
    assert (await bot.job()).state is State.QUEUED
    rule.remove()
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=5)
    await bot.chat.wait_for(is_video)
