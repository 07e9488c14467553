"""No secret is in a log, an exception or a message."""

from __future__ import annotations

import html
import io
import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from bot.logs import RedactingFormatter
from bot.private_words import PrivateWords, private_words, texts_of_update
from sandbox.http.faults import CloseAfter, RespondWith
from sandbox.kling import KlingRefusal
from video.services.kling.auth import KlingAuth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from tests.bot_under_test import BotUnderTest


def logged(text: str, *secrets: str, error: Exception | None = None) -> str:
    """Return what the log shows of a record."""
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, text, (), (type(error), error, None) if error else None)
    return RedactingFormatter(secrets).format(record)


def test_token_and_key_are_hidden() -> None:
    """A line and its traceback lose the token, the key, anything like a token, and Base64."""
    token = "1234567:AAH-abcdefghijklmnopqrstuvwxyz12345"
    line = logged(
        f"GET https://api.telegram.org/bot{token}/getMe with my-key",
        "my-key",
        error=ValueError(f"{token} {'QUJD' * 100}"),
    )
    assert "AAH-" not in line
    assert "my-key" not in line
    assert "QUJDQUJD" not in line


def test_a_signed_token_is_hidden() -> None:
    """A token that was signed with Kling's secret key is hidden, whole or cut short."""
    token = KlingAuth.signed("access-key", "a-secret-key-of-at-least-32-bytes").authorization(1.8e9).split()[1]
    for shown in (token, token[:60], token.rpartition(".")[0]):
        assert logged(f"sent {shown} in vain").endswith(" sent ‹hidden› in vain")


@contextmanager
def talkative(settings: Settings) -> Iterator[io.StringIO]:
    """Capture the log at DEBUG, as the operator would get it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(RedactingFormatter(settings.secrets))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield out
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def silent(bot: BotUnderTest, settings: Settings, text: str) -> None:
    """Check that the log names a submit, and that neither it nor a chat holds a secret or a photo."""
    assert "submitting job=" in text
    for secret in settings.secrets:
        assert secret not in text
        assert not any(secret in seen.text_or_caption for seen in bot.chat.history)
    assert "/9j/" not in text
    assert "eyJ" not in text


async def test_a_whole_life_in_the_log(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Through refusals, lost answers and a video, the log at its most talkative shows no secret and no photo."""
    settings = bot.settings()
    with talkative(settings) as out:
        bot.telegram.faults.add("getFile", CloseAfter())
        bot.aiml.faults.add("POST /v2/video/generations", RespondWith(401, {"message": f"bad key {bot.aiml.key}"}))
        await bot.start()
        bot.chat.send_photo(coffee, "/squish")
        await bot.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None, advancing=2)
        bot.chat.send_album([ada, coffee], "/hug")
        await bot.until(lambda jobs: len(jobs) == 2 and jobs[1].finished_at is not None)
        await bot.stop()
    silent(bot, settings, out.getvalue())


async def test_a_whole_life_with_a_pair_of_keys_in_the_log(
    bot_with_kling: BotUnderTest, ada: bytes, ben: bytes, coffee: bytes
) -> None:
    """The same at Kling, whose requests carry a token that is signed with the secret key."""
    pair = {"kling_access_key": bot_with_kling.kling.access_key, "kling_secret_key": bot_with_kling.kling.secret_key}
    await bot_with_kling.start(aiml_api_key="", kling_api_key="", log_level="DEBUG", **pair)
    settings = bot_with_kling.settings()
    assert settings.kling_secret_key is not None
    bot_with_kling.kling.clock = bot_with_kling.clock  # which signs requests, and is set forward below
    echo = f"Authorization {KlingAuth.signed(*pair.values()).authorization(1.8e9)} is wrong: {pair}"
    with talkative(settings) as out:
        bot_with_kling.kling.faults.add("POST /v1/videos/effects", KlingRefusal(1002, echo).fault(), CloseAfter())
        bot_with_kling.chat.send_photo(coffee, "/pet_dance")
        await bot_with_kling.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None, advancing=2)
        bot_with_kling.chat.send_album([ada, ben], "/hug")
        await bot_with_kling.until(lambda jobs: len(jobs) == 2 and jobs[1].finished_at is not None, advancing=2)
        await bot_with_kling.stop()
    silent(bot_with_kling, settings, out.getvalue())


PROMPT = "my neighbour Zoë at number seven «dances» in the rain & sings, "
MESSAGE = {
    "from": {"id": 7, "first_name": "Ädä", "last_name": "<Lovelace>", "username": "ada_l", "language_code": "en"},
    "chat": {"id": -100, "title": "Family 🌸", "type": "supergroup"},
    "text": f"/animate {PROMPT * 30}",
    "reply_to_message": {"from": {"id": 8, "first_name": "Bo"}, "caption": "дай котику шляпу"},
}


@pytest.mark.parametrize(
    "echo",
    [
        PROMPT,
        (PROMPT * 30)[:190] + "…",
        (PROMPT * 30)[777:850],
        PROMPT.upper(),
        PROMPT.replace(" ", "\n  "),
        json.dumps({"prompt": PROMPT}),
        html.escape(PROMPT),
        quote(PROMPT),
        ascii(PROMPT),
        "KeyError: 'Ädä'",
        "no user @ada_l",
        "User(first_name='Bo', last_name='<Lovelace>')",
        "Chat(title='Family 🌸')",
        "can't parse «Дай котику шл",
        json.dumps("дай котику шляпу"),
    ],
)
def test_row_60_words_and_names_are_blanked(echo: str) -> None:
    """An error that quotes a person's words or name, whole, cut or escaped, is logged without them."""
    with private_words(texts_of_update({"message": MESSAGE})):
        line = logged("update 5 is set aside: %s", error=ValueError(echo)) + blanked_argument(echo)
    for word in (
        "neighbour",
        "sings",
        "dances",
        "number seven",
        "Ädä",
        "ada_l",
        "'Bo'",
        "Lovelace",
        "Family",
        "котику",
    ):
        assert word.casefold() not in line.casefold()
    assert json.dumps("котику")[1:-1] not in line
    assert "update 5 is set aside" in line


def blanked_argument(text: str) -> str:
    """Return what the log shows of a text that is an argument."""
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "update %s: %s", (5, text), None)
    return RedactingFormatter(()).format(record)


def test_row_60_what_is_not_private_stays() -> None:
    """The log keeps ids, the code's own words and everything that the person did not write, also outside the block."""
    with private_words(["update", "job", "5", "Ada"]):
        assert blanked_argument("Adam timed out").endswith("update 5: Adam timed out")
        assert blanked_argument("Ada timed out").endswith("update 5: […] timed out")
    assert blanked_argument("Ada timed out").endswith("update 5: Ada timed out")
    assert PrivateWords([None, "", " "]).blank("nothing to blank") == "nothing to blank"
