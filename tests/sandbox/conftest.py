"""What the tests of the pretend Telegram share: a served stand-in and the smallest possible bot."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import telegram
from PIL import Image

from sandbox.serve import Server
from sandbox.telegram import Telegram
from tests.aiogram_judge import judge, judge_answer, judge_update

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class Bot:
    """A bot of one method: it calls, by JSON or with files, and keeps what it was told."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http = http
        self.token = token

    async def raw(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> httpx.Response:
        """Call a method; returns the HTTP answer."""
        path = f"/bot{self.token}/{method}"
        if files:
            return await self.http.post(path, data=params, files=files)
        return await self.http.post(path, json=params)

    async def __call__(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> Any:
        """Call a method that works; returns its result."""
        body = (await self.raw(method, files, **params)).json()
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> str:
        """Call a method that is refused; returns Telegram's sentence."""
        response = await self.raw(method, files, **params)
        body = response.json()
        assert body["ok"] is False
        assert body["error_code"] == response.status_code
        return str(body["description"])

    async def updates(self, offset: int = 0, **params: Any) -> list[dict[str, Any]]:
        """Read updates without waiting."""
        got: list[dict[str, Any]] = await self("getUpdates", offset=offset, **params)
        return got


@pytest.fixture
async def tg() -> AsyncIterator[Telegram]:
    """A Telegram whose every update and answer is judged at the end, by aiogram and by PTB."""
    telegram_ = Telegram()
    yield telegram_
    for call in telegram_.calls:
        if call.ok:
            judge(call)
            judge_answer(call)
    read = [update for call in telegram_.calls if call.method == "getUpdates" and call.ok for update in call.answer]
    for update in [*read, *telegram_.updates.pending]:
        judge_update(update)
        assert telegram.Update.de_json(update, None).update_id == update["update_id"]


@pytest.fixture
async def bot(tg: Telegram) -> AsyncIterator[Bot]:
    """A bot connected to `tg` over HTTP."""
    async with Server(tg.app) as server, httpx.AsyncClient(base_url=server.url, timeout=10) as http:
        yield Bot(http, tg.token)


@pytest.fixture
def jpeg() -> Callable[..., bytes]:
    """Make JPEGs: `jpeg(width, height, colour)`."""

    def make(width: int = 800, height: int = 600, colour: str = "teal") -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (width, height), colour).save(out, "JPEG")
        return out.getvalue()

    return make
