"""An effect goes by its command, by its name after /effect, and by other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.private_chat import ends_in_video

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


@pytest.mark.parametrize(
    ("words", "scene"),
    [
        ("/jelly_squish", "jelly_squish"),
        ("/effect jelly_squish", "jelly_squish"),
        ("/effect Jelly Squish", "jelly_squish"),
        ("/lets_ride", "let's_ride"),
        ("/effect let’s_ride", "let's_ride"),
        ("/inflate", "expansion"),
        ("/expansion", "expansion"),
    ],
)
async def test_every_other_scene(bot: BotUnderTest, coffee: bytes, words: str, scene: str) -> None:
    """Other scenes go by /effect NAME and by their own command, aliases included."""
    await bot.start()
    bot.chat.send_photo(coffee, words)
    await ends_in_video(bot, scene, 1)


async def test_heart_is_heart_gesture(bot: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """/heart asks the service for heart_gesture."""
    await bot.start()
    bot.chat.send_album([ada, ben], "/heart")
    await ends_in_video(bot, "heart_gesture", 2)


async def test_unknown_effect(bot: BotUnderTest, coffee: bytes) -> None:
    """A name that is not there gets the nearest ones, and whatever is in it is shown as it is."""
    await bot.start()
    bot.chat.send_photo(coffee, "/effect jely_squish <b>")
    answer = await bot.chat.wait_for(lambda seen: "Did you mean" in seen.text)
    assert "jely_squish <b>" in answer.text
    assert "/jelly" in answer.text
    assert await bot.jobs() == []
