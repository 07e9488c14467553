"""/animate in groups, with privacy mode on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.assertions import MENTION, is_video, says
from tests.handlers.image_to_video import WORDS, animated, asks_for_words

if TYPE_CHECKING:
    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest


async def test_caption(bot: BotUnderTest, group: Chat, ada: bytes) -> None:
    """A photo with the command and the words as its caption becomes the video in a reply to it."""
    await bot.start()
    asked = group.send_photo(ada, f"/animate{MENTION} {WORDS}", by=bot.ada)
    await animated(bot, ada, chat=group)
    assert (await group.wait_for(is_video)).reply_to == asked


async def test_reply_to_somebodys_photo(bot: BotUnderTest, group: Chat, coffee: bytes, bob: Person) -> None:
    """The command in reply to anyone's photo takes that photo."""
    photo = group.send_photo(coffee, by=bob)
    await bot.start()
    group.send_text(f"/animate{MENTION} {WORDS}", by=bot.ada, reply_to=photo)
    await animated(bot, coffee, chat=group)


async def test_album_of_which_only_the_captioned_photo_arrives(
    bot: BotUnderTest, group: Chat, ada: bytes, coffee: bytes
) -> None:
    """Of an album only the captioned photo may arrive: when nothing more has come, it is animated alone."""
    await bot.start()
    group.send_album([ada, coffee], f"/animate{MENTION} {WORDS}", by=bot.ada)
    await animated(bot, ada, chat=group)


async def test_the_words_by_reply(bot: BotUnderTest, group: Chat, ada: bytes) -> None:
    """Without words the bot asks by a forced reply, and the answer to it is the words."""
    await bot.start()
    group.send_photo(ada, f"/animate{MENTION}", by=bot.ada)
    question = await group.wait_for(asks_for_words)
    assert question.force_reply
    assert "Reply to this message with your words" in question.text_or_caption
    group.send_text(WORDS, by=bot.ada, reply_to=question.id)
    await animated(bot, ada, chat=group)
    await group.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_only_the_askers_words_count(bot: BotUnderTest, group: Chat, ada: bytes, bob: Person) -> None:
    """Words of somebody else, and words that answer nothing, are not taken: the video would be paid for."""
    await bot.start()
    group.send_photo(ada, f"/animate{MENTION}", by=bot.ada)
    question = await group.wait_for(asks_for_words)
    group.send_text("he falls over", by=bob, reply_to=question.id)
    group.send_text("hello everybody", by=bot.ada)
    group.send_text(f"/status{MENTION}", by=bot.ada)
    await group.wait_for(says("None yet"))
    assert await bot.jobs() == []
    group.send_text(WORDS, by=bot.ada, reply_to=question.id)
    await animated(bot, ada, chat=group)


async def test_a_wrong_option_by_reply(bot: BotUnderTest, group: Chat, ada: bytes) -> None:
    """A wrong option is asked for again by a forced reply, with the right form."""
    await bot.start()
    group.send_photo(ada, f"/animate{MENTION} {WORDS} --cfg 7", by=bot.ada)
    question = await group.wait_for(says("like --cfg 0.5"))
    assert question.force_reply
    group.send_text("--cfg 0.7", by=bot.ada, reply_to=question.id)
    shown = await group.wait_for(says("this is what I have now"))
    group.press(shown.id, shown.buttons[0][0].text, by=bot.ada)
    submission = await animated(bot, ada, chat=group)
    assert submission.body["cfg_scale"] == 0.7


async def test_photo_and_words_by_reply(bot: BotUnderTest, group: Chat, ada: bytes) -> None:
    """The bare command asks for both, and a photo in reply whose caption is the words gives both."""
    await bot.start()
    group.send_text(f"/animate{MENTION}", by=bot.ada)
    question = await group.wait_for(says("send me the photo, and write"))
    group.send_photo(ada, WORDS, by=bot.ada, reply_to=question.id)
    await animated(bot, ada, chat=group)


async def test_help_tells_of_it(bot: BotUnderTest, group: Chat) -> None:
    """The group's help names the command with the bot's name."""
    await bot.start()
    group.send_text(f"/help{MENTION}", by=bot.ada)
    await group.wait_for(says(f"/animate{MENTION} what should happen"))
