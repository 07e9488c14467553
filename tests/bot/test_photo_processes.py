"""Photos that cost too much, as people and other chats notice them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.assertions import is_video, says
from tests.photo_processes import CEILING_S, photo_processes, until
from tests.video.photos.costly_files import COSTLY_FILES
from tests.video.photos.sample_images import encode, large_jpeg, quarters

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


@pytest.mark.parametrize(
    ("kind", "name"), [("progressive JPEG, 20,000 scans", "a.jpg"), ("PNG, a million texts", "a.png")]
)
async def test_row_42_a_costly_photo_is_refused_in_words(bot: BotUnderTest, kind: str, name: str) -> None:
    """A person who sends a file that would keep a decoder busy reads why there is no video, and nothing is paid."""
    await bot.start()
    bot.chat.send_document(COSTLY_FILES[kind](), name, f"image/{name.split('.')[1]}", "/squish")
    failed = await bot.chat.wait_for(says("no video this time"))
    assert "too many pixels in the photo" in failed.text
    assert bot.aiml.submissions == []


async def test_row_42_a_photo_that_hangs_holds_up_nobody(bot: BotUnderTest, coffee: bytes) -> None:
    """While the process of one photo hangs, another chat's photo gets its video, and the bot's stop is not delayed."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until_state(State.DELIVERED)
    (process,) = photo_processes()
    process.suspend()
    downloads = len(bot.params_of("getFile"))
    bot.chat.send_photo(coffee, "/squish")
    await until(lambda: len(bot.params_of("getFile")) > downloads)
    other = bot.telegram.private_chat(bot.telegram.add_person("Ben", language_code="en"))
    other.send_photo(coffee, "/squish")
    await other.wait_for(is_video)
    async with asyncio.timeout(CEILING_S):
        await bot.stop()
    assert photo_processes() == []


async def test_row_52_a_photo_of_108_megapixels_gets_its_video(bot: BotUnderTest) -> None:
    """A phone's largest photos and an AVIF, sent as files, are as good as any other."""
    await bot.start()
    bot.chat.send_document(large_jpeg(12_000, 9_000), "a.jpg", "image/jpeg", "/squish")
    await bot.chat.wait_for(is_video)
    bot.chat.send_document(encode(quarters(), "AVIF"), "a.avif", "image/avif", "/squish")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED, State.DELIVERED])
