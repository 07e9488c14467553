"""What the tests of groups look for in a chat, and how they get there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import State
from tests.assertions import is_video, looks_like, says

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot, Person
    from tests.bot_under_test import BotUnderTest

asks_for_consent = says("with your profile picture")


async def video_shows(bot: BotUnderTest, group: Chat, *photos: bytes) -> MessageSnapshot:
    """The video came, once, of these pictures from left to right."""
    video = await group.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    (submission,) = [one for one in bot.aiml.submissions if one.accepted]
    assert len(submission.photos) == len(photos)
    assert all(looks_like(sent, meant) for sent, meant in zip(submission.photos, photos, strict=True))
    return video


def mention(text: str, name: str, person: Person) -> dict[str, Any]:
    """The entities of a text in which a person without a username is mentioned by name."""
    command = {"type": "bot_command", "offset": 0, "length": text.index(" ")}
    return {
        "entities": [
            command,
            {"type": "text_mention", "offset": text.index(name), "length": len(name), "user": person.user()},
        ]
    }
