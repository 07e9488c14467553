"""Updates that can't be handled are tried again, then set aside; the person is told once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sandbox.http.faults import FOREVER, Delay, RespondWith

if TYPE_CHECKING:
    from sandbox.http.faults import IncomingRequest
    from tests.bot_under_test import BotUnderTest

BROKEN = RespondWith(409, {"ok": False, "error_code": 409, "description": "Conflict: what no handler expects"})
DOWN = RespondWith(502, body=b"Bad Gateway")


def help_of(bot: BotUnderTest) -> list[str]:
    """Return the answers to /help that people see."""
    return [seen.text for seen in bot.chat.messages if "I turn one or two photos" in seen.text]


async def test_row_6_a_handler_raises_once(bot: BotUnderTest) -> None:
    """A handler that fails once is run again, and the person gets one answer."""
    bot.telegram.faults.add("sendMessage", BROKEN)
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda seen: seen.sender == "bot")
    assert len(help_of(bot)) == 1


async def test_row_6_a_handler_always_raises(bot: BotUnderTest) -> None:
    """A handler that fails three times is given up: the person is told once, and what follows is handled."""
    rule = bot.telegram.faults.add(
        lambda request: request.method == "sendMessage" and "I turn" in str(request.params.get("text")),
        BROKEN,
        times=FOREVER,
    )
    await bot.start()
    bot.chat.send_text("/help")
    bot.chat.send_text("/status")
    await bot.until(lambda _: rule.use_count == 3, advancing=5)
    await bot.chat.wait_for(lambda seen: "Something went wrong" in seen.text)
    await bot.chat.wait_for(lambda seen: "Your videos" in seen.text)
    assert rule.use_count == 3
    assert len([seen for seen in bot.chat.messages if "went wrong" in seen.text]) == 1


async def test_telegram_is_away_for_a_while(bot: BotUnderTest) -> None:
    """An answer that Telegram could not take is given when it is back, however many tries it took."""
    bot.telegram.faults.add("sendMessage", DOWN, times=6)
    await bot.start()
    bot.chat.send_text("/help")
    await bot.until(lambda _: bool(help_of(bot)), advancing=20)
    assert len(help_of(bot)) == 1
    assert not any("went wrong" in seen.text for seen in bot.chat.messages)


async def test_telegram_asks_for_patience(bot: BotUnderTest) -> None:
    """A handler that is told to wait is run again after that time, and other chats are answered meanwhile."""
    bot.telegram.flood(bot.chat, 30)
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob"))
    await bot.start()
    bot.chat.send_text("/help")
    bob.send_text("/help")
    await bob.wait_for(lambda seen: seen.sender == "bot")
    assert help_of(bot) == []
    bot.telegram.end_flood(bot.chat)
    bot.advance(31)
    await bot.chat.wait_for(lambda seen: "I turn one or two photos" in seen.text)


async def test_a_chat_keeps_its_order_while_others_go_ahead(bot: BotUnderTest) -> None:
    """While one answer is on its way, what the same chat sends waits in order, and another chat is answered."""
    begun, gate = asyncio.Event(), asyncio.Event()

    def answer(request: IncomingRequest) -> bool:
        if request.method == "sendMessage":
            begun.set()
        return request.method == "sendMessage"

    bot.telegram.faults.add(answer, Delay(gate))
    bob = bot.telegram.private_chat(bot.telegram.add_person("Bob", language_code="en"))
    await bot.start()
    bot.chat.send_text("/help")
    await asyncio.wait_for(begun.wait(), 60)
    for words in ("/status", "/help", "/status"):
        bot.chat.send_text(words)
        bob.send_text("/help")
        await bob.wait_for(lambda seen: seen.sender == "bot")
    assert [seen for seen in bot.chat.messages if seen.sender == "bot"] == []
    gate.set()
    await bot.chat.wait(lambda chat: len([seen for seen in chat.messages if seen.sender == "bot"]) == 4)
    answers = ["help" if "I turn" in seen.text else "status" for seen in bot.chat.messages if seen.sender == "bot"]
    assert answers == ["help", "status", "help", "status"]
