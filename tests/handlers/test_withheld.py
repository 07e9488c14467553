"""Row 33: what may be paid for is thrown away by nobody. "Don't post it" asks once, and the video is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.aiml.job_errors import job_error
from sandbox.http.faults import FOREVER, CloseAfter, RespondWith
from storage import State
from tests.assertions import callback_answer, is_video, labels, says
from tests.handlers.inline import inline_chat

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot
    from tests.bot_under_test import BotUnderTest

POST = "POST /v2/video/generations"
QUESTION = "Shall I post it here when it is done?"
NO, YES = "Don't post it", "Post it"


async def being_made(bot: BotUnderTest, photo: bytes, chat: Chat | None = None) -> MessageSnapshot:
    """Ask for a video that stays at the service until `let_go`, and return its status message."""
    room = chat or bot.chat
    room.send_photo(photo, "/squish" if chat is None else "/squish@kling_sandbox_bot", by=bot.ada if chat else None)
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    for job in bot.aiml.jobs.values():
        job.hold()
    return await room.wait_for(says("being made"))


def let_go(bot: BotUnderTest) -> None:
    """Let the service finish its jobs."""
    for job in bot.aiml.jobs.values():
        job.finish()


async def fetch(bot: BotUnderTest) -> MessageSnapshot:
    """Press the button under the answer to /status, and return the video."""
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("made, not posted"))
    offer = await bot.chat.wait_for(says("has not reached you"))
    bot.chat.press(offer.id, labels(offer)[0])
    return await bot.chat.wait_for(is_video)


async def test_row_33_it_asks_once_and_keeps_the_video(bot: BotUnderTest, coffee: bytes) -> None:
    """A person who doesn't want a video posted reads that it is paid for, confirms that, and finds it in /status."""
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee)
    assert labels(card) == [NO]
    assert "It is paid for already" in await callback_answer(bot, bot.chat.press(card.id, NO))
    question = await bot.chat.wait_for(says(QUESTION))
    assert (question.id, labels(question)) == (card.id, [YES, NO])
    assert "/status has it" in await callback_answer(bot, bot.chat.press(card.id, NO))
    await bot.chat.wait_for(says("I won't post it"))
    let_go(bot)
    kept = await bot.chat.wait_for(says("made, and not posted"))
    assert kept.id == card.id
    assert not any(is_video(seen) for seen in bot.chat.history)
    await fetch(bot)
    assert (await bot.job()).state in {State.DELIVERING, State.DELIVERED}
    assert len(bot.aiml.ledger) == 1


async def test_row_33_a_video_that_is_made_before_the_answer(bot: BotUnderTest, coffee: bytes) -> None:
    """A video that is done while its person is being asked waits for the answer; Post it posts it in its place."""
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee)
    bot.chat.press(card.id, NO)
    await bot.chat.wait_for(says(QUESTION))
    let_go(bot)
    await bot.chat.wait_for(says("made and paid for. Shall I post it here?"))
    assert not any(is_video(seen) for seen in bot.chat.history)
    bot.chat.press(card.id, YES)
    video = await bot.chat.wait_for(is_video)
    assert video.id == card.id
    await bot.until_state(State.DELIVERED)


async def test_row_33_posted_after_all(bot: BotUnderTest, coffee: bytes) -> None:
    """Whoever changes their mind while the video is made gets it as if nothing had been."""
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee)
    bot.chat.press(card.id, NO)
    await bot.chat.wait_for(says(QUESTION))
    bot.chat.press(card.id, NO)
    await bot.chat.wait_for(says("I won't post it"))
    bot.chat.press(card.id, YES)
    await bot.chat.wait_for(says("being made"))
    let_go(bot)
    await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)


async def test_row_33_the_command_asks_too(bot: BotUnderTest, coffee: bytes) -> None:
    """/cancel asks the same question, and its buttons answer it."""
    await bot.start(poll_interval="0.2")
    await being_made(bot, coffee)
    bot.chat.send_text("/cancel")
    asked = await bot.chat.wait_for(says("It is paid for already, and the video service can't be stopped."))
    bot.chat.press(asked.id, NO)
    await bot.chat.wait_for(says("I won't post it"))
    let_go(bot)
    await bot.chat.wait_for(says("made, and not posted"))
    assert not any(is_video(seen) for seen in bot.chat.history)


async def test_row_33_in_doubt(bot: BotUnderTest, coffee: bytes) -> None:
    """A submit whose answer was lost may be paid for: it is looked for on and on, nobody is asked, and it is kept."""
    bot.aiml.faults.add(POST, CloseAfter())
    bot.aiml.faults.add("GET /v2/logs", RespondWith(502, body=b"Bad Gateway"), times=FOREVER)
    await bot.start(poll_interval="0.2")
    bot.chat.send_photo(coffee, "/squish")
    card = await bot.chat.wait_for(says("didn't answer clearly"))
    assert "It may be paid for already" in await callback_answer(bot, bot.chat.press(card.id, NO))
    await bot.chat.wait_for(says(QUESTION))
    bot.chat.press(card.id, NO)
    await bot.chat.wait_for(says("I won't post it. It may be paid for already"))
    await bot.until(lambda jobs: jobs[0].state is State.NEEDS_DECISION, advancing=100)
    assert not any("Shall I send them again?" in seen.text for seen in bot.chat.history)
    bot.aiml.faults.clear()
    await bot.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, advancing=100)
    await fetch(bot)
    assert len(bot.aiml.ledger) == 1


