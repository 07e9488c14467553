"""Inline mode: made-up result ids, Start pressed by others, messages that belong to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assertions import callback_answer
from tests.handlers.inline.inline_chat import becomes_video, choose, result, send_photos, snapshot, type_query

if TYPE_CHECKING:
    from sandbox.telegram import Person
    from tests.bot_under_test import BotUnderTest

NOT_YOURS, OVER = "Only the person who asked", "That's over"


async def begins(bot: BotUnderTest, by: Person | None = None) -> str:
    """Return the callback data of the Start button of this person's newest result."""
    _, answer = await type_query(bot, "squish", by)
    return str(result(answer, "Squish")["reply_markup"]["inline_keyboard"][0][0]["callback_data"])


async def test_another_persons_start(bot: BotUnderTest, coffee: bytes) -> None:
    """Start pressed by another person of the chat begins nothing, whosever data they send."""
    bot.telegram.account.inline_feedback = False
    ben = bot.telegram.add_person("Ben", profile_photo=coffee)
    await bot.start()
    await send_photos(bot, coffee)
    message = await choose(bot, "Squish", "squish")
    assert NOT_YOURS in await callback_answer(bot, bot.telegram.press_inline(ben, message, "▶️ Start"))
    assert await bot.jobs() == []
    assert "is being made" in snapshot(bot, message).text
    bot.telegram.press_inline(bot.ada, message, "▶️ Start")
    await becomes_video(bot, message)


async def test_anothers_message_is_not_taken_over(bot: BotUnderTest, coffee: bytes) -> None:
    """With inline feedback nobody puts a video of their own into another's message, done, refused or being made."""
    ben = bot.telegram.add_person("Ben", profile_photo=coffee)
    await bot.start(user_daily_limit="1")
    await send_photos(bot, coffee)
    done = await choose(bot, "Squish", "squish")
    await becomes_video(bot, done)
    refused = await choose(bot, "Squish", "squish")
    await bot.telegram.wait(lambda telegram: "24 hours" in telegram.inline_messages[refused].text)
    for message in (done, refused):
        data = await begins(bot, ben)
        assert NOT_YOURS in await callback_answer(bot, bot.telegram.press_inline(ben, message, data=data))
    assert len(await bot.jobs()) == 1


async def test_results_that_were_never_shown(bot: BotUnderTest, coffee: bytes) -> None:
    """Made-up ids of results, and another person's, begin nothing."""
    ben = bot.telegram.add_person("Ben", profile_photo=coffee)
    await bot.start()
    await send_photos(bot, coffee)
    hers = (await begins(bot)).removeprefix("begin:").partition(":")[0]
    ids = (f"{hers}:squish", "aaaaaaaaaa:squish", ":", "", "video:x", f"{hers}:hug:hug", "' OR 1=1 --:squish", "x" * 64)
    for number, forged in enumerate(ids):
        chosen = {"result_id": forged, "from": ben.user(), "query": "", "inline_message_id": f"AgAAA_forged_{number}"}
        bot.telegram.push_update({"update_id": 880_000 + number, "chosen_inline_result": chosen})
    await type_query(bot, "hug", ben)
    assert await bot.jobs() == []


@pytest.mark.parametrize("effect", ["hug", "nothing", "squish:squish", "' OR 1=1", ""])
async def test_start_with_another_effect(bot: BotUnderTest, coffee: bytes, effect: str) -> None:
    """Start with an effect that the photos are not enough for, or that there is none of, does nothing."""
    await bot.start()
    await send_photos(bot, coffee)
    mine = (await begins(bot)).rpartition(":")[0]
    bot.telegram.account.inline_feedback = False
    message = await choose(bot, "Squish", "squish")
    assert OVER in await callback_answer(bot, bot.telegram.press_inline(bot.ada, message, data=f"{mine}:{effect}"))
    assert await bot.jobs() == []


async def test_start_in_a_chat_with_the_bot(bot: BotUnderTest, coffee: bytes) -> None:
    """Start's data sent from a message of the private chat does nothing: there is no message to turn into the video."""
    await bot.start()
    await send_photos(bot, coffee)
    data = await begins(bot)
    offer = await bot.chat.wait_for(lambda one: "What shall I do" in one.text)
    assert OVER in await callback_answer(bot, bot.chat.press(offer.id, data=data))
    assert await bot.jobs() == []


async def test_anothers_video_is_not_shown(bot: BotUnderTest, coffee: bytes) -> None:
    """Whoever knows the id of another's video, or makes one up, is shown nothing."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    (job,) = await bot.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None)
    ben = bot.telegram.add_person("Ben")
    for text in (f"#{job.id}", "#", "#' OR 1=1 --", f"#{'x' * 250}"):
        _, answer = await type_query(bot, text, ben)
        assert answer.results == []
