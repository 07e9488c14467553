"""Buttons, /status, /cancel and /start, as a person meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.assertions import is_video, pop_up, says
from tests.handlers.private_sights import finished

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.conftest import Play


async def test_again(play: Play, coffee: bytes) -> None:
    """Again makes the same video once more, as an answer to the first; a double tap makes one, not two."""
    await play.start()
    first = await finished(play, coffee)
    one = play.chat.press(first.id, "🔁 Again")
    two = play.chat.press(first.id, "🔁 Again")
    again = await play.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert again.reply_to == first.id
    assert "in the queue" in await pop_up(play, one)
    assert "already being made" in await pop_up(play, two)
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)


async def test_swap_sides(play: Play, ada: bytes, ben: bytes) -> None:
    """Swap sides makes a two-photo video with the other one on the left."""
    await play.start()
    play.chat.album([ada, ben], "/hug")
    first = await play.chat.wait_for(is_video)
    play.chat.press(first.id, "↔️ Swap sides")
    await play.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    before, after = play.aiml.submissions
    assert list(after.photos) == list(reversed(before.photos))


async def test_another_effect(play: Play, coffee: bytes) -> None:
    """Another effect offers the effects for the same photo, and the choice makes the video."""
    await play.start()
    first = await finished(play, coffee)
    play.chat.press(first.id, "🎨 Another effect")
    offered = await play.chat.wait_for(says("What shall I do"))
    play.chat.press(offered.id, "🎈 Inflate")
    second = await play.chat.wait_for(lambda seen: is_video(seen) and seen.id != first.id)
    assert second.id == offered.id
    assert play.aiml.submissions[1].scene == "expansion"


async def test_only_the_owner_may_press(play: Play, group: Chat, bob: Person, coffee: bytes) -> None:
    """In a group another person's press changes nothing and says so."""
    await play.start()
    group.photo(coffee, "/squish@kling_sandbox_bot", by=play.ada)
    video = await group.wait_for(is_video)
    answer = await pop_up(play, group.press(video.id, "🔁 Again", by=bob))
    assert "Only the person who asked" in answer
    assert len(await play.jobs()) == 1


async def test_cancel_before_the_submit(play: Play, coffee: bytes) -> None:
    """Cancel while it waits costs nothing, and the status message says so."""
    play.aiml.concurrency = 0
    await play.start()
    play.chat.photo(coffee, "/squish")
    status = await play.chat.wait_for(says("busy just now"))
    answer = await pop_up(play, play.chat.press(status.id, "Cancel"))
    assert "Nothing was charged" in answer
    await play.chat.wait_for(says("cancelled. Nothing was charged"))
    await play.until_state(State.CANCELLED)
    assert play.aiml.ledger == []


async def test_cancel_after_the_submit(play: Play, coffee: bytes) -> None:
    """After the submit a cancel says honestly that the service can't be stopped, and drops the result."""
    await play.start(poll_interval="0.3")
    play.chat.photo(coffee, "/squish")
    await play.aiml.wait(lambda aiml: bool(aiml.jobs))
    status = await play.chat.wait_for(says("being made"))
    answer = await pop_up(play, play.chat.press(status.id, "Cancel"))
    assert "can't be stopped" in answer
    await play.chat.wait_for(says("the result was dropped"))
    await play.until_state(State.CANCELLED)
    assert not any(is_video(seen) for seen in play.chat.messages)


async def test_cancel_command(play: Play, coffee: bytes) -> None:
    """/cancel gives up what is asked for; then, with nothing left, it says so."""
    await play.start()
    play.chat.say("/hug")
    question = await play.chat.wait_for(says("send me two photos"))
    play.chat.say("/cancel")
    await play.chat.wait_for(says("cancelled. Nothing was charged"))
    await play.chat.wait(lambda chat: not any("send me two photos" in seen.text for seen in chat.messages))
    assert question.id in [seen.id for seen in play.chat.messages]
    play.chat.say("/cancel")
    await play.chat.wait_for(says("nothing to cancel"))
    play.chat.photo(coffee)
    await play.chat.wait_for(says("What shall I do"))


