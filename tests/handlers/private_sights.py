"""What the tests of private chats look for, and how they get there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import State
from tests.assertions import alike, is_video

if TYPE_CHECKING:
    from sandbox.telegram import Seen
    from tests.conftest import Play


async def made(play: Play, scene: str, photos: int) -> None:
    """The video came, once, of that scene with so many photos, and nothing else was asked of the service."""
    await play.chat.wait_for(is_video)
    await play.until_state(State.DELIVERED)
    (submission,) = play.aiml.submissions
    assert (submission.scene, len(submission.photos)) == (scene, photos)
    assert len([seen for seen in play.chat.messages if is_video(seen)]) == 1


def left_is(play: Play, photo: bytes) -> bool:
    """Whether the first photo at the service shows the same as this one."""
    return alike(play.aiml.submissions[0].photos[0], photo)


async def finished(play: Play, photo: bytes, caption: str = "/squish") -> Seen:
    """A delivered video."""
    play.chat.photo(photo, caption)
    return await play.chat.wait_for(is_video)
