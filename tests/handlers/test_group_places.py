"""Topics, comments under a channel's posts, groups with protected content: the answer comes where it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import MENTION, is_video

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot
    from tests.bot_under_test import BotUnderTest


def spoken(chat: Chat) -> list[MessageSnapshot]:
    """Return every message of the bot in a chat, deleted ones included."""
    return [seen for seen in chat.history if seen.sender == "bot"]


@pytest.fixture
def forum(bot: BotUnderTest) -> Chat:
    """A group with topics."""
    return bot.telegram.add_group("Forum", [bot.ada], topics=True)


async def test_topic(bot: BotUnderTest, forum: Chat, coffee: bytes) -> None:
    """In a topic everything stays in that topic."""
    thread = bot.telegram.add_topic(forum, "Videos", by=bot.ada)
    await bot.start()
    forum.send_photo(coffee, f"/squish{MENTION}", by=bot.ada, thread_id=thread)
    video = await forum.wait_for(is_video)
    assert video.thread_id == thread
    ready = await forum.wait_for(lambda seen: "is ready" in seen.text)
    assert ready.thread_id == thread


async def test_question_in_a_topic(bot: BotUnderTest, forum: Chat, ada: bytes, ben: bytes) -> None:
    """A question for the other photo is asked in the topic, and one topic's photos are not another's."""
    one, two = (bot.telegram.add_topic(forum, name, by=bot.ada) for name in ("One", "Two"))
    await bot.start()
    forum.send_photo(ada, f"/hug{MENTION}", by=bot.ada, thread_id=one)
    first = await forum.wait_for(lambda seen: "send me the other one" in seen.text)
    forum.send_photo(ada, f"/kiss{MENTION}", by=bot.ada, thread_id=two)
    second = await forum.wait_for(lambda seen: "send me the other one" in seen.text and seen.id != first.id)
    assert (first.thread_id, second.thread_id) == (one, two)
    forum.send_photo(ben, by=bot.ada, reply_to=second.id, thread_id=two)
    job = await bot.until_state(State.DELIVERED)
    assert (job.effect, job.thread_id) == ("kiss", two)


async def test_general_topic(bot: BotUnderTest, forum: Chat, coffee: bytes) -> None:
    """In General, which is a topic without a number, the answer names none."""
    await bot.start()
    forum.send_photo(coffee, f"/squish{MENTION}", by=bot.ada, extra={"message_thread_id": 1, "is_topic_message": True})
    await forum.wait_for(is_video)
    assert all(seen.thread_id is None for seen in spoken(forum))
    assert not [call for call in bot.params_of("sendMessage") if "message_thread_id" in call]


async def test_topic_closed_while_the_video_is_made(bot: BotUnderTest, forum: Chat, coffee: bytes) -> None:
    """When the topic is closed meanwhile, the status message still becomes the video."""
    thread = bot.telegram.add_topic(forum, "Videos", by=bot.ada)
    bot.aiml.concurrency = 0
    await bot.start()
    forum.send_photo(coffee, f"/squish{MENTION}", by=bot.ada, thread_id=thread)
    await forum.wait_for(lambda seen: "busy just now" in seen.text)
    bot.telegram.close_topic(forum, thread)
    bot.aiml.concurrency = None
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=30)
    assert (await forum.wait_for(is_video)).thread_id == thread


async def test_comment_under_a_channels_post(bot: BotUnderTest, coffee: bytes) -> None:
    """A command in the comments under a channel's post takes the post's photo."""
    group, channel = bot.telegram.add_group("Talk", [bot.ada]), bot.telegram.add_channel("News")
    bot.telegram.link_channel(channel, group)
    await bot.start()
    channel.send_photo(coffee, "Our new cup")
    post = group.messages[-1]
    asked = group.send_text(f"/squish{MENTION}", by=bot.ada, reply_to=post.id)
    video = await group.wait_for(is_video)
    assert video.reply_to == asked


async def test_a_channels_own_post_is_no_request(bot: BotUnderTest, coffee: bytes) -> None:
    """A post that Telegram forwards from the linked channel asks for nothing, whatever its caption says."""
    group, channel = bot.telegram.add_group("Talk", [bot.ada]), bot.telegram.add_channel("News")
    bot.telegram.link_channel(channel, group)
    await bot.start()
    channel.send_photo(coffee, f"/squish{MENTION}")
    group.send_text(f"/help{MENTION}", by=bot.ada)
    await group.wait_for(lambda seen: f"/hug{MENTION}" in seen.text)
    assert await bot.jobs() == []


async def test_a_person_who_speaks_as_a_channel(bot: BotUnderTest, coffee: bytes) -> None:
    """Who writes in a channel's name asks in its name: the limits are the channel's."""
    group, channel = bot.telegram.add_group("Talk", [bot.ada]), bot.telegram.add_channel("News")
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=channel)
    await group.wait_for(is_video)
    job = await bot.until_state(State.DELIVERED)
    assert job.person_id == channel.id


async def test_protected_content(bot: BotUnderTest, coffee: bytes) -> None:
    """In a group from which nothing may be copied, photos are taken and the video comes all the same."""
    group = bot.telegram.add_group("Vault", [bot.ada])
    bot.telegram.protect_content(group)
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await group.wait_for(is_video)
    assert not [call.method for call in bot.telegram.calls if call.method in {"copyMessage", "forwardMessage"}]


async def test_the_request_is_gone(bot: BotUnderTest, coffee: bytes) -> None:
    """When the request is deleted before it is answered, the answer comes as a plain message."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    asked = group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    group.delete(asked)
    await bot.start()
    video = await group.wait_for(is_video)
    assert video.reply_to is None


@pytest.mark.parametrize("how", ["kicked", "muted"])
async def test_the_bot_is_put_out_while_the_video_is_made(bot: BotUnderTest, coffee: bytes, how: str) -> None:
    """When the bot is removed or muted meanwhile, the video comes to the asker in their private chat."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    bot.aiml.concurrency = 0
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=bot.ada)
    await group.wait_for(lambda seen: "busy just now" in seen.text)
    if how == "kicked":
        bot.telegram.remove_bot(group)
    else:
        bot.telegram.forbid(group, "text messages")
        bot.telegram.forbid(group, "videos")
        for seen in [seen for seen in group.messages if seen.sender == "bot"]:
            group.delete(seen.id)
    bot.aiml.concurrency = None
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=30)
    await bot.chat.wait_for(is_video)
    assert len(bot.aiml.ledger) == 1


async def test_put_out_by_somebody_who_never_started_the_bot(bot: BotUnderTest, coffee: bytes) -> None:
    """Where the asker has no private chat with the bot either, the job ends, and nobody else is held up."""
    bob = bot.telegram.add_person("Bob")
    group = bot.telegram.add_group("Friends", [bob])
    bot.aiml.concurrency = 0
    await bot.start()
    group.send_photo(coffee, f"/squish{MENTION}", by=bob)
    await group.wait_for(lambda seen: "busy just now" in seen.text)
    bot.telegram.remove_bot(group)
    bot.aiml.concurrency = None
    await bot.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, advancing=30)
