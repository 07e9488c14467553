"""One chat never holds up another: neither by what it sends, nor by what is sent to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sandbox.http.faults import FOREVER, Delay
from storage import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.http.faults import IncomingRequest
    from sandbox.telegram import Chat
    from sandbox.telegram.chats.messages import Seen
    from tests.conftest import Play

FLOOD = 500
MEGABYTE = 1024 * 1024


def is_video(seen: Seen) -> bool:
    return "video" in seen.raw and seen.sender == "bot"


def chats_answered(play: Play) -> list[Any]:
    """The chats that the bot wrote to, in that order."""
    return [params["chat_id"] for params in play.said("sendMessage")]


async def test_a_flood_delays_nobody_else(play: Play) -> None:
    """Five hundred messages of one person do not stand before the one of another, who is answered early on."""
    await play.start()
    bob = play.telegram.private(play.telegram.person("Bob", language_code="en"))
    for _ in range(FLOOD):
        play.chat.say("/help")
    bob.say("/help")
    await bob.wait_for(lambda seen: seen.sender == "bot", timeout=30)
    answered = chats_answered(play)
    assert answered.count(play.chat.id) < 100, "Bob waited for most of the flood"
    await play.chat.wait(lambda chat: len(chat.posts) == 2 * FLOOD, timeout=60)


async def test_a_flood_of_photos_delays_nobody_else(play: Play, coffee: bytes) -> None:
    """A person who asks for sixty videos at once does not stand before the first one of another."""
    await play.start(user_daily_limit="100", user_active_limit="100", active_limit="2")
    bob = play.telegram.private(play.telegram.person("Bob", language_code="en"))
    for _ in range(60):
        play.chat.photo(coffee, "/squish")
    bob.photo(coffee, "/squish")
    await bob.wait_for(is_video, timeout=30)
    assert sum(job.state is State.DELIVERED for job in await play.jobs()) < 20, "Bob waited for a third of the flood"


async def test_a_slow_upload_delays_nobody_else(play: Play, coffee: bytes, clip: bytes) -> None:
    """While 49 MB are being uploaded to one chat, another sees its progress, a third gets its video."""
    begun, gate = asyncio.Event(), asyncio.Event()
    play.telegram.faults.add(_upload_to(play.chat, begun), Delay(gate), times=FOREVER)
    play.film.video = clip + bytes(49 * MEGABYTE - len(clip))
    await play.start()
    play.chat.photo(coffee, "/squish")
    await asyncio.wait_for(begun.wait(), 30)
    play.film.video = clip
    bob, cyd = (play.telegram.private(play.telegram.person(name, language_code="en")) for name in ("Bob", "Cyd"))
    bob.photo(coffee, "/squish")
    await bob.wait_for(is_video)
    await bob.wait_for(lambda seen: "is ready" in seen.text)
    cyd.photo(coffee, "/squish")
    await play.aiml.wait(lambda aiml: len(aiml.jobs) == 3)
    last = list(play.aiml.jobs.values())[-1]
    last.hold()
    await cyd.wait_for(lambda seen: "being made" in seen.text)
    play.pass_time(30)
    await cyd.wait_for(lambda seen: "being made, 0:3" in seen.text)
    last.finish()
    await cyd.wait_for(is_video)
    assert not [seen for seen in play.chat.messages if is_video(seen)], "the slow one is still under way"
    gate.set()
    video = await play.chat.wait_for(is_video, timeout=60)
    assert len(video.video or b"") == 49 * MEGABYTE


def _upload_to(chat: Chat, begun: asyncio.Event) -> Callable[[IncomingRequest], bool]:
    """Whether a request uploads a video to this chat; the event tells that one came."""

    def fits(incoming: IncomingRequest) -> bool:
        here = incoming.method == "editMessageMedia" and incoming.params.get("chat_id") == chat.id
        if here and "Upload(" in str(incoming.params):
            begun.set()
        return here and begun.is_set()

    return fits
