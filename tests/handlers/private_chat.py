"""What the tests of private chats look for, and how they get there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.assertions import is_video, looks_like

if TYPE_CHECKING:
    from sandbox.telegram import MessageSnapshot
    from tests.bot_under_test import BotUnderTest


async def ends_in_video(bot: BotUnderTest, scene: str, photos: int) -> None:
    """The video came, once, of that scene with so many photos, and nothing else was asked of the service."""
    await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    (submission,) = bot.aiml.submissions
    assert (submission.scene, len(submission.photos)) == (scene, photos)
    assert len([seen for seen in bot.chat.messages if is_video(seen)]) == 1


def left_photo_is(bot: BotUnderTest, photo: bytes) -> bool:
    """Whether the first photo at the service shows the same as this one."""
    return looks_like(bot.aiml.submissions[0].photos[0], photo)


async def get_video(bot: BotUnderTest, photo: bytes, caption: str = "/squish") -> MessageSnapshot:
    """A delivered video."""
    bot.chat.send_photo(photo, caption)
    return await bot.chat.wait_for(is_video)
