"""/privacy, and Delete under a video: what people may say about pictures of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import AT, is_video, labels, pop_up, says
from tests.handlers.group_sights import ASKS

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person, Seen
    from tests.conftest import Play


@pytest.fixture
def ben_himself(play: Play, ben: bytes) -> Person:
    """Another member, with a profile picture."""
    return play.telegram.person("Ben", picture=ben)


@pytest.fixture
def group(play: Play, ben_himself: Person, ada: bytes) -> Chat:
    """A group of Ada and Ben, both with profile pictures."""
    play.ada.picture = ada
    return play.telegram.group("Friends", [play.ada, ben_himself])


async def decide(play: Play, person: Person, button: str) -> Seen:
    """The person says so in their private chat; the message as it is then."""
    chat = play.telegram.private(person)
    chat.say("/privacy")
    shown = await chat.wait_for(says("Your profile picture"))
    await pop_up(play, chat.press(shown.id, f"○ {button}"))
    return await chat.wait_for(lambda seen: seen.id == shown.id and f"● {button}" in labels(seen))


def hug(play: Play, group: Chat, ben_himself: Person) -> int:
    """Ada asks for a hug with Ben."""
    return group.say(f"/hug{AT}", by=play.ada, reply_to=group.say("hello", by=ben_himself))


async def test_never(play: Play, group: Chat, ben_himself: Person) -> None:
    """Who says never is not even asked, and nothing is made; also after a restart."""
    await play.start()
    await decide(play, ben_himself, "Never use my picture")
    await play.stop()
    await play.start()
    hug(play, group, ben_himself)
    await group.wait_for(says("Ben doesn't want their profile picture to be used"))
    assert not [seen for seen in group.history if ASKS(seen)]
    assert await play.jobs() == []


async def test_always(play: Play, group: Chat, ben_himself: Person) -> None:
    """Who says that it is always fine in their groups is not asked there."""
    await play.start()
    await decide(play, ben_himself, "Always fine in groups I'm in")
    hug(play, group, ben_himself)
    await group.wait_for(is_video)
    assert not [seen for seen in group.history if ASKS(seen)]


async def test_ask_me_again(play: Play, group: Chat, ben_himself: Person) -> None:
    """Who goes back to being asked is asked."""
    await play.start()
    await decide(play, ben_himself, "Never use my picture")
    await decide(play, ben_himself, "Ask me each time")
    hug(play, group, ben_himself)
    await group.wait_for(ASKS)


async def test_said_in_a_group(play: Play, group: Chat) -> None:
    """/privacy in a group leads to the private chat."""
    await play.start()
    group.say(f"/privacy{AT}", by=play.ada)
    told = await group.wait_for(says("in our private chat"))
    assert told.buttons[0][0].url == "https://t.me/kling_sandbox_bot?start=privacy"
    play.chat.say("/start privacy")
    await play.chat.wait_for(says("Your profile picture"))


async def test_never_while_being_asked(play: Play, group: Chat, ben_himself: Person) -> None:
    """Who was asked, and accepts, is taken at this word, whatever they said in general meanwhile."""
    await play.start()
    hug(play, group, ben_himself)
    question = await group.wait_for(ASKS)
    await decide(play, ben_himself, "Never use my picture")
    group.press(question.id, "✅ Accept", by=ben_himself)
    await group.wait_for(is_video)


async def test_again_asks_again(play: Play, group: Chat, ben_himself: Person) -> None:
    """Another video with the same picture, by Again or with another effect, asks its person anew; a double tap once."""
    await play.start()
    hug(play, group, ben_himself)
    group.press((await group.wait_for(ASKS)).id, "✅ Accept", by=ben_himself)
    video = await group.wait_for(is_video)
    group.press(video.id, "🔁 Again", by=play.ada)
    first = await group.wait_for(lambda seen: ASKS(seen) and seen.reply_to == video.id)
    twice = await pop_up(play, group.press(video.id, "🔁 Again", by=play.ada))
    assert "asked already" in twice
    group.press(first.id, "✅ Accept", by=ben_himself)
    await play.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    group.press(video.id, "🎨 Another effect", by=play.ada)
    offered = await group.wait_for(says("What shall I do"))
    group.press(offered.id, "💋 Kiss", by=play.ada)
    await group.wait_for(lambda seen: ASKS(seen) and "Kiss" in seen.text)
    assert len(await play.jobs()) == 2


async def test_the_author_of_a_photo_deletes_the_video(
    play: Play, group: Chat, ben_himself: Person, coffee: bytes
) -> None:
    """Whose photo was replied to may delete the video; a second press is harmless, and the row says who did it."""
    await play.start()
    photo = group.photo(coffee, by=ben_himself)
    group.say(f"/squish{AT}", by=play.ada, reply_to=photo)
    video = await group.wait_for(is_video)
    await play.until_state(State.DELIVERED)
    one = group.press(video.id, "🗑 Delete", by=ben_himself)
    two = group.press(video.id, "🗑 Delete", by=ben_himself)
    assert "deleted" in await pop_up(play, one)
    assert "deleted" in await pop_up(play, two)
    await group.wait(lambda chat: video.id not in [seen.id for seen in chat.messages])
    (job,) = await play.until(lambda jobs: jobs[0].video_file_id is None and jobs[0].show_at is None)
    assert (job.state, job.removed_by) == (State.DELIVERED, ben_himself.id)


async def test_a_bystander_deletes_nothing(play: Play, group: Chat, ben_himself: Person, coffee: bytes) -> None:
    """Delete is for those whose photo it is, for who asked and for the group's admins, and nobody else."""
    eve = play.telegram.person("Eve")
    await play.start()
    group.say(f"/squish{AT}", by=play.ada, reply_to=group.photo(coffee, by=ben_himself))
    video = await group.wait_for(is_video)
    await play.until_state(State.DELIVERED)
    assert "Only the person" in await pop_up(play, group.press(video.id, "🗑 Delete", by=eve))
    assert (await play.job()).removed_by is None


async def test_no_delete_under_ones_own_photo(play: Play, group: Chat, coffee: bytes) -> None:
    """Under a video of the asker's own photo there is no such button."""
    await play.start()
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    video = await group.wait_for(is_video)
    assert "🗑 Delete" not in labels(video)


async def test_telegram_is_away_at_a_deletion(play: Play, group: Chat, ben_himself: Person, coffee: bytes) -> None:
    """A deletion that Telegram did not take at once is done a little later, after a restart too."""
    await play.start()
    group.say(f"/squish{AT}", by=play.ada, reply_to=group.photo(coffee, by=ben_himself))
    video = await group.wait_for(is_video)
    await play.until_state(State.DELIVERED)
    play.telegram.flood(group, 30)
    await pop_up(play, group.press(video.id, "🗑 Delete", by=ben_himself))
    await play.telegram.wait(lambda telegram: any(call.method == "deleteMessage" for call in telegram.calls))
    await play.stop()
    play.telegram.calm(group)
    play.pass_time(31)
    await play.start()
    await group.wait(lambda chat: video.id not in [seen.id for seen in chat.messages])
