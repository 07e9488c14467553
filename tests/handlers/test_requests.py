"""Every way of asking means the same: point by point as people do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.assertions import asks_for_second_photo, is_video, labels
from tests.handlers.private_chat import ends_in_video, left_photo_is

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


@pytest.mark.parametrize("command", ["/squish", "/SQUISH", "/squish@kling_sandbox_bot", "/squish please"])
async def test_caption(bot: BotUnderTest, coffee: bytes, command: str) -> None:
    """A photo with the command as its caption, in any case, becomes the video in a reply to it."""
    await bot.start()
    asked = bot.chat.send_photo(coffee, command)
    await ends_in_video(bot, "squish", 1)
    assert (await bot.chat.wait_for(is_video)).reply_to == asked


async def test_command_for_another_bot(bot: BotUnderTest, coffee: bytes) -> None:
    """A command that names another bot is not ours: the photo is treated as one without a command."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish@other_bot")
    await bot.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    assert await bot.jobs() == []


@pytest.mark.parametrize("caption_on", [0, 1])
async def test_album(bot: BotUnderTest, ada: bytes, ben: bytes, caption_on: int) -> None:
    """An album with the command as the caption of any of its photos; the first photo is the left person."""
    await bot.start()
    bot.chat.send_album([ada, ben], "/hug", caption_on)
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


async def test_album_out_of_order(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """The order of an album is that of its messages, whatever order the updates come in."""
    bot.chat.send_album([ada, ben], "/hug", 1)
    first, second = bot.telegram.updates.pending
    bot.telegram.updates.clear()
    bot.telegram.push_update(second | {"update_id": first["update_id"]})
    bot.telegram.push_update(first | {"update_id": second["update_id"]})
    await bot.start()
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


async def test_album_with_more_photos(bot: BotUnderTest, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """Of an album with more photos than needed the first are taken, the person is told, and there is one video."""
    await bot.start()
    bot.chat.send_album([ada, ben, coffee], "/hug")
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)
    job = await bot.job()
    assert job.extra_photos


async def test_reply_to_photo(bot: BotUnderTest, coffee: bytes) -> None:
    """The command as a reply to a photo takes that photo."""
    await bot.start()
    photo = bot.chat.send_photo(coffee)
    await bot.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    bot.chat.send_text("/squish", reply_to=photo)
    await ends_in_video(bot, "squish", 1)


async def test_reply_to_one_of_an_album(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """The command as a reply to either photo of an album takes both, in the album's order."""
    await bot.start()
    _, second = bot.chat.send_album([ada, ben])
    await bot.chat.wait_for(lambda seen: "these 2 photos" in seen.text)
    bot.chat.send_text("/hug", reply_to=second)
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


async def test_photo_with_command_in_reply_to_photo(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A captioned photo that replies to another photo stands on the left, the other on the right."""
    await bot.start()
    other = bot.chat.send_photo(ben)
    await bot.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    bot.chat.send_photo(ada, "/hug", reply_to=other)
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


async def test_photo_first_then_command(bot: BotUnderTest, coffee: bytes) -> None:
    """A photo, then the command: the photo is taken, and the buttons that were offered go away."""
    await bot.start()
    bot.chat.send_photo(coffee)
    offered = await bot.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    bot.chat.send_text("/squish")
    await ends_in_video(bot, "squish", 1)
    await bot.chat.wait(lambda chat: offered.id not in [seen.id for seen in chat.messages])


async def test_the_newest_photo_is_meant(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Of photos sent one by one before the command, the newest is meant."""
    await bot.start()
    bot.chat.send_photo(ada)
    bot.chat.send_photo(coffee)
    await bot.chat.wait_for(lambda seen: "these 2 photos" in seen.text)
    bot.chat.send_text("/squish")
    await ends_in_video(bot, "squish", 1)
    assert left_photo_is(bot, coffee)


async def test_two_single_photos_then_command(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Two photos one after the other, then the command: the first stands on the left."""
    await bot.start()
    bot.chat.send_photo(ada)
    bot.chat.send_photo(ben)
    await bot.chat.wait_for(lambda seen: "these 2 photos" in seen.text)
    bot.chat.send_text("/hug")
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


async def test_command_first_then_photo(bot: BotUnderTest, coffee: bytes) -> None:
    """The command first: the bot asks for the photo, takes it, and its question goes away."""
    await bot.start()
    bot.chat.send_text("/squish")
    question = await bot.chat.wait_for(lambda seen: "send me the photo" in seen.text)
    bot.chat.send_photo(coffee)
    await ends_in_video(bot, "squish", 1)
    await bot.chat.wait(lambda chat: question.id not in [seen.id for seen in chat.messages])


async def test_command_first_then_two_photos(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """The command first, then two photos one after the other; after the first the bot asks for the other."""
    await bot.start()
    bot.chat.send_text("/hug")
    await bot.chat.wait_for(lambda seen: "send me two photos" in seen.text)
    bot.chat.send_photo(ada)
    await bot.chat.wait_for(asks_for_second_photo)
    bot.chat.send_photo(ben)
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


async def test_command_first_then_album(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """The command first, then both photos as an album."""
    await bot.start()
    bot.chat.send_text("/hug")
    await bot.chat.wait_for(lambda seen: "send me two photos" in seen.text)
    bot.chat.send_album([ada, ben])
    await ends_in_video(bot, "hug", 2)


async def test_captioned_photo_then_the_other(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A two-photo effect with one photo asks for the other, and says that the first will stand on the left."""
    await bot.start()
    bot.chat.send_photo(ada, "/hug")
    question = await bot.chat.wait_for(asks_for_second_photo)
    assert "it will stand on the left" in question.text
    bot.chat.send_photo(ben)
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


async def test_lone_photo_gets_buttons(bot: BotUnderTest, coffee: bytes) -> None:
    """After a lone photo with no command there are buttons with the main effects; a press makes the video there."""
    await bot.start()
    bot.chat.send_photo(coffee)
    offered = await bot.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    titles = labels(offered)
    assert any("Squish" in title for title in titles)
    assert any("Hug" in title for title in titles)
    bot.chat.press(offered.id, next(title for title in titles if "Squish" in title))
    await ends_in_video(bot, "squish", 1)
    assert (await bot.chat.wait_for(is_video)).id == offered.id


async def test_lone_photo_then_two_photo_button(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A two-photo effect chosen for a lone photo asks for the other one."""
    await bot.start()
    bot.chat.send_photo(ada)
    offered = await bot.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    hug = next(button for row in offered.buttons for button in row if "Hug" in button.text)
    bot.chat.press(offered.id, hug.text)
    await bot.chat.wait_for(asks_for_second_photo)
    bot.chat.send_photo(ben)
    await ends_in_video(bot, "hug", 2)
    assert left_photo_is(bot, ada)


@pytest.mark.parametrize("edit", ["caption", "text"])
async def test_edited_messages_cost_nothing(bot: BotUnderTest, coffee: bytes, edit: str) -> None:
    """An edited message is no request, not even one that becomes a command."""
    await bot.start()
    photo = bot.chat.send_photo(coffee, "hello")
    await bot.chat.wait_for(lambda seen: "What shall I do" in seen.text)
    if edit == "caption":
        bot.chat.edit(photo, caption="/squish")
    else:
        said = bot.chat.send_text("hello")
        await bot.chat.wait_for(lambda seen: "Send me a photo" in seen.text)
        bot.chat.edit(said, text="/squish")
    bot.chat.send_text("/status")
    await bot.chat.wait_for(lambda seen: "None yet" in seen.text)
    assert await bot.jobs() == []
