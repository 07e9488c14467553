"""A minimal bot for the tests of the fake Telegram."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from sandbox.http.faults import IncomingRequest, Phase
    from sandbox.telegram import FakeTelegram


class MinimalBot:
    """Calls methods by JSON, or as a form if there are files."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http = http
        self.token = token

    async def post(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> httpx.Response:
        """Call a method and return the HTTP response."""
        path = f"/bot{self.token}/{method}"
        if files:
            return await self.http.post(path, data=params, files=files)
        return await self.http.post(path, json=params)

    async def __call__(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> Any:
        """Call a method that succeeds and return its result."""
        body = (await self.post(method, files, **params)).json()
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, files: dict[str, bytes] | None = None, **params: Any) -> str:
        """Call a method that is refused and return the error's description."""
        response = await self.post(method, files, **params)
        body = response.json()
        assert body["ok"] is False
        assert body["error_code"] == response.status_code
        return str(body["description"])

    async def updates(self, offset: int = 0, **params: Any) -> list[dict[str, Any]]:
        """Get updates without waiting."""
        got: list[dict[str, Any]] = await self("getUpdates", offset=offset, **params)
        return got


def next_request(tg: FakeTelegram) -> asyncio.Event:
    """Return an event that is set when the next request has arrived."""
    arrived = asyncio.Event()

    def hook(_: IncomingRequest, phase: Phase) -> None:
        if phase == "before":
            arrived.set()

    tg.faults.on_request = hook
    return arrived
