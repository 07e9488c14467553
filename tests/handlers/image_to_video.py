"""Assertions about /animate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.assertions import is_video, looks_like, says

if TYPE_CHECKING:
    from sandbox.aiml import Submission
    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest

V1_6 = "kling-video/v1.6/pro/image-to-video"
V2 = "klingai/v2-master-image-to-video"
WORDS = "she smiles & waves <b>"
"""A prompt with signs that HTML would take for its own."""

asks_for_words = says("what should happen in the picture?")


def shows(submission: Submission, *photos: bytes) -> bool:
    """Return True if the service got these photos in this order."""
    pairs = zip(submission.photos, photos, strict=False)
    return len(submission.photos) == len(photos) and all(looks_like(sent, meant) for sent, meant in pairs)


async def animated(bot: BotUnderTest, *photos: bytes, chat: Chat | None = None, prompt: str = WORDS) -> Submission:
    """Check that one video of these photos and words was made and delivered, and no other; return its submission."""
    where = chat or bot.chat
    await where.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    (submission,) = bot.aiml.submissions
    assert submission.body["prompt"] == prompt
    assert shows(submission, *photos)
    assert len([seen for seen in where.messages if is_video(seen)]) == 1
    return submission
