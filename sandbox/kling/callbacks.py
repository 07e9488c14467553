"""Callbacks: a POST to the client's URL at each new status, which can be lost, repeated or forged on request."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIMEOUT_S = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class SentCallback:
    """A callback that was sent.

    Attributes:
        url: the URL it was sent to.
        body: the JSON body.
        status: the HTTP status of the response, or None if no response came.
    """

    url: str
    body: Any
    status: int | None


class CallbackSender:
    """Sends callbacks.

    Attributes:
        copies: how often each callback is sent: 0 to lose it, 2 to repeat it.
        sent: the callbacks that were sent, in the order of their responses.
    """

    def __init__(self) -> None:
        self.copies = 1
        self.sent: list[SentCallback] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def send_in_background(self, url: str, body: Mapping[str, Any]) -> None:
        """Send `body` in the background."""
        for _ in range(self.copies):
            task = asyncio.get_running_loop().create_task(self._post(url, body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def send(self, url: str, body: Any) -> int | None:
        """Send any body now, as anyone could; return the HTTP status of the response, or None if none came."""
        await self._post(url, body)
        return self.sent[-1].status

    async def wait_idle(self) -> None:
        """Wait until no callback is under way."""
        while tasks := [*self._tasks]:
            await asyncio.wait(tasks)

    async def aclose(self) -> None:
        """Cancel the callbacks that are under way."""
        tasks = [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _post(self, url: str, body: Any) -> None:
        status = None
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False) as client:
            try:
                status = (await client.post(url, json=body)).status_code
            except httpx.HTTPError:
                status = None  # no response: the vendor does not document retries
        self.sent.append(SentCallback(url, body, status))
