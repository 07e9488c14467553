"""Callbacks: a POST to the caller's address at each new status, which may be lost, repeated, or forged on request."""

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
        url: where to.
        body: the JSON that it held.
        status: what it was answered with; None where no answer came.
    """

    url: str
    body: Any
    status: int | None


class CallbackSender:
    """Carries callbacks.

    Attributes:
        copies: how often each is sent: 0 for lost on the way, 2 for repeated.
        sent: those that were sent, in the order of their answers.
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
        """Send whatever a test wants to, as anybody could; the status that it was answered with."""
        await self._post(url, body)
        return self.sent[-1].status

    async def wait_idle(self) -> None:
        """Wait until nothing is on its way."""
        while tasks := [*self._tasks]:
            await asyncio.wait(tasks)

    async def aclose(self) -> None:
        """Drop what is on its way."""
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
                status = None  # nobody answered: the vendor's retries are undocumented
        self.sent.append(SentCallback(url, body, status))