async def test_row_33_what_fails_after_all_is_free(bot: BotUnderTest, coffee: bytes) -> None:
    """A video that nobody wants posted and that fails at the service has cost nothing, and the person reads so."""
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee)
    bot.chat.press(card.id, NO)
    await bot.chat.wait_for(says(QUESTION))
    for job in bot.aiml.jobs.values():
        job.fail(job_error("face_detection_error", job.request, 0))
    await bot.chat.wait_for(says("cancelled. Nothing was charged"))
    await bot.until_state(State.CANCELLED)


async def test_row_33_made_and_not_shown_yet(bot: BotUnderTest, coffee: bytes) -> None:
    """A video that is made, and waits for Telegram, is not thrown away by a late Cancel: it is asked about and kept."""
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee)
    limit = RespondWith(429, {"ok": False, "error_code": 429, "parameters": {"retry_after": 60}})
    bot.telegram.faults.add("editMessageMedia", limit, times=FOREVER)
    let_go(bot)
    await bot.until(lambda jobs: jobs[0].state is State.READY and jobs[0].due_at > bot.clock() + 30)
    assert "It is made and paid for." in await callback_answer(bot, bot.chat.press(card.id, NO))
    bot.telegram.faults.clear()
    await bot.until_state(State.UNDELIVERABLE)
    bot.advance(61)
    await bot.chat.wait_for(says("Shall I post it here?"))
    assert not any(is_video(seen) for seen in bot.chat.messages)
    bot.chat.press(card.id, NO)
    await bot.chat.wait_for(says("made, and not posted"))
    await fetch(bot)


@pytest.mark.parametrize("first", ["cancel", "withhold"])
async def test_row_33_an_old_button(bot: BotUnderTest, coffee: bytes, first: str) -> None:
    """A button from before, or one pressed twice in a hurry, asks first, too."""
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee)
    job = await bot.job()
    for _ in range(2):
        bot.chat.press(card.id, data=f"{first if _ == 0 else 'cancel'}:{job.id}")
    await bot.chat.wait_for(says(QUESTION))
    assert not (await bot.job()).cancel_confirmed


async def test_row_33_an_admins_word_in_a_group(bot: BotUnderTest, coffee: bytes) -> None:
    """What a group's admin doesn't want there is not posted by its owner, who gets it in their private chat."""
    bob = bot.telegram.add_person("Bob", language_code="en")
    group = bot.telegram.add_group("Friends", [bob, bot.ada])
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee, group)
    group.press(card.id, NO, by=bob)
    await group.wait_for(says(QUESTION))
    group.press(card.id, NO, by=bob)
    await group.wait_for(says("I won't post it"))
    assert "An admin" in await callback_answer(bot, group.press(card.id, YES, by=bot.ada))
    let_go(bot)
    await group.wait_for(says("made, and not posted"))
    assert "An admin" in await callback_answer(bot, group.press(card.id, YES, by=bot.ada))
    await fetch(bot)
    assert not any(is_video(seen) for seen in group.history)


async def test_row_33_fetched_in_private(bot: BotUnderTest, coffee: bytes) -> None:
    """Who has fetched a video in private reads so at "Post it" under the old message in the group, and it stays so."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    await bot.start(poll_interval="0.2")
    card = await being_made(bot, coffee, group)
    group.press(card.id, NO, by=bot.ada)
    await group.wait_for(says(QUESTION))
    group.press(card.id, NO, by=bot.ada)
    await group.wait_for(says("I won't post it"))
    let_go(bot)
    kept = await group.wait_for(says("made, and not posted"))
    await fetch(bot)
    await bot.until_state(State.DELIVERED)
    assert "in our private chat" in await callback_answer(bot, group.press(kept.id, YES, by=bot.ada))
    assert not any(is_video(seen) for seen in group.history)


@pytest.mark.parametrize("word", [YES, NO])
async def test_row_33_an_inline_message(bot: BotUnderTest, coffee: bytes, word: str) -> None:
    """A video chosen inline is asked about, too: it is posted there after all, or kept and offered by /status."""
    await bot.start(poll_interval="0.2")
    await inline_chat.send_photos(bot, coffee)
    message = await inline_chat.choose(bot, "Squish", "squish")
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    for job in bot.aiml.jobs.values():
        job.hold()
    await bot.until_state(State.GENERATING)
    await inline_chat.says(bot, message, "being made")
    bot.telegram.press_inline(bot.ada, message, NO)
    await inline_chat.says(bot, message, QUESTION)
    bot.telegram.press_inline(bot.ada, message, word)
    if word == NO:
        await inline_chat.says(bot, message, "I won't post it")
        let_go(bot)
        await inline_chat.says(bot, message, "made, and not posted")
        assert await fetch(bot)
    else:
        await inline_chat.says(bot, message, "being made")
        let_go(bot)
        await inline_chat.becomes_video(bot, message)
    assert len(bot.aiml.ledger) == 1
