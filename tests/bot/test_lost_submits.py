"""Row 27: a lost submit is sent again only if its person says so, once, within the limits, and after one more look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, RespondWith
from storage import State
from tests.assertions import callback_answer, is_video, says

if TYPE_CHECKING:
    from sandbox.http.faults import Fault
    from sandbox.telegram import MessageSnapshot
    from tests.bot_under_test import BotUnderTest

SUBMIT, LOGS = "POST /v2/video/generations", "GET /v2/logs"
TRY_AGAIN, QUESTION = "🔁 Try again", "Shall I send them again?"
NOT_SHOWN, UNREAD = "its record doesn't show your photos", "I can't read its record"


async def asked(bot: BotUnderTest, photo: bytes, fault: Fault, **settings: str) -> MessageSnapshot:
    """Lose a submit to this fault, and return the question that its person is asked.

    Time passes in small steps, so that a press afterwards is none that may have waited for long.
    """
    bot.aiml.faults.add(SUBMIT, fault)
    await bot.start(in_doubt_minutes="1", **settings)
    bot.chat.send_photo(photo, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state in {State.IN_DOUBT, State.NEEDS_DECISION})
    await bot.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=20)
    return await bot.chat.wait_for(says(QUESTION))


async def test_row_27_sending_again_takes_a_place_of_the_day(bot: BotUnderTest, coffee: bytes) -> None:
    """With two videos a day, a lost one that is sent again uses up the second one."""
    question = await asked(bot, coffee, CloseBefore(), user_daily_limit="2")
    assert "counts as another video" in question.text
    bot.chat.press(question.id, TRY_AGAIN)
    await bot.until_state(State.DELIVERED)
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("in the last 24 hours"))
    assert len(await bot.jobs()) == 1


async def test_row_27_nobody_sends_again_beyond_the_limit(bot: BotUnderTest, coffee: bytes) -> None:
    """Whose videos of the day are used up reads so at Try again, and nothing is sent."""
    question = await asked(bot, coffee, CloseBefore(), user_daily_limit="1")
    pressed = bot.chat.press(question.id, TRY_AGAIN)
    assert "in the last 24 hours" in await callback_answer(bot, pressed)
    assert (await bot.job()).state is State.NEEDS_DECISION
    assert bot.aiml.submissions == []


async def test_row_27_words_tell_whether_the_record_was_read(bot: BotUnderTest, coffee: bytes) -> None:
    """A person whose submit could not be looked for reads that; once the record was read, they read what it shows."""
    rule = bot.aiml.faults.add(LOGS, RespondWith(503), times=FOREVER)
    question = await asked(bot, coffee, CloseBefore())
    assert UNREAD in question.text
    assert "Most likely" not in question.text
    rule.remove()
    await bot.until(lambda jobs: jobs[0].record_read, advancing=100)
    shown = await bot.chat.wait_for(says(NOT_SHOWN))
    assert shown.id == question.id


@pytest.mark.parametrize("trouble", [0, 3], ids=["at once", "after trouble"])
async def test_row_27_one_more_look_before_it_is_sent_again(bot: BotUnderTest, coffee: bytes, trouble: int) -> None:
    """The record shows the submit by the time the person presses: its video comes, and nothing is sent again."""
    bot.aiml.log_delay = 100_000
    question = await asked(bot, coffee, CloseAfter())
    assert NOT_SHOWN in question.text
    bot.aiml.log_delay = 0
    if trouble:
        bot.aiml.faults.add(LOGS, RespondWith(503), times=trouble)
    bot.chat.press(question.id, TRY_AGAIN)
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=5)
    assert len(bot.aiml.submissions) == len(bot.aiml.ledger) == 1


async def test_row_27_found_again_is_counted_once(bot: BotUnderTest, coffee: bytes) -> None:
    """A submit that was found after Try again was one video: the second one of the day is still free."""
    bot.aiml.log_delay = 100_000
    question = await asked(bot, coffee, CloseAfter(), user_daily_limit="2")
    bot.aiml.log_delay = 0
    bot.chat.press(question.id, TRY_AGAIN)
    await bot.until_state(State.DELIVERED)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)


async def test_row_27_a_record_that_stays_silent_does_not_overrule_the_person(bot: BotUnderTest, coffee: bytes) -> None:
    """The person decided, and the record can't be read: after a minute the photos are sent."""
    bot.aiml.faults.add(LOGS, RespondWith(503), times=FOREVER)
    question = await asked(bot, coffee, CloseBefore())
    bot.chat.press(question.id, TRY_AGAIN)
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=10)
    assert [sent.client_request_id for sent in bot.aiml.submissions] == [f"{(await bot.job()).id}.2"]


async def test_row_27_one_press_sends_once(bot: BotUnderTest, coffee: bytes) -> None:
    """A press that is handled again and again, since Telegram does not take its answer, sends the photos once."""
    question = await asked(bot, coffee, CloseBefore())
    bot.aiml.faults.add(SUBMIT, CloseBefore(), times=FOREVER)
    answers = bot.telegram.faults.add("answerCallbackQuery", RespondWith(500, {"ok": False}), times=FOREVER)
    bot.chat.press(question.id, TRY_AGAIN)
    await bot.until(lambda jobs: jobs[0].submits == 2 and jobs[0].state is State.NEEDS_DECISION, advancing=100)
    handled = answers.use_count
    await bot.until(lambda _: answers.use_count > handled or handled >= 3, advancing=100)
    answers.remove()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(says("/effects"))
    job = await bot.job()
    assert (job.submits, job.state) == (2, State.NEEDS_DECISION)


async def test_row_27_another_keys_record_proves_nothing(bot: BotUnderTest, coffee: bytes) -> None:
    """The key is changed before a lost submit is found: its silence proves nothing, and the old key finds the video."""
    silent = bot.aiml.faults.add(LOGS, RespondWith(503), times=FOREVER)
    bot.aiml.faults.add(SUBMIT, CloseAfter())
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].state is State.IN_DOUBT)
    await bot.stop()
    silent.remove()
    old, bot.aiml.key = bot.aiml.key, "another-sandbox-key"
    await bot.start()
    await bot.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=100)
    question = await bot.chat.wait_for(says(QUESTION))
    assert UNREAD in question.text
    await bot.stop()
    bot.aiml.key = old
    await bot.start()
    bot.advance(400)
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.submissions) == len(bot.aiml.ledger) == 1
