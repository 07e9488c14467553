"""No secret in what Python shows of an object, in what a failed start says, or in what `check` prints."""

from __future__ import annotations

import logging
import pickle
import traceback
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from bot.app import handler_dependencies
from bot.logs import RedactingFormatter
from bot.services import make_services
from bot.settings import Settings
from bot.telegram_api.application import make_application
from bot.telegram_api.rate_limit import ChatBudget
from bot.wakeups import Wakeups
from handlers.localization import Locales
from storage import Store
from tests.crash.bot_process import BotProcess
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot_under_test import BotUnderTest

TOKEN = "7654321:AAH-very-secret-token-of-a-bot-0123456"
KEY = "very-secret-key"


def settings_of(**values: Any) -> Settings:
    """Return settings made from environment variables."""
    return Settings(_env_file=None, **values)


def leaks(text: str) -> bool:
    """Return True if the text holds a secret."""
    return "very-secret" in text


async def test_what_python_shows(bot: BotUnderTest) -> None:
    """Neither repr nor str of the settings, the service, the desk or the store shows a secret; nor PTB's in the log."""
    settings = bot.settings(telegram_bot_token=TOKEN, aiml_api_key=KEY)
    async with AsyncExitStack() as stack:
        clock = bot.clock.for_process()
        services = make_services(settings)
        for service in services.values():
            stack.push_async_callback(service.aclose)
        store = await Store.open(bot.database)
        stack.push_async_callback(store.close)
        desk = handler_dependencies(settings, store, services, Catalogue.load(), Locales.load(), Wakeups(), clock)
        things = {"settings": settings, "values": vars(settings), "services": services, "desk": desk, "store": store}
        assert [name for name, thing in things.items() if leaks(f"{thing!r} {thing}")] == []
        application = make_application(settings, desk, ChatBudget(20, clock), clock)
        assert leaks(repr(application)), "PTB's own repr quotes the token: only the log's formatter takes it out"
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "%r %s", (application, application.bot), None)
        assert not leaks(RedactingFormatter(settings.secrets).format(record))


@pytest.mark.parametrize("mode", ["python", "json"])
def test_dumps_of_the_settings(mode: str) -> None:
    """However the settings are dumped, copied or compared, secrets stay hidden."""
    settings = settings_of(telegram_bot_token=TOKEN, aiml_api_key=KEY)
    assert not leaks(str(settings.model_dump(mode=mode)))
    assert not leaks(settings.model_dump_json())
    assert not leaks(str(settings.model_copy()))
    assert not leaks(str(list(settings)))
    assert leaks(str(pickle.dumps(settings))), "the secret is there, and nothing but these ways hides it"


def test_mistakes_in_the_settings() -> None:
    """A token or a key that is refused is not in the exception that says so to the operator."""
    with pytest.raises(ValidationError) as caught:
        settings_of(telegram_bot_token="very-secret token", aiml_api_key=KEY, poll_interval=0)
    assert not leaks(str(caught.value))


async def test_a_key_that_no_header_may_carry(bot: BotUnderTest) -> None:
    """A key with a letter that HTTP does not allow is refused without being told."""
    with pytest.raises(ValueError, match="printable ASCII") as caught:
        make_services(bot.settings(aiml_api_key=f"{KEY}é"))
    assert not leaks("".join(traceback.format_exception(caught.value)))


async def test_what_a_failed_start_says(bot: BotUnderTest, tmp_path: Path) -> None:
    """A process that can't start says why, and shows neither the token nor the key: here a wrong token."""
    environment = bot.sandbox.bot_environment(tmp_path / "bot.db", LOG_LEVEL="DEBUG")
    process = BotProcess(environment | {"TELEGRAM_BOT_TOKEN": TOKEN, "AIML_API_KEY": KEY}, tmp_path)
    await process.start()
    assert await process.wait_ended() == 1
    assert "does not know TELEGRAM_BOT_TOKEN" in process.log_text
    assert not leaks(process.log_text)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"TELEGRAM_BOT_TOKEN": "very-secret"}, "does not look like a token"),
        ({"AIML_API_KEY": "very-secret-é"}, "printable ASCII"),
        ({"DATABASE_PATH": "/proc/nothing/bot.db"}, "nothing"),
        ({"POLL_INTERVAL": "very-secret"}, "POLL_INTERVAL"),
    ],
)
async def test_what_wrong_settings_say(bot: BotUnderTest, tmp_path: Path, wrong: dict[str, str], words: str) -> None:
    """A process with wrong settings ends with words about them and without their values."""
    environment = bot.sandbox.bot_environment(tmp_path / "bot.db") | {"AIML_API_KEY": KEY} | wrong
    process = BotProcess(environment, tmp_path)
    await process.start()
    assert await process.wait_ended() != 0
    assert words in process.log_text
    assert not leaks(process.log_text)


async def test_the_chain_behind_a_refused_token(bot: BotUnderTest) -> None:
    """The exception of a refused token does not carry the token in what caused it."""
    await bot.start(telegram_bot_token=TOKEN)
    error = await bot.died()
    assert not leaks("".join(traceback.format_exception(error)))


async def test_what_check_prints(bot: BotUnderTest, tmp_path: Path) -> None:
    """`python -m bot check` prints no secret, whether all is well or the key is wrong."""
    for key, code in ((bot.aiml.key, 0), (KEY, 1)):
        process = BotProcess(bot.sandbox.bot_environment(tmp_path / "bot.db", AIML_API_KEY=key), tmp_path)
        await process.start(("-m", "bot", "check"))
        assert await process.wait_ended() == code
        assert not any(secret in process.log_text for secret in (*bot.settings().secrets, KEY))
