"""Assertions about what a person sees in a chat."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram import MessageSnapshot
    from tests.bot_under_test import BotUnderTest


MENTION = "@kling_sandbox_bot"
"""The bot's name, as it is written behind a command in groups."""


def is_video(seen: MessageSnapshot) -> bool:
    """Return True if the message shows the video."""
    return seen.video is not None


def says(words: str) -> Callable[[MessageSnapshot], bool]:
    """Return a predicate for messages of the bot that contain these words."""
    return lambda seen: seen.sender == "bot" and words in seen.text_or_caption


asks_for_second_photo = says("send me the other one")
"""The question for the second photo."""


def labels(seen: MessageSnapshot) -> list[str]:
    """Return the labels of the buttons."""
    return [button.text for row in seen.buttons for button in row]


async def callback_answer(bot: BotUnderTest, query_id: str) -> str:
    """Wait for the answer to a callback query, and return its text."""
    await bot.telegram.wait(lambda telegram: query_id in telegram.callback_answers)
    return bot.telegram.callback_answers[query_id].text or ""


def looks_like(sent: bytes, meant: bytes) -> bool:
    """Return True if two images show the same."""
    one, other = (Image.open(BytesIO(data)).convert("RGB").resize((8, 8)).tobytes() for data in (sent, meant))
    return all(abs(a - b) < 16 for a, b in zip(one, other, strict=True))
