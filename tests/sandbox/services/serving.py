"""A fake video service on a real socket, and a clock for it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx

from sandbox.http.server import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.services.service import FakeVideoService

VIDEO = b"\x00\x00\x00\x18ftypmp42 a video, as far as this test cares"


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        """Return the Unix time in seconds."""
        return self.now


@asynccontextmanager
async def served_client(service: FakeVideoService[Any]) -> AsyncIterator[httpx.AsyncClient]:
    """Serve `service` on a real socket and return a client with the right key."""
    async with Server(service.app) as server:
        service.public_url = server.url
        headers = {"Authorization": f"Bearer {service.key}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
            yield client
