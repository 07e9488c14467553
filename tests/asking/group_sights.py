"""What the tests of groups look for in a chat, and how they get there."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from storage import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram import Chat, Person, Seen
    from tests.conftest import Play

AT = "@kling_sandbox_bot"


def is_video(seen: Seen) -> bool:
    """A bot's message that became the video."""
    return seen.video is not None


def says(words: str) -> Callable[[Seen], bool]:
    """Whether a message of the bot holds these words."""
    return lambda seen: seen.sender == "bot" and words in seen.words


ASKS = says("with your profile picture")


def shows(sent: bytes, meant: bytes) -> bool:
    """Whether two pictures show the same."""
    pictures = [Image.open(BytesIO(one)).convert("RGB").resize((8, 8)).tobytes() for one in (sent, meant)]
    return all(abs(a - b) < 16 for a, b in zip(*pictures, strict=True))


async def made_of(play: Play, group: Chat, *photos: bytes) -> Seen:
    """The video came, once, of these pictures from left to right."""
    video = await group.wait_for(is_video)
    await play.until_state(State.DELIVERED)
    (submission,) = [one for one in play.aiml.submissions if one.accepted]
    assert len(submission.photos) == len(photos)
    assert all(shows(sent, meant) for sent, meant in zip(submission.photos, photos, strict=True))
    return video


async def pop_up(play: Play, query_id: str) -> str:
    """What the press was answered with."""
    await play.telegram.wait(lambda telegram: query_id in telegram.callback_answers)
    return play.telegram.callback_answers[query_id].text or ""


def mention(text: str, name: str, person: Person) -> dict[str, Any]:
    """The entities of a text in which a person without a username is mentioned by name."""
    command = {"type": "bot_command", "offset": 0, "length": text.index(" ")}
    return {
        "entities": [
            command,
            {"type": "text_mention", "offset": text.index(name), "length": len(name), "user": person.user()},
        ]
    }
