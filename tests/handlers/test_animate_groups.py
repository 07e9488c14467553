"""/animate in groups, with privacy mode on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.assertions import AT, is_video, says
from tests.handlers.animations import WORDS, animated, asks_for_words

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.conftest import Play


async def test_caption(play: Play, group: Chat, ada: bytes) -> None:
    """A photo with the command and the words as its caption becomes the video in a reply to it."""
    await play.start()
    asked = group.photo(ada, f"/animate{AT} {WORDS}", by=play.ada)
    await animated(play, ada, chat=group)
    assert (await group.wait_for(is_video)).reply_to == asked


async def test_reply_to_somebodys_photo(play: Play, group: Chat, coffee: bytes, bob: Person) -> None:
    """The command in reply to anyone's photo takes that photo."""
    photo = group.photo(coffee, by=bob)
    await play.start()
    group.say(f"/animate{AT} {WORDS}", by=play.ada, reply_to=photo)
    await animated(play, coffee, chat=group)


async def test_album_of_which_only_the_captioned_photo_arrives(
    play: Play, group: Chat, ada: bytes, coffee: bytes
) -> None:
    """Of an album only the captioned photo may arrive: when nothing more has come, it is animated alone."""
    await play.start()
    group.album([ada, coffee], f"/animate{AT} {WORDS}", by=play.ada)
    await animated(play, ada, chat=group)


async def test_the_words_by_reply(play: Play, group: Chat, ada: bytes) -> None:
    """Without words the bot asks by a forced reply, and the answer to it is the words."""
    await play.start()
    group.photo(ada, f"/animate{AT}", by=play.ada)
    question = await group.wait_for(asks_for_words)
    assert question.force_reply
    assert "Reply to this message with your words" in question.words
    group.say(WORDS, by=play.ada, reply_to=question.id)
    await animated(play, ada, chat=group)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_only_the_askers_words_count(play: Play, group: Chat, ada: bytes, bob: Person) -> None:
    """Words of somebody else, and words that answer nothing, are not taken: the video would be paid for."""
    await play.start()
    group.photo(ada, f"/animate{AT}", by=play.ada)
    question = await group.wait_for(asks_for_words)
    group.say("he falls over", by=bob, reply_to=question.id)
    group.say("hello everybody", by=play.ada)
    group.say(f"/status{AT}", by=play.ada)
    await group.wait_for(says("None yet"))
    assert await play.jobs() == []
    group.say(WORDS, by=play.ada, reply_to=question.id)
    await animated(play, ada, chat=group)


async def test_a_wrong_option_by_reply(play: Play, group: Chat, ada: bytes) -> None:
    """A wrong option is asked for again by a forced reply, with the right form."""
    await play.start()
    group.photo(ada, f"/animate{AT} {WORDS} --cfg 7", by=play.ada)
    question = await group.wait_for(says("like --cfg 0.5"))
    assert question.force_reply
    group.say("--cfg 0.7", by=play.ada, reply_to=question.id)
    submission = await animated(play, ada, chat=group)
    assert submission.body["cfg_scale"] == 0.7


async def test_photo_and_words_by_reply(play: Play, group: Chat, ada: bytes) -> None:
    """The bare command asks for both, and a photo in reply whose caption is the words gives both."""
    await play.start()
    group.say(f"/animate{AT}", by=play.ada)
    question = await group.wait_for(says("send me the photo, and write"))
    group.photo(ada, WORDS, by=play.ada, reply_to=question.id)
    await animated(play, ada, chat=group)


async def test_help_tells_of_it(play: Play, group: Chat) -> None:
    """The group's help names the command with the bot's name."""
    await play.start()
    group.say(f"/help{AT}", by=play.ada)
    await group.wait_for(says(f"/animate{AT} what should happen"))
