"""Topics, comments under a channel's posts, groups with protected content: the answer comes where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import AT, is_video

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Seen
    from tests.conftest import Play


def spoken(chat: Chat) -> list[Seen]:
    """All that the bot ever said in a chat."""
    return [seen for seen in chat.history if seen.sender == "bot"]


@pytest.fixture
def forum(play: Play) -> Chat:
    """A group with topics."""
    return play.telegram.group("Forum", [play.ada], topics=True)


async def test_topic(play: Play, forum: Chat, coffee: bytes) -> None:
    """In a topic everything stays in that topic."""
    thread = play.telegram.topic(forum, "Videos", by=play.ada)
    await play.start()
    forum.photo(coffee, f"/squish{AT}", by=play.ada, thread=thread)
    video = await forum.wait_for(is_video)
    assert video.thread == thread
    ready = await forum.wait_for(lambda seen: "is ready" in seen.text)
    assert ready.thread == thread


async def test_question_in_a_topic(play: Play, forum: Chat, ada: bytes, ben: bytes) -> None:
    """A question for the other photo is asked in the topic, and one topic's photos are not another's."""
    one, two = (play.telegram.topic(forum, name, by=play.ada) for name in ("One", "Two"))
    await play.start()
    forum.photo(ada, f"/hug{AT}", by=play.ada, thread=one)
    first = await forum.wait_for(lambda seen: "send me the other one" in seen.text)
    forum.photo(ada, f"/kiss{AT}", by=play.ada, thread=two)
    second = await forum.wait_for(lambda seen: "send me the other one" in seen.text and seen.id != first.id)
    assert (first.thread, second.thread) == (one, two)
    forum.photo(ben, by=play.ada, reply_to=second.id, thread=two)
    job = await play.until_state(State.DELIVERED)
    assert (job.effect, job.thread_id) == ("kiss", two)


async def test_general_topic(play: Play, forum: Chat, coffee: bytes) -> None:
    """In General, which is a topic without a number, the answer names none."""
    await play.start()
    forum.photo(coffee, f"/squish{AT}", by=play.ada, extra={"message_thread_id": 1, "is_topic_message": True})
    await forum.wait_for(is_video)
    assert all(seen.thread is None for seen in spoken(forum))
    assert not [call for call in play.said("sendMessage") if "message_thread_id" in call]


async def test_topic_closed_while_the_video_is_made(play: Play, forum: Chat, coffee: bytes) -> None:
    """When the topic is closed meanwhile, the status message still becomes the video."""
    thread = play.telegram.topic(forum, "Videos", by=play.ada)
    play.aiml.concurrency = 0
    await play.start()
    forum.photo(coffee, f"/squish{AT}", by=play.ada, thread=thread)
    await forum.wait_for(lambda seen: "busy just now" in seen.text)
    play.telegram.close_topic(forum, thread)
    play.aiml.concurrency = None
    await play.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=30)
    assert (await forum.wait_for(is_video)).thread == thread


async def test_comment_under_a_channels_post(play: Play, coffee: bytes) -> None:
    """A command in the comments under a channel's post takes the post's photo."""
    group, channel = play.telegram.group("Talk", [play.ada]), play.telegram.channel("News")
    play.telegram.link(channel, group)
    await play.start()
    channel.photo(coffee, "Our new cup")
    post = group.messages[-1]
    asked = group.say(f"/squish{AT}", by=play.ada, reply_to=post.id)
    video = await group.wait_for(is_video)
    assert video.reply_to == asked


async def test_a_channels_own_post_is_no_request(play: Play, coffee: bytes) -> None:
    """A post that Telegram forwards from the linked channel asks for nothing, whatever its caption says."""
    group, channel = play.telegram.group("Talk", [play.ada]), play.telegram.channel("News")
    play.telegram.link(channel, group)
    await play.start()
    channel.photo(coffee, f"/squish{AT}")
    group.say(f"/help{AT}", by=play.ada)
    await group.wait_for(lambda seen: f"/hug{AT}" in seen.text)
    assert await play.jobs() == []


async def test_a_person_who_speaks_as_a_channel(play: Play, coffee: bytes) -> None:
    """Who writes in a channel's name asks in its name: the limits are the channel's."""
    group, channel = play.telegram.group("Talk", [play.ada]), play.telegram.channel("News")
    await play.start()
    group.photo(coffee, f"/squish{AT}", by=channel)
    await group.wait_for(is_video)
    job = await play.until_state(State.DELIVERED)
    assert job.person_id == channel.id


async def test_protected_content(play: Play, coffee: bytes) -> None:
    """In a group from which nothing may be copied, photos are taken and the video comes all the same."""
    group = play.telegram.group("Vault", [play.ada])
    play.telegram.protect(group)
    await play.start()
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    await group.wait_for(is_video)
    assert not [call.method for call in play.telegram.calls if call.method in {"copyMessage", "forwardMessage"}]


async def test_the_request_is_gone(play: Play, coffee: bytes) -> None:
    """When the request is deleted before it is answered, the answer comes as a plain message."""
    group = play.telegram.group("Friends", [play.ada])
    asked = group.photo(coffee, f"/squish{AT}", by=play.ada)
    group.delete(asked)
    await play.start()
    video = await group.wait_for(is_video)
    assert video.reply_to is None


@pytest.mark.parametrize("how", ["kicked", "muted"])
async def test_the_bot_is_put_out_while_the_video_is_made(play: Play, coffee: bytes, how: str) -> None:
    """When the bot is removed or muted meanwhile, the video comes to the asker in their private chat."""
    group = play.telegram.group("Friends", [play.ada])
    play.aiml.concurrency = 0
    await play.start()
    group.photo(coffee, f"/squish{AT}", by=play.ada)
    await group.wait_for(lambda seen: "busy just now" in seen.text)
    if how == "kicked":
        play.telegram.kick(group)
    else:
        play.telegram.forbid(group, "text messages")
        play.telegram.forbid(group, "videos")
        for seen in [seen for seen in group.messages if seen.sender == "bot"]:
            group.delete(seen.id)
    play.aiml.concurrency = None
    await play.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=30)
    await play.chat.wait_for(is_video)
    assert len(play.aiml.ledger) == 1


async def test_put_out_by_somebody_who_never_started_the_bot(play: Play, coffee: bytes) -> None:
    """Where the asker has no private chat with the bot either, the job ends, and nobody else is held up."""
    bob = play.telegram.person("Bob")
    group = play.telegram.group("Friends", [bob])
    play.aiml.concurrency = 0
    await play.start()
    group.photo(coffee, f"/squish{AT}", by=bob)
    await group.wait_for(lambda seen: "busy just now" in seen.text)
    play.telegram.kick(group)
    play.aiml.concurrency = None
    await play.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, advancing=30)
