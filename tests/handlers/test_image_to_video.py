"""/animate in a private chat: every way of asking means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, says
from tests.handlers.image_to_video import V1_6, V2, WORDS, animated, asks_for_words

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


async def test_caption(bot: BotUnderTest, ada: bytes) -> None:
    """A photo with the command and the words as its caption becomes the video, which quotes the words as they are."""
    await bot.start()
    asked = bot.chat.send_photo(ada, f"/animate {WORDS}")
    submission = await animated(bot, ada)
    assert (submission.model, submission.duration) == (V1_6, 5)
    assert set(submission.body) == {"model", "image_url", "prompt", "duration"}
    video = await bot.chat.wait_for(is_video)
    assert video.reply_to == asked
    assert "Animation" in video.text_or_caption
    assert f"“{WORDS}”" in video.text_or_caption


@pytest.mark.parametrize("caption_on", [0, 1])
async def test_album_of_two(bot: BotUnderTest, ada: bytes, coffee: bytes, caption_on: int) -> None:
    """Of an album of two the first photo is the beginning of the video, and the second one its end."""
    await bot.start()
    bot.chat.send_album([ada, coffee], f"/animate {WORDS}", caption_on)
    await animated(bot, ada, coffee)
    status = [
        seen.text_or_caption for seen in bot.chat.history if "begins with the first photo" in seen.text_or_caption
    ]
    assert status


async def test_album_of_three(bot: BotUnderTest, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """Of a larger album the first two photos are taken, and the person is told."""
    await bot.start()
    bot.chat.send_album([ada, ben, coffee], f"/animate {WORDS}")
    await animated(bot, ada, ben)
    assert (await bot.job()).extra_photos


async def test_only_one_of_an_album_arrives(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Where no second photo of an album comes, the first one is animated alone when the album has been quiet."""
    bot.chat.send_album([ada, coffee], f"/animate {WORDS}")
    first, _ = bot.telegram.updates.pending
    bot.telegram.updates.clear()
    bot.telegram.push_update(first)
    await bot.start()
    await animated(bot, ada)


async def test_an_album_is_waited_for_across_a_restart(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """A restart while an album is waited for loses nothing: after it the photo that came is animated."""
    bot.chat.send_album([ada, coffee], f"/animate {WORDS}")
    first, _ = bot.telegram.updates.pending
    bot.telegram.updates.clear()
    bot.telegram.push_update(first)
    await bot.start(album_wait="60")
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("None yet"))
    await bot.stop()
    assert await bot.jobs() == []
    bot.advance(61)
    await bot.start()
    await animated(bot, ada)


async def test_reply_to_photo(bot: BotUnderTest, ada: bytes) -> None:
    """The command in reply to a photo takes that photo."""
    await bot.start()
    photo = bot.chat.send_photo(ada)
    await bot.chat.wait_for(says("What shall I do"))
    bot.chat.send_text(f"/animate {WORDS}", reply_to=photo)
    await animated(bot, ada)


