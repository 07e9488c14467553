"""In groups, with privacy mode on: the bot answers who speaks to it, and is silent otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Seen
    from tests.conftest import Play

AT = "@kling_sandbox_bot"


def is_video(seen: Seen) -> bool:
    """A bot's message that became the video."""
    return seen.video is not None


@pytest.fixture
def group(play: Play) -> Chat:
    """A group of two people and the bot."""
    return play.telegram.group("Friends", [play.ada, play.telegram.person("Bob")], other_bots=True)


async def test_captioned_photo(play: Play, group: Chat, coffee: bytes) -> None:
    """A photo with /squish@bot as its caption becomes the video in a reply to it."""
    await play.start()
    asked = group.photo(coffee, f"/squish{AT}", by=play.ada)
    video = await group.wait_for(is_video)
    assert video.reply_to == asked


async def test_reply_to_somebodys_photo(play: Play, group: Chat, coffee: bytes) -> None:
    """The command in reply to anyone's photo takes that photo, which the bot had not seen before."""
    bob = play.telegram.person("Bea")
    photo = group.photo(coffee, by=bob)
    await play.start()
    group.say(f"/squish{AT}", by=play.ada, reply_to=photo)
    await group.wait_for(is_video)


async def test_album_of_which_only_the_captioned_photo_arrives(play: Play, group: Chat, ada: bytes, ben: bytes) -> None:
    """Of an album only the captioned photo may arrive: the bot asks for the other by reply, and takes it."""
    await play.start()
    group.album([ada, ben], f"/hug{AT}", by=play.ada)
    question = await group.wait_for(lambda seen: "send me the other one" in seen.text)
    assert question.force_reply
    assert "Reply to this message" in question.text
    group.photo(ben, by=play.ada, reply_to=question.id)
    await group.wait_for(is_video)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])
    assert len(play.aiml.submissions[0].photos) == 2


async def test_two_people_give_one_photo_each(play: Play, group: Chat, ada: bytes, ben: bytes) -> None:
    """One person asks with one photo, and another answers the question with theirs."""
    ben_himself = play.telegram.person("Ben")
    await play.start()
    group.photo(ada, f"/hug{AT}", by=play.ada)
    question = await group.wait_for(lambda seen: "send me the other one" in seen.text)
    group.photo(ben, by=ben_himself, reply_to=question.id)
    await group.wait_for(is_video)


async def test_silence(play: Play, group: Chat, coffee: bytes) -> None:
    """To photos, words and other bots' commands in a group the bot says nothing."""
    await play.start()
    group.photo(coffee, by=play.ada)
    group.say("hello", by=play.ada)
    group.say("/squish@other_bot", by=play.ada)
    group.say(f"/nonsense_of_mine{AT}", by=play.ada)
    group.say(f"/help{AT}", by=play.ada)
    await group.wait_for(lambda seen: f"/hug{AT}" in seen.text)
    assert [seen for seen in group.messages if seen.sender == "bot" and "/hug" not in seen.text] == []


async def test_topic(play: Play, coffee: bytes) -> None:
    """In a topic everything stays in that topic."""
    forum = play.telegram.group("Forum", [play.ada], topics=True)
    thread = play.telegram.topic(forum, "Videos", by=play.ada)
    await play.start()
    forum.photo(coffee, f"/squish{AT}", by=play.ada, thread=thread)
    video = await forum.wait_for(is_video)
    assert video.thread == thread
    ready = await forum.wait_for(lambda seen: "is ready" in seen.text)
    assert ready.thread == thread


async def test_anonymous_admin(play: Play, group: Chat, coffee: bytes) -> None:
    """A message without a person, of an anonymous admin, counts for the chat that it speaks as."""
    await play.start()
    group.photo(coffee, f"/squish{AT}", by=group)
    await group.wait_for(is_video)
    job = await play.until_state(State.DELIVERED)
    assert job.person_id == group.id
