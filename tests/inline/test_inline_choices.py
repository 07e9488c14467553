"""Inline mode: a result is chosen in any chat, and turns into the video there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import State
from tests.inline.typing_person import becomes_video, choose, seen, sends_photos

if TYPE_CHECKING:
    from tests.conftest import Play


@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_a_choice_becomes_the_video(play: Play, coffee: bytes, *, storage: bool) -> None:
    """With inline feedback on, what a person chose in another chat becomes the video there, by itself."""
    channel = play.telegram.channel("Storage")
    await play.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    await sends_photos(play, coffee)
    message = await choose(play, "Squish", "squish")
    assert "is being made" in seen(play, message).text
    video = await becomes_video(play, message)
    assert video.video == play.film.video
    job = await play.until_state(State.DELIVERED)
    assert (job.chat_id, job.inline_message_id, job.card_id) == (play.ada.id, message, None)
    assert [one.video for one in channel.messages] == ([play.film.video] if storage else [])
    (edit,) = play.said("editMessageMedia")
    assert edit["media"]["media"].startswith("http") is not storage
    assert len(play.aiml.submissions) == 1