async def test_status(play: Play, coffee: bytes) -> None:
    """/status lists a person's videos with their states, and how many they may still ask for."""
    await play.start()
    play.chat.say("/status")
    await play.chat.wait_for(says("None yet"))
    await finished(play, coffee)
    await play.until_state(State.DELIVERED)
    play.chat.say("/status")
    listed = await play.chat.wait_for(says("Squish — done"))
    assert "9 more" in listed.text


async def test_photos_that_are_seen_in_turn(both: Play, ada: bytes, coffee: bytes) -> None:
    """Where two photos are seen one after the other, nobody stands on the left, and they are swapped as photos."""
    await both.start()
    both.chat.say("/smooth_transition")
    asked = await both.chat.wait_for(says("send me two photos"))
    assert "They are used in this order." in asked.words
    both.chat.photo(ada)
    await both.chat.wait_for(says("I have the first photo. Now send me the other one."))
    both.chat.photo(coffee)
    video = await both.chat.wait_for(is_video)
    assert not any("left" in seen.words for seen in both.chat.history if seen.sender == "bot")
    both.chat.press(video.id, "↔️ Swap photos")
    await both.until(lambda jobs: len(jobs) == 2 and jobs[1].finished_at is not None)
    first, second = both.kling.submissions
    assert first.photos == second.photos[::-1]


async def test_found_after_a_long_outage(play: Play, coffee: bytes) -> None:
    """A command found more than ten minutes late is not charged silently: a tap runs it."""
    play.chat.photo(coffee, "/squish", at=play.clock() - 3600)
    await play.start()
    held = await play.chat.wait_for(says("I was away"))
    assert await play.jobs() == []
    play.chat.press(held.id, "Run it now")
    video = await play.chat.wait_for(is_video)
    assert video.id == held.id


async def test_a_draft_expires(play: Play, ada: bytes) -> None:
    """What is missing for ten minutes is let go of, and the question says so."""
    await play.start()
    play.chat.photo(ada, "/hug")
    question = await play.chat.wait_for(says("send me the other one"))
    await play.stop()
    play.clock.advance(700)
    await play.start()
    await play.chat.wait_for(lambda seen: seen.id == question.id and "I let it go" in seen.text)


async def test_start_help_and_menu(play: Play) -> None:
    """/start and /help tell what the bot does with each main effect; the menu has the commands in every scope."""
    await play.start()
    play.chat.say("/start")
    greeting = await play.chat.wait_for(says("I turn one or two photos"))
    for command in ("/hug", "/kiss", "/heart", "/fight", "/squish", "/expansion"):
        assert command in greeting.text
    assert "Your photos" in greeting.text
    await play.telegram.wait(lambda telegram: len({scope for scope, _ in telegram.commands}) == 4)
    assert all(
        {"hug", "squish", "effects", "help"} <= {one["command"] for one in commands}
        for commands in play.telegram.commands.values()
    )


async def test_a_link_starts_an_effect(play: Play) -> None:
    """A link with an effect's name asks for its photo at once."""
    await play.start()
    play.chat.say("/start squish")
    await play.chat.wait_for(says("send me the photo"))


async def test_forged_buttons_do_nothing(play: Play) -> None:
    """A press with made-up data is answered, and changes nothing."""
    await play.start()
    play.chat.say("/help")
    help_ = await play.chat.wait_for(says("I turn one or two photos"))
    for data in ("again:nothing", "pick:x:hug", "shelf:-:pets:x", "shelf:-:nope:0", "want:nothing", "x", "cancel", ":"):
        query = play.chat.press(help_.id, data=data)
        await pop_up(play, query)
    assert await play.jobs() == []
