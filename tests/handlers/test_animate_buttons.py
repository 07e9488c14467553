"""Buttons under an animation, and where its words come to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.aiml import job_error
from storage import State
from tests.assertions import is_video, says
from tests.handlers.animations import V2, WORDS, animated, asks_for_words, shows

if TYPE_CHECKING:
    from sandbox.telegram import Seen
    from tests.conftest import Play


async def another(play: Play, first: Seen) -> Seen:
    """The second video, delivered."""
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    return await play.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)


async def test_again(play: Play, ada: bytes) -> None:
    """Again makes the same video once more: the same words, options, length and model."""
    await play.start()
    play.chat.photo(ada, f"/animate {WORDS} 10s --no blur --cfg 0.7 --model v2")
    first = await play.chat.wait_for(is_video)
    play.chat.press(first.id, "🔁 Again")
    await another(play, first)
    one, two = (submission.body for submission in play.aiml.submissions)
    assert one == two
    assert (two["model"], two["duration"], two["negative_prompt"], two["cfg_scale"]) == (V2, 10, "blur", 0.7)


async def test_swap_photos(play: Play, ada: bytes, coffee: bytes) -> None:
    """Swap photos begins with the photo that the first video ended with."""
    await play.start()
    play.chat.album([ada, coffee], f"/animate {WORDS}")
    first = await play.chat.wait_for(is_video)
    play.chat.press(first.id, "↔️ Swap photos")
    await another(play, first)
    assert shows(play.aiml.submissions[1], coffee, ada)
    assert play.aiml.submissions[1].body["prompt"] == WORDS


async def test_other_words(play: Play, ada: bytes, coffee: bytes) -> None:
    """Other words asks anew what should happen with the same photos; a double tap asks once."""
    await play.start()
    play.chat.album([ada, coffee], f"/animate {WORDS}")
    first = await play.chat.wait_for(is_video)
    play.chat.press(first.id, "✏️ Other words")
    play.chat.press(first.id, "✏️ Other words")
    await play.chat.wait_for(asks_for_words)
    play.chat.say("they dance")
    await another(play, first)
    assert play.aiml.submissions[1].body["prompt"] == "they dance"
    assert shows(play.aiml.submissions[1], ada, coffee)


async def test_another_effect(play: Play, ada: bytes) -> None:
    """Another effect takes an animation's photos to an effect, and an effect's to an animation."""
    await play.start()
    play.chat.photo(ada, f"/animate {WORDS}")
    first = await play.chat.wait_for(is_video)
    play.chat.press(first.id, "🎨 Another effect")
    offered = await play.chat.wait_for(says("What shall I do"))
    play.chat.press(offered.id, "🫳 Squish")
    second = await another(play, first)
    assert play.aiml.submissions[1].scene == "squish"
    play.chat.press(second.id, "🎨 Another effect")
    offered = await play.chat.wait_for(says("What shall I do"))
    play.chat.press(offered.id, "🎬 Animation")
    await play.chat.wait_for(asks_for_words)
    play.chat.say("she waves")
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 3)
    assert play.aiml.submissions[2].body["prompt"] == "she waves"


async def answered(play: Play, query: str) -> None:
    """Wait until a press was answered."""
    await play.telegram.wait(lambda telegram: query in telegram.callback_answers)


async def test_made_up_presses(play: Play, ada: bytes) -> None:
    """Data that no button sends makes no video: words for an effect that has none, a model that there is not."""
    await play.start()
    play.chat.photo(ada, "/squish")
    squish = await play.chat.wait_for(is_video)
    job = await play.until_state(State.DELIVERED)
    for data in (f"with:{job.id}:animate", f"reword:{job.id}", f"model:{job.id}:v2"):
        await answered(play, play.chat.press(squish.id, data=data))
    play.chat.photo(ada, "/animate")
    question = await play.chat.wait_for(asks_for_words)
    draft = str(question.buttons[0][0].data).partition(":")[2]
    await answered(play, play.chat.press(question.id, data=f"model:{draft}:v9"))
    assert len(await play.jobs()) == 1


async def test_words_against_the_rules(play: Play, ada: bytes) -> None:
    """Words that the service's rules forbid are told as such, and other words for the same photo are a press away."""
    await play.start()
    play.chat.photo(ada, "/animate something forbidden")
    await play.aiml.wait(lambda aiml: bool(aiml.jobs))
    (doomed,) = play.aiml.jobs.values()
    doomed.fail(job_error("content_policy_violation", doomed.request, None))
    told = await play.chat.wait_for(says("don't allow these words, or the photo"))
    assert "Nothing was charged" in told.words
    play.chat.press(told.id, "✏️ Other words")
    await play.chat.wait_for(asks_for_words)
    play.chat.say("she waves")
    await play.chat.wait_for(is_video)
    assert play.aiml.submissions[1].body["prompt"] == "she waves"


async def test_a_restart_between_any_two_steps(play: Play, ada: bytes) -> None:
    """The command, a restart, a photo, a restart, wrong words, a restart, the right ones: one video comes of it."""
    await play.start()
    play.chat.say("/animate --model v2")
    await play.chat.wait_for(says("send me the photo, and write"))
    await again(play)
    play.chat.photo(ada)
    await play.chat.wait_for(asks_for_words)
    await again(play)
    play.chat.say(f"{WORDS} 7s")
    await play.chat.wait_for(says("write 5s or 10s"))
    await again(play)
    play.chat.say("10s")
    submission = await animated(play, ada)
    assert (submission.model, submission.duration) == (V2, 10)


async def again(play: Play) -> None:
    """Stop the bot and start it."""
    await play.stop()
    await play.start()
