"""The fixtures of the fake Telegram's tests: a served instance and a minimal bot."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import httpx
import pytest
import telegram
from PIL import Image

from sandbox.http.server import Server
from sandbox.telegram import FakeTelegram
from tests.sandbox.telegram.minimal_bot import MinimalBot
from tests.third_party.aiogram_models import check_answer, check_call, check_update

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    """Return a fake Telegram; at the end, every update and result must conform to aiogram's and PTB's models."""
    fake = FakeTelegram()
    yield fake
    for call in fake.calls:
        if call.ok:
            check_call(call)
            check_answer(call)
    read = [update for call in fake.calls if call.method == "getUpdates" and call.ok for update in call.answer]
    for update in [*read, *fake.updates.pending]:
        check_update(update)
        assert telegram.Update.de_json(update, None).update_id == update["update_id"]


@pytest.fixture
async def bot(tg: FakeTelegram) -> AsyncIterator[MinimalBot]:
    """Return a bot connected to `tg` over HTTP."""
    async with Server(tg.app) as server, httpx.AsyncClient(base_url=server.url, timeout=60) as http:
        yield MinimalBot(http, tg.token)


@pytest.fixture
def jpeg() -> Callable[..., bytes]:
    """Return a function that makes JPEGs: `jpeg(width, height, colour)`."""

    def make(width: int = 800, height: int = 600, colour: str = "teal") -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (width, height), colour).save(out, "JPEG")
        return out.getvalue()

    return make
