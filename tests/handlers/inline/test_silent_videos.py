"""Most effects have no sound, and a video without it that Telegram fetches is an animation to it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import av
import pytest

from sandbox.photos import photo
from sandbox.render import render
from storage import State
from tests.assertions import labels
from tests.handlers.inline.inline_chat import choose, send_photos, snapshot, type_query

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


@pytest.fixture(scope="module")
def mute() -> bytes:
    """Return a video without sound."""
    film, out = render("hug", [photo("ada"), photo("ben")], fast=True), BytesIO()
    with av.open(BytesIO(film), "r") as whole, av.open(out, "w", format="mp4") as picture_only:
        track = picture_only.add_stream_from_template(whole.streams.video[0])
        for packet in whole.demux(video=0):
            if packet.dts is not None:
                packet.stream = track
                picture_only.mux(packet)
    return out.getvalue()


@pytest.fixture
def mute_play(bot: BotUnderTest, mute: bytes) -> BotUnderTest:
    """Let Telegram treat videos without sound as animations, as it does."""
    bot.video.data = mute
    bot.telegram.silent_video_is_animation = True
    return bot


async def test_shared_as_what_it_is(mute_play: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """A hug without sound is delivered, and inline mode shows it among the person's videos, to be sent again."""
    await mute_play.start()
    mute_play.chat.send_album([ada, ben], "/hug")
    shown = await mute_play.chat.wait_for(lambda message: "animation" in message.raw)
    assert "Share" in " ".join(labels(shown))
    job = await mute_play.until_state(State.DELIVERED)
    assert job.video_is_animation
    query, answer = await type_query(mute_play, f"#{job.id}")
    (result,) = answer.results
    assert result["mpeg4_file_id"] == job.video_file_id
    message = mute_play.telegram.choose_inline_result(mute_play.ada, query, result["id"])
    assert "animation" in snapshot(mute_play, message).raw


@pytest.mark.parametrize("storage", [True, False], ids=["storage chat", "no storage chat"])
async def test_a_choice_becomes_it(mute_play: BotUnderTest, ada: bytes, ben: bytes, *, storage: bool) -> None:
    """What was chosen in another chat appears there without sound as well, by way of the storage chat or not."""
    channel = mute_play.telegram.add_channel("Storage")
    await mute_play.start(**({"storage_chat_id": str(channel.id)} if storage else {}))
    await send_photos(mute_play, ada, ben)
    message = await choose(mute_play, "Hug", "hug")
    await mute_play.telegram.wait(lambda telegram: "animation" in telegram.inline_messages[message].raw)
    job = await mute_play.until_state(State.DELIVERED)
    assert (job.video_file_id is not None) is storage
    assert len(mute_play.aiml.ledger) == 1
