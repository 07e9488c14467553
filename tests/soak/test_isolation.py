"""One chat never delays another, neither by what it sends nor by what is sent to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sandbox.http.faults import FOREVER, Delay
from storage import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.http.faults import IncomingRequest
    from sandbox.telegram import Chat
    from sandbox.telegram.chats.messages import MessageSnapshot
    from tests.bot_under_test import BotUnderTest

FLOOD = 500
MEGABYTE = 1024 * 1024


def is_video(seen: MessageSnapshot) -> bool:
    return "video" in seen.raw and seen.sender == "bot"


def chats_answered(bot: BotUnderTest) -> list[Any]:
    """Return the chats that the bot wrote to, in order."""
    return [params["chat_id"] for params in bot.params_of("sendMessage")]


async def test_a_flood_delays_nobody_else(bot: BotUnderTest) -> None:
    """Five hundred messages of one person do not stand before the one of another, who is answered early on."""
    await bot.start()
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob", language_code="en"))
    for _ in range(FLOOD):
        bot.chat.send_text("/help")
    bob.send_text("/help")
    await bob.wait_for(lambda seen: seen.sender == "bot")
    answered = chats_answered(bot)
    assert answered.count(bot.chat.id) < 100, "Bob waited for most of the flood"
    await bot.chat.wait(lambda chat: len(chat.stored_messages) == 2 * FLOOD)


async def test_a_flood_of_photos_delays_nobody_else(bot: BotUnderTest, coffee: bytes) -> None:
    """A person who asks for sixty videos at once does not stand before the first one of another."""
    await bot.start(user_daily_limit="100", user_active_limit="100", active_limit="2")
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob", language_code="en"))
    for _ in range(60):
        bot.chat.send_photo(coffee, "/squish")
    bob.send_photo(coffee, "/squish")
    await bob.wait_for(is_video)
    assert sum(job.state is State.DELIVERED for job in await bot.jobs()) < 20, "Bob waited for a third of the flood"


async def test_a_slow_upload_delays_nobody_else(bot: BotUnderTest, coffee: bytes, clip: bytes) -> None:
    """While 49 MB are being uploaded to one chat, another sees its progress, a third gets its video."""
    begun, gate = asyncio.Event(), asyncio.Event()
    bot.telegram.faults.add(_upload_to(bot.chat, begun), Delay(gate), times=FOREVER)
    bot.video.data = clip + bytes(49 * MEGABYTE - len(clip))
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await asyncio.wait_for(begun.wait(), 60)
    bot.video.data = clip
    bob, cyd = (bot.telegram.private_chat(bot.telegram.add_person(name, language_code="en")) for name in ("Bob", "Cyd"))
    bob.send_photo(coffee, "/squish")
    await bob.wait_for(is_video)
    await bob.wait_for(lambda seen: "is ready" in seen.text)
    cyd.send_photo(coffee, "/squish")
    await bot.aiml.wait(lambda aiml: len(aiml.jobs) == 3)
    last = list(bot.aiml.jobs.values())[-1]
    last.hold()
    await cyd.wait_for(lambda seen: "being made" in seen.text)
    bot.advance(30)
    await cyd.wait_for(lambda seen: "being made, 0:3" in seen.text)
    last.finish()
    await cyd.wait_for(is_video)
    assert not [seen for seen in bot.chat.messages if is_video(seen)], "the slow one is still under way"
    gate.set()
    video = await bot.chat.wait_for(is_video)
    assert len(video.video or b"") == 49 * MEGABYTE


def _upload_to(chat: Chat, begun: asyncio.Event) -> Callable[[IncomingRequest], bool]:
    """Return a predicate for uploads of a video to this chat, which sets the event."""

    def fits(incoming: IncomingRequest) -> bool:
        here = incoming.method == "editMessageMedia" and incoming.params.get("chat_id") == chat.id
        if here and "Upload(" in str(incoming.params):
            begun.set()
        return here and begun.is_set()

    return fits
