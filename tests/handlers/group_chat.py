"""Assertions about groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import State
from tests.assertions import is_video, looks_like, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from tests.bot_under_test import BotUnderTest

asks_for_consent = says("with your profile picture")


async def video_shows(bot: BotUnderTest, group: Chat, *photos: bytes) -> MessageSnapshot:
    """Check that one video of these photos, from left to right, was delivered; return its message."""
    video = await group.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    (submission,) = [one for one in bot.aiml.submissions if one.accepted]
    assert len(submission.photos) == len(photos)
    assert all(looks_like(sent, meant) for sent, meant in zip(submission.photos, photos, strict=True))
    return video


def mention(text: str, name: str, person: Person) -> dict[str, Any]:
    """Return the parameters of a text that mentions a person without a username by name."""
    command = {"type": "bot_command", "offset": 0, "length": text.index(" ")}
    return {
        "entities": [
            command,
            {"type": "text_mention", "offset": text.index(name), "length": len(name), "user": person.user()},
        ]
    }
