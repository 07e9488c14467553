"""No secret is in a log, an exception or a message."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from bot.log import Redacting
from sandbox.faults import CloseAfter, Reply

if TYPE_CHECKING:
    from tests.conftest import Play


def logged(text: str, *secrets: str, error: Exception | None = None) -> str:
    """What the log would show."""
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, text, (), (type(error), error, None) if error else None)
    return Redacting(secrets).format(record)


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


async def test_a_whole_life_in_the_log(play: Play, ada: bytes, coffee: bytes) -> None:
    """Through refusals, lost answers and a video, the log at its most talkative shows no secret and no photo."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    settings = play.settings()
    handler.setFormatter(Redacting(settings.secrets))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        play.telegram.faults.add("getFile", CloseAfter())
        play.aiml.faults.add("POST /v2/video/generations", Reply(401, {"message": f"bad key {play.aiml.key}"}))
        await play.start()
        play.chat.photo(coffee, "/squish")
        await play.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None, advancing=2)
        play.chat.album([ada, coffee], "/hug")
        await play.until(lambda jobs: len(jobs) == 2 and jobs[1].finished_at is not None)
        await play.stop()
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    text = out.getvalue()
    assert "submitting job=" in text
    for secret in settings.secrets:
        assert secret not in text
        assert not any(secret in seen.words for seen in play.chat.history)
    assert "/9j/" not in text
