"""Buttons under an animation, and where its words come to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml import job_error
from storage import State
from tests.assertions import is_video, says
from tests.handlers.image_to_video import V2, WORDS, animated, asks_for_words, shows

if TYPE_CHECKING:
    from sandbox.telegram import MessageSnapshot
    from tests.bot_under_test import BotUnderTest


async def another(bot: BotUnderTest, first: MessageSnapshot) -> MessageSnapshot:
    """Wait for the second video."""
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    return await bot.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)


async def test_again(bot: BotUnderTest, ada: bytes) -> None:
    """Again makes the same video once more: the same words, options, length and model."""
    await bot.start()
    bot.chat.send_photo(ada, f"/animate {WORDS} 10s --no blur --cfg 0.7 --model v2")
    first = await bot.chat.wait_for(is_video)
    bot.chat.press(first.id, "🔁 Again")
    await another(bot, first)
    one, two = (submission.body for submission in bot.aiml.submissions)
    assert one == two
    assert (two["model"], two["duration"], two["negative_prompt"], two["cfg_scale"]) == (V2, 10, "blur", 0.7)


async def test_swap_photos(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Swap photos begins with the photo that the first video ended with."""
    await bot.start()
    bot.chat.send_album([ada, coffee], f"/animate {WORDS}")
    first = await bot.chat.wait_for(is_video)
    bot.chat.press(first.id, "↔️ Swap photos")
    await another(bot, first)
    assert shows(bot.aiml.submissions[1], coffee, ada)
    assert bot.aiml.submissions[1].body["prompt"] == WORDS


async def test_other_words(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Other words asks anew what should happen with the same photos; a double tap asks once."""
    await bot.start()
    bot.chat.send_album([ada, coffee], f"/animate {WORDS}")
    first = await bot.chat.wait_for(is_video)
    bot.chat.press(first.id, "✏️ Other words")
    bot.chat.press(first.id, "✏️ Other words")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text("they dance")
    await another(bot, first)
    assert bot.aiml.submissions[1].body["prompt"] == "they dance"
    assert shows(bot.aiml.submissions[1], ada, coffee)


async def test_another_effect(bot: BotUnderTest, ada: bytes) -> None:
    """Another effect takes an animation's photos to an effect, and an effect's to an animation."""
    await bot.start()
    bot.chat.send_photo(ada, f"/animate {WORDS}")
    first = await bot.chat.wait_for(is_video)
    bot.chat.press(first.id, "🎨 Another effect")
    offered = await bot.chat.wait_for(says("What shall I do"))
    bot.chat.press(offered.id, "🫳 Squish")
    second = await another(bot, first)
    assert bot.aiml.submissions[1].scene == "squish"
    bot.chat.press(second.id, "🎨 Another effect")
    offered = await bot.chat.wait_for(says("What shall I do"))
    bot.chat.press(offered.id, "🎬 Animation")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text("she waves")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 3)
    assert bot.aiml.submissions[2].body["prompt"] == "she waves"


async def answered(bot: BotUnderTest, query: str) -> None:
    """Wait until a callback query is answered."""
    await bot.telegram.wait(lambda telegram: query in telegram.callback_answers)


async def test_made_up_presses(bot: BotUnderTest, ada: bytes) -> None:
    """Data that no button sends makes no video: words for an effect that has none, a model that there is not."""
    await bot.start()
    bot.chat.send_photo(ada, "/squish")
    squish = await bot.chat.wait_for(is_video)
    job = await bot.until_state(State.DELIVERED)
    for data in (f"with:{job.id}:animate", f"reword:{job.id}", f"model:{job.id}:v2"):
        await answered(bot, bot.chat.press(squish.id, data=data))
    bot.chat.send_photo(ada, "/animate")
    question = await bot.chat.wait_for(asks_for_words)
    draft = str(question.buttons[0][0].data).partition(":")[2]
    await answered(bot, bot.chat.press(question.id, data=f"model:{draft}:v9"))
    assert len(await bot.jobs()) == 1


async def test_words_against_the_rules(bot: BotUnderTest, ada: bytes) -> None:
    """Words that the service's rules forbid are told as such, and other words for the same photo are a press away."""
    await bot.start()
    bot.chat.send_photo(ada, "/animate something forbidden")
    await bot.aiml.wait(lambda aiml: bool(aiml.jobs))
    (doomed,) = bot.aiml.jobs.values()
    doomed.fail(job_error("content_policy_violation", doomed.request, None))
    told = await bot.chat.wait_for(says("don't allow these words, or the photo"))
    assert "Nothing was charged" in told.text_or_caption
    bot.chat.press(told.id, "✏️ Other words")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text("she waves")
    await bot.chat.wait_for(is_video)
    assert bot.aiml.submissions[1].body["prompt"] == "she waves"


async def test_a_restart_between_any_two_steps(bot: BotUnderTest, ada: bytes) -> None:
    """The command, a photo, wrong words, the right ones, a tap, a restart between any two: one video comes of it."""
    await bot.start()
    bot.chat.send_text("/animate --model v2")
    await bot.chat.wait_for(says("send me the photo, and write"))
    await again(bot)
    bot.chat.send_photo(ada)
    await bot.chat.wait_for(asks_for_words)
    await again(bot)
    bot.chat.send_text(f"{WORDS} 7s")
    await bot.chat.wait_for(says("write 5s or 10s"))
    await again(bot)
    bot.chat.send_text("10s")
    shown = await bot.chat.wait_for(says("this is what I have now"))
    await again(bot)
    bot.chat.press(shown.id, "Run it now")
    submission = await animated(bot, ada)
    assert (submission.model, submission.duration) == (V2, 10)


async def again(bot: BotUnderTest) -> None:
    """Restart the bot."""
    await bot.stop()
    await bot.start()
