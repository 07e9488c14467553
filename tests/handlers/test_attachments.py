"""What can be sent: photos, images as files, live photos; anything else gets a sentence."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pillow_heif
import pytest
from PIL import Image

from tests.handlers.private_chat import ends_in_video

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


@pytest.mark.parametrize("name", ["picture.heic", "picture.webp", "picture.png", "picture.jpg"])
async def test_image_sent_as_a_file(bot: BotUnderTest, coffee: bytes, name: str) -> None:
    """An image sent as a file works: JPEG, PNG, WebP and HEIC; the service gets a JPEG."""
    picture, out = Image.open(BytesIO(coffee)), BytesIO()
    if name.endswith("heic"):
        pillow_heif.from_pillow(picture).save(out, format="HEIF")
    else:
        picture.save(out, format={"webp": "WEBP", "png": "PNG", "jpg": "JPEG"}[name.split(".")[1]])
    await bot.start()
    bot.chat.send_document(out.getvalue(), name, f"image/{name.split('.')[1]}", "/squish")
    await ends_in_video(bot, "squish", 1)
    assert Image.open(BytesIO(bot.aiml.submissions[0].photos[0])).format == "JPEG"


async def test_live_photo(bot: BotUnderTest, coffee: bytes) -> None:
    """Of a live photo the still picture is taken."""
    await bot.start()
    bot.chat.send_live_photo(coffee, "/squish")
    await ends_in_video(bot, "squish", 1)


@pytest.mark.parametrize("kind", ["sticker", "video", "voice", "animation"])
async def test_other_things_than_photos(bot: BotUnderTest, clip: bytes, kind: str) -> None:
    """A sticker, a video, a GIF or a sound gets a sentence that says what is needed."""
    await bot.start()
    if kind in {"video", "animation"}:
        getattr(bot.chat, f"send_{kind}")(clip)
    else:
        getattr(bot.chat, f"send_{kind}")()
    answer = await bot.chat.wait_for(lambda seen: seen.sender == "bot")
    assert "I need a still photo" in answer.text


async def test_command_in_reply_to_a_sticker(bot: BotUnderTest, coffee: bytes) -> None:
    """A command in reply to a sticker says what is needed, and takes the photo that follows."""
    await bot.start()
    sticker = bot.chat.send_sticker()
    await bot.chat.wait_for(lambda seen: "That's a sticker" in seen.text)
    bot.chat.send_text("/squish", reply_to=sticker)
    await bot.chat.wait_for(lambda seen: "send me the photo" in seen.text)
    bot.chat.send_photo(coffee)
    await ends_in_video(bot, "squish", 1)
