"""Inline mode: made-up result ids, Start pressed by others, messages that belong to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assertions import pop_up
from tests.handlers.inline.typing_person import becomes_video, choose, result, seen, sends_photos, typed

if TYPE_CHECKING:
    from sandbox.telegram import Person
    from tests.conftest import Play

NOT_YOURS, OVER = "Only the person who asked", "That's over"


async def begins(play: Play, by: Person | None = None) -> str:
    """What the Start button of this person's newest result sends."""
    _, answer = await typed(play, "squish", by)
    return str(result(answer, "Squish")["reply_markup"]["inline_keyboard"][0][0]["callback_data"])


async def test_another_persons_start(play: Play, coffee: bytes) -> None:
    """Start pressed by another person of the chat begins nothing, whosever data they send."""
    play.telegram.account.inline_feedback = False
    ben = play.telegram.person("Ben", picture=coffee)
    await play.start()
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    assert NOT_YOURS in await pop_up(play, play.telegram.press_inline(ben, message, "▶️ Start"))
    assert await play.jobs() == []
    assert "is being made" in seen(play, message).text
    play.telegram.press_inline(play.ada, message, "▶️ Start")
    await becomes_video(play, message)


async def test_anothers_message_is_not_taken_over(play: Play, coffee: bytes) -> None:
    """With inline feedback nobody puts a video of their own into another's message, done, refused or being made."""
    ben = play.telegram.person("Ben", picture=coffee)
    await play.start(user_daily_limit="1")
    await sends_photos(play, coffee)
    done = await choose(play, "Squish", "squish")
    await becomes_video(play, done)
    refused = await choose(play, "Squish", "squish")
    await play.telegram.wait(lambda telegram: "24 hours" in telegram.inline_messages[refused].text)
    for message in (done, refused):
        data = await begins(play, ben)
        assert NOT_YOURS in await pop_up(play, play.telegram.press_inline(ben, message, data=data))
    assert len(await play.jobs()) == 1


async def test_results_that_were_never_shown(play: Play, coffee: bytes) -> None:
    """Made-up ids of results, and another person's, begin nothing."""
    ben = play.telegram.person("Ben", picture=coffee)
    await play.start()
    await sends_photos(play, coffee)
    hers = (await begins(play)).removeprefix("begin:").partition(":")[0]
    ids = (f"{hers}:squish", "aaaaaaaaaa:squish", ":", "", "video:x", f"{hers}:hug:hug", "' OR 1=1 --:squish", "x" * 64)
    for number, forged in enumerate(ids):
        chosen = {"result_id": forged, "from": ben.user(), "query": "", "inline_message_id": f"AgAAA_forged_{number}"}
        play.telegram.push({"update_id": 880_000 + number, "chosen_inline_result": chosen})
    await typed(play, "hug", ben)
    assert await play.jobs() == []


@pytest.mark.parametrize("effect", ["hug", "nothing", "squish:squish", "' OR 1=1", ""])
async def test_start_with_another_effect(play: Play, coffee: bytes, effect: str) -> None:
    """Start with an effect that the photos are not enough for, or that there is none of, does nothing."""
    await play.start()
    await sends_photos(play, coffee)
    mine = (await begins(play)).rpartition(":")[0]
    play.telegram.account.inline_feedback = False
    message = await choose(play, "Squish", "squish")
    assert OVER in await pop_up(play, play.telegram.press_inline(play.ada, message, data=f"{mine}:{effect}"))
    assert await play.jobs() == []


async def test_start_in_a_chat_with_the_bot(play: Play, coffee: bytes) -> None:
    """Start's data sent from a message of the private chat does nothing: there is no message to turn into the video."""
    await play.start()
    await sends_photos(play, coffee)
    data = await begins(play)
    offer = await play.chat.wait_for(lambda one: "What shall I do" in one.text)
    assert OVER in await pop_up(play, play.chat.press(offer.id, data=data))
    assert await play.jobs() == []


async def test_anothers_video_is_not_shown(play: Play, coffee: bytes) -> None:
    """Whoever knows the id of another's video, or makes one up, is shown nothing."""
    await play.start()
    play.chat.photo(coffee, "/squish")
    (job,) = await play.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None)
    ben = play.telegram.person("Ben")
    for text in (f"#{job.id}", "#", "#' OR 1=1 --", f"#{'x' * 250}"):
        _, answer = await typed(play, text, ben)
        assert answer.results == []
