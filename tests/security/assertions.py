"""Assertions about chats that the security tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import State
from tests.assertions import is_video

if TYPE_CHECKING:
    from sandbox.telegram import Chat, MessageSnapshot
    from storage import Job
    from tests.bot_under_test import BotUnderTest

SUBMIT = "POST /v2/video/generations"
POLL = "GET /v2/video/generations"
LOGS = "GET /v2/logs"


def formats(seen: MessageSnapshot) -> set[str]:
    """Return the kinds of formatting and links in a message."""
    raw = seen.raw
    return {entity["type"] for entity in [*raw.get("entities", ()), *raw.get("caption_entities", ())]}


async def video_is_delivered(
    bot: BotUnderTest, photo: bytes, chat: Chat | None = None, **how: Any
) -> tuple[Job, MessageSnapshot]:
    """Deliver a video in a chat; return its job and message."""
    chat = chat or bot.chat
    before = {seen.id for seen in chat.messages if is_video(seen)}
    known = {job.id for job in await bot.jobs()}
    chat.send_photo(photo, "/squish@kling_sandbox_bot", **how)
    jobs = await bot.until(
        lambda jobs: any(job.id not in known and job.state is State.DELIVERED for job in jobs), seconds=15
    )
    video = await chat.wait_for(lambda seen: is_video(seen) and seen.id not in before)
    (job,) = (job for job in jobs if job.id not in known)
    return job, video