async def test_reply_to_one_of_an_album(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """The command in reply to either photo of an album of two takes both."""
    await bot.start()
    _, second = bot.chat.send_album([ada, coffee])
    await bot.chat.wait_for(says("these 2 photos"))
    bot.chat.send_text(f"/animate {WORDS}", reply_to=second)
    await animated(bot, ada, coffee)


async def test_photo_with_command_in_reply_to_photo(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """A captioned photo that replies to another photo is the beginning, and the other one the end."""
    await bot.start()
    other = bot.chat.send_photo(coffee)
    await bot.chat.wait_for(says("What shall I do"))
    bot.chat.send_photo(ada, f"/animate {WORDS}", reply_to=other)
    await animated(bot, ada, coffee)


async def test_photo_first_then_command(bot: BotUnderTest, ada: bytes) -> None:
    """A photo, then the command with its words."""
    await bot.start()
    bot.chat.send_photo(ada)
    await bot.chat.wait_for(says("What shall I do"))
    bot.chat.send_text(f"/animate {WORDS}")
    await animated(bot, ada)


async def test_of_photos_one_by_one_the_newest(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Photos that came one by one are not a beginning and an end: the newest is animated."""
    await bot.start()
    bot.chat.send_photo(ada)
    bot.chat.send_photo(coffee)
    await bot.chat.wait_for(says("these 2 photos"))
    bot.chat.send_text("/animate")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text(WORDS)
    await animated(bot, coffee)


async def test_album_first_then_command(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """An album of two, then the command: both photos are taken."""
    await bot.start()
    bot.chat.send_album([ada, coffee])
    await bot.chat.wait_for(says("these 2 photos"))
    bot.chat.send_text(f"/animate {WORDS}")
    await animated(bot, ada, coffee)


async def test_command_first_then_photo(bot: BotUnderTest, ada: bytes) -> None:
    """The command with its words first: the bot asks for the photo, and takes it."""
    await bot.start()
    bot.chat.send_text(f"/animate {WORDS}")
    await bot.chat.wait_for(says("send me the photo"))
    bot.chat.send_photo(ada)
    await animated(bot, ada)


async def test_command_first_then_album(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """The command with its words first, then both photos at once."""
    await bot.start()
    bot.chat.send_text(f"/animate {WORDS}")
    await bot.chat.wait_for(says("send me the photo"))
    bot.chat.send_album([ada, coffee])
    await animated(bot, ada, coffee)


async def test_no_words(bot: BotUnderTest, ada: bytes) -> None:
    """A photo with the bare command: the bot asks what should happen, and the next message says it."""
    await bot.start()
    bot.chat.send_photo(ada, "/animate")
    question = await bot.chat.wait_for(asks_for_words)
    said = bot.chat.send_text(WORDS)
    await animated(bot, ada)
    assert (await bot.chat.wait_for(is_video)).reply_to == said
    await bot.chat.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_nothing_but_the_command(bot: BotUnderTest, ada: bytes) -> None:
    """The bare command asks for photo and words; the words may come first, and then the photo."""
    await bot.start()
    bot.chat.send_text("/animate")
    await bot.chat.wait_for(says("send me the photo, and write"))
    bot.chat.send_text(WORDS)
    await bot.chat.wait_for(lambda seen: says("send me the photo.")(seen) and not says("and write")(seen))
    bot.chat.send_photo(ada)
    await animated(bot, ada)


async def test_the_words_as_a_caption(bot: BotUnderTest, ada: bytes) -> None:
    """The bare command, and then a photo whose caption is the words, options included."""
    await bot.start()
    bot.chat.send_text("/animate")
    await bot.chat.wait_for(says("send me the photo, and write"))
    bot.chat.send_photo(ada, f"{WORDS} 10s")
    submission = await animated(bot, ada)
    assert submission.duration == 10


async def test_photo_then_its_words(bot: BotUnderTest, ada: bytes) -> None:
    """The bare command, a photo, and then the words."""
    await bot.start()
    bot.chat.send_text("/animate")
    await bot.chat.wait_for(says("send me the photo, and write"))
    bot.chat.send_photo(ada)
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text(WORDS)
    await animated(bot, ada)


async def test_options_before_the_words(bot: BotUnderTest, ada: bytes) -> None:
    """What was said in the command holds when the words come later."""
    await bot.start()
    bot.chat.send_photo(ada, "/animate --model v2 --no blur")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text(f"{WORDS} 10s")
    submission = await animated(bot, ada)
    assert (submission.model, submission.duration, submission.body["negative_prompt"]) == (V2, 10, "blur")


async def test_button_under_a_photo(bot: BotUnderTest, ada: bytes) -> None:
    """The button Animation under a lone photo asks what should happen."""
    await bot.start()
    bot.chat.send_photo(ada)
    offered = await bot.chat.wait_for(says("What shall I do"))
    bot.chat.press(offered.id, "🎬 Animation")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text(WORDS)
    await animated(bot, ada)


async def test_by_name_and_by_link(bot: BotUnderTest, ada: bytes) -> None:
    """/effect animate with words means the same; a link to the bot that names it asks for photo and words."""
    await bot.start()
    bot.chat.send_photo(ada, f"/effect animate {WORDS}")
    await animated(bot, ada)
    bot.chat.send_text("/start animate")
    await bot.chat.wait_for(says("send me the photo, and write"))


async def test_other_commands_are_no_words(bot: BotUnderTest, ada: bytes) -> None:
    """While the bot waits for words a command is a command; /cancel gives it up, and later words are just words."""
    await bot.start()
    bot.chat.send_photo(ada, "/animate")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("None yet"))
    bot.chat.send_text("/cancel")
    await bot.chat.wait_for(says("cancelled"))
    bot.chat.send_text("she waves")
    await bot.chat.wait_for(says("/effects lists everything"))
    assert await bot.jobs() == []


async def test_the_operator_chooses_the_model(bot: BotUnderTest, ada: bytes) -> None:
    """With ANIMATE_MODEL=v2 the newer model is asked, unless the person says otherwise."""
    await bot.start(animate_model="v2")
    bot.chat.send_photo(ada, f"/animate {WORDS}")
    assert (await animated(bot, ada)).model == V2
    bot.chat.send_photo(ada, f"/animate --model 1.6 {WORDS}")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * 2)
    assert bot.aiml.submissions[1].model == V1_6


@pytest.mark.first_start
async def test_where_people_find_it(bot: BotUnderTest) -> None:
    """/help explains it, /effects offers it, and it is in the menu of commands."""
    await bot.start()
    bot.chat.send_text("/help")
    help_ = await bot.chat.wait_for(says("/animate"))
    assert "--cfg 0.8" in help_.text_or_caption
    bot.chat.send_text("/effects")
    shelves = await bot.chat.wait_for(says("Choose one, or a theme"))
    bot.chat.press(shelves.id, "🎬 Animation")
    await bot.chat.wait_for(says("send me the photo, and write"))
    await bot.telegram.wait(lambda _: bool(bot.params_of("setMyCommands")))
    assert "animate" in str(bot.params_of("setMyCommands")[0]["commands"])


async def test_it_counts_like_any_video(bot: BotUnderTest, ada: bytes) -> None:
    """An animation counts towards the limit of a day."""
    await bot.start(user_daily_limit="1")
    bot.chat.send_photo(ada, f"/animate {WORDS}")
    await animated(bot, ada)
    bot.chat.send_photo(ada, f"/animate {WORDS}")
    await bot.chat.wait_for(says("in the last 24 hours"))
    assert len(bot.aiml.submissions) == 1


async def test_found_after_a_long_outage(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """An animation that was asked for while the bot was away for long needs a tap, and keeps its words and photos."""
    bot.chat.send_album([ada, coffee], f"/animate {WORDS} 10s")
    bot.clock.advance(1200)
    await bot.start()
    held = await bot.chat.wait_for(says("I was away"))
    assert await bot.jobs() == []
    bot.chat.press(held.id, "Run it now")
    assert (await animated(bot, ada, coffee)).duration == 10
