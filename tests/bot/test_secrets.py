"""No secret is in a log, an exception or a message."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.logs import RedactingFormatter
from sandbox.http.faults import CloseAfter, RespondWith
from sandbox.kling import KlingRefusal
from video.services.kling.auth import KlingAuth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from tests.conftest import Play


def logged(text: str, *secrets: str, error: Exception | None = None) -> str:
    """What the log would show."""
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
    """The log at its most talkative, as the operator would get it."""
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


def silent(play: Play, settings: Settings, text: str) -> None:
    """The log tells of a submit, and neither it nor a chat holds a secret or a photo."""
    assert "submitting job=" in text
    for secret in settings.secrets:
        assert secret not in text
        assert not any(secret in seen.words for seen in play.chat.history)
    assert "/9j/" not in text
    assert "eyJ" not in text


async def test_a_whole_life_in_the_log(play: Play, ada: bytes, coffee: bytes) -> None:
    """Through refusals, lost answers and a video, the log at its most talkative shows no secret and no photo."""
    settings = play.settings()
    with talkative(settings) as out:
        play.telegram.faults.add("getFile", CloseAfter())
        play.aiml.faults.add("POST /v2/video/generations", RespondWith(401, {"message": f"bad key {play.aiml.key}"}))
        await play.start()
        play.chat.photo(coffee, "/squish")
        await play.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None, advancing=2)
        play.chat.album([ada, coffee], "/hug")
        await play.until(lambda jobs: len(jobs) == 2 and jobs[1].finished_at is not None)
        await play.stop()
    silent(play, settings, out.getvalue())


async def test_a_whole_life_with_a_pair_of_keys_in_the_log(both: Play, ada: bytes, ben: bytes, coffee: bytes) -> None:
    """The same at Kling, whose requests carry a token that is signed with the secret key."""
    pair = {"kling_access_key": both.kling.access_key, "kling_secret_key": both.kling.secret_key}
    await both.start(aiml_api_key="", kling_api_key="", log_level="DEBUG", **pair)
    settings = both.settings()
    assert settings.kling_secret_key is not None
    echo = f"Authorization {KlingAuth.signed(*pair.values()).authorization(1.8e9)} is wrong: {pair}"
    with talkative(settings) as out:
        both.kling.faults.add("POST /v1/videos/effects", KlingRefusal(1002, echo).fault(), CloseAfter())
        both.chat.photo(coffee, "/pet_dance")
        await both.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None, advancing=2)
        both.chat.album([ada, ben], "/hug")
        await both.until(lambda jobs: len(jobs) == 2 and jobs[1].finished_at is not None, advancing=2)
        await both.stop()
    silent(both, settings, out.getvalue())
