"""`python -m bot check` and `python -m bot health`, as an operator reads them."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING

import pytest

from bot.health import health_problem
from sandbox.http.faults import FOREVER, RespondWith
from sandbox.kling import KlingRefusal
from tests.bot.check_output import check_output

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest


async def test_all_is_well(bot: BotUnderTest) -> None:
    """With everything right, the name, the switches, the balance and the database are told."""
    text, wrong = await check_output(bot)
    assert not wrong
    for words in ("@kling_sandbox_bot", "Privacy mode is on", "Inline mode is on", "100.00 USD", "is in order"):
        assert words in text


async def test_wrong_token(bot: BotUnderTest) -> None:
    """A token that Telegram does not know is told in a sentence that does not hold it."""
    text, wrong = await check_output(bot, telegram_bot_token="7654321:another-token")
    assert wrong
    assert "does not know TELEGRAM_BOT_TOKEN" in text
    assert "another-token" not in text


async def test_wrong_key(bot: BotUnderTest) -> None:
    """A key that the service does not accept is told."""
    text, wrong = await check_output(bot, aiml_api_key="wrong-key")
    assert wrong
    assert "does not accept AIML_API_KEY" in text
    assert "wrong-key" not in text


async def test_two_services(bot_with_kling: BotUnderTest) -> None:
    """Each service is tried with its own key, and which is preferred is told."""
    text, wrong = await check_output(bot_with_kling, video_service="kling")
    assert not wrong
    for words in ("The AIML key works; 100.00 USD", "The Kling key works.", "Kling is preferred; AIML makes what"):
        assert words in text
    text, wrong = await check_output(bot_with_kling, kling_api_key="wrong-key")
    assert wrong
    assert "Kling does not accept KLING_API_KEY" in text
    assert "wrong-key" not in text


async def test_pair_of_keys(bot_with_kling: BotUnderTest) -> None:
    """A pair of Kling's own keys is enough, without a key of AIML's."""
    keys = {"kling_access_key": bot_with_kling.kling.access_key, "kling_secret_key": bot_with_kling.kling.secret_key}
    text, wrong = await check_output(bot_with_kling, aiml_api_key="", kling_api_key="", **keys)
    assert not wrong
    assert "The Kling key works." in text
    assert "AIML" not in text
    text, wrong = await check_output(
        bot_with_kling, aiml_api_key="", kling_api_key="", **(keys | {"kling_secret_key": "x" * 32})
    )
    assert wrong
    assert "KLING_ACCESS_KEY and KLING_SECRET_KEY" in text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (KlingRefusal(1102).fault(), "The Kling account is empty: HTTP 429 code 1102"),
        (KlingRefusal(1304).fault(), "does not let this account make videos: HTTP 429 code 1304"),
        (RespondWith(404, body=b"404 page not found"), "is the address right? It says: HTTP 404"),
        (KlingRefusal(1303).fault(), "can't be reached: HTTP 429 code 1303"),
    ],
    ids=["no credit", "address not allowed", "no such path", "busy"],
)
async def test_refused_for_another_reason(bot_with_kling: BotUnderTest, answer: RespondWith, words: str) -> None:
    """A key is not blamed for an empty account or a wrong address."""
    bot_with_kling.kling.faults.add("GET /v1/videos/effects", answer)
    text, wrong = await check_output(bot_with_kling, aiml_api_key="")
    assert wrong
    assert words in text
    assert "does not accept" not in text


async def test_port_for_callbacks(bot_with_kling: BotUnderTest) -> None:
    """Whether the port for callbacks can be opened is told, where there is to be one."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        own = {"kling_callback_url": "https://bot.example.org", "listen": f"127.0.0.1:{port}"}
        assert "can't be opened" in (await check_output(bot_with_kling, **own))[0]
    text, wrong = await check_output(bot_with_kling, **own)
    assert not wrong
    assert "https://bot.example.org must lead there" in text


async def test_empty_account(bot: BotUnderTest) -> None:
    """An empty account is told."""
    bot.aiml.balance_usd = 0
    text, wrong = await check_output(bot)
    assert wrong
    assert "the account is empty" in text


async def test_nothing_can_be_reached(bot: BotUnderTest) -> None:
    """Addresses where nobody answers are told, each with its own sentence."""
    text, wrong = await check_output(bot, telegram_api_url="http://127.0.0.1:1", aiml_api_url="http://127.0.0.1:1")
    assert wrong
    assert text.count("can't be reached") == 2


async def test_webhook_left_over(bot: BotUnderTest) -> None:
    """A webhook left over is told, and taken away at start without losing what waits."""
    settings = bot.settings()
    from telegram.ext import ExtBot  # noqa: PLC0415 -- the operator's earlier life

    async with ExtBot(settings.telegram_bot_token.get_secret_value(), f"{settings.telegram_api_url}/bot") as other:
        await other.set_webhook("https://127.0.0.1:1/hook")
    text, wrong = await check_output(bot)
    assert not wrong
    assert "webhook is left over" in text
    bot.chat.send_text("/help")
    await bot.start()
    await bot.chat.wait_for(lambda seen: "I turn one or two photos" in seen.text)


async def test_broken_database(bot: BotUnderTest) -> None:
    """A file that is no database is told."""
    bot.database.write_bytes(b"this is no database, but a text that is long enough to be read as one" * 20)
    text, wrong = await check_output(bot)
    assert wrong
    assert "can't be used" in text


async def test_health(bot: BotUnderTest) -> None:
    """Health is good while the loops go round, and bad when they are silent or the bot is not there."""
    assert health_problem(bot.database, now=time.monotonic()) == "The bot is not running."
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda seen: seen.sender == "bot")
    assert health_problem(bot.database, now=time.monotonic()) is None
    assert "Silent" in (health_problem(bot.database, now=time.monotonic() + 1000) or "")
    await bot.stop()
    assert health_problem(bot.database, now=time.monotonic()) == "The bot is not running."


async def test_token_refused_at_start(bot: BotUnderTest) -> None:
    """A bot with a wrong token ends with a sentence."""
    await bot.start(telegram_bot_token="7654321:another-token")
    error = await bot.died()
    assert "does not know TELEGRAM_BOT_TOKEN" in str(error)


async def test_telegram_away_at_start(bot: BotUnderTest) -> None:
    """A bot that starts while Telegram is away waits for it."""
    rule = bot.telegram.faults.add("getMe", RespondWith(502, body=b"Bad Gateway"), times=FOREVER)
    await bot.start()
    tried = asyncio.Event()
    bot.telegram.faults.on_request = lambda *_: tried.set()
    await asyncio.wait_for(tried.wait(), 60)
    rule.remove()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda seen: seen.sender == "bot")
