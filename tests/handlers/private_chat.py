"""Assertions about private chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.assertions import is_video, looks_like

if TYPE_CHECKING:
    from sandbox.telegram import MessageSnapshot
    from tests.bot_under_test import BotUnderTest


async def ends_in_video(bot: BotUnderTest, scene: str, photos: int) -> None:
    """Check that one video of this scene and so many photos was made and delivered, and no other."""
    await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    (submission,) = bot.aiml.submissions
    assert (submission.scene, len(submission.photos)) == (scene, photos)
    assert len([seen for seen in bot.chat.messages if is_video(seen)]) == 1


def left_photo_is(bot: BotUnderTest, photo: bytes) -> bool:
    """Return True if the first photo that the service got shows the same as this one."""
    return looks_like(bot.aiml.submissions[0].photos[0], photo)


async def get_video(bot: BotUnderTest, photo: bytes, caption: str = "/squish") -> MessageSnapshot:
    """Ask for a video, and return its message when it is delivered."""
    bot.chat.send_photo(photo, caption)
    return await bot.chat.wait_for(is_video)
