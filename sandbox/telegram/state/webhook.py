"""The webhook: updates are posted to the bot in order, each until the bot responds with 2xx (Bot API: setWebhook)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx

from sandbox.telegram.state.http_client import new_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram.state.updates import UpdateQueue

_MIN_RETRY_DELAY_S = 0.05
_MAX_RETRY_DELAY_S = 5.0


class Webhook:
    """The bot's webhook, set or not.

    Attributes:
        url: where updates are posted; empty while no webhook is set.
        secret: the value of the `X-Telegram-Bot-Api-Secret-Token` header.
        last_error: the last failed delivery.
        last_error_at: when that was: Unix time in seconds.
    """

    def __init__(self, updates: UpdateQueue, clock: Callable[[], float]) -> None:
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.last_error = ""
        self.last_error_at = 0
        self._updates = updates
        self._clock = clock
        self._new_update = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        updates.on_arrival = self._new_update.set

    def info(self) -> dict[str, Any]:
        """Return the Bot API's `WebhookInfo`."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.url:
            info["max_connections"] = self.max_connections
        if self.last_error:
            info |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        if self._updates.allowed_kinds:
            info["allowed_updates"] = sorted(self._updates.allowed_kinds)
        return info

    async def set(self, url: str, secret: str = "", max_connections: int = 40) -> None:
        """Deliver to `url` from now on."""
        await self.stop()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        if url:
            self._new_update.set()
            self._task = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Stop delivering."""
        self.url = self.last_error = ""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _deliver(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        async with new_client() as http:
            while True:
                await self._new_update.wait()
                self._new_update.clear()
                while (update := self._updates.first) is not None:
                    await self._post(http, update, headers)

    async def _post(self, http: httpx.AsyncClient, update: dict[str, Any], headers: dict[str, str]) -> None:
        delay = _MIN_RETRY_DELAY_S
        while True:
            try:
                response = await http.post(self.url, json=update, headers=headers)
            except httpx.HTTPError as error:
                self._record_error(f"Connection failed: {type(error).__name__}")
            else:
                if response.is_success:
                    self._updates.discard(update)
                    return
                self._record_error(f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}")
            await asyncio.sleep(delay)
            delay = min(2 * delay, _MAX_RETRY_DELAY_S)

    def _record_error(self, error: str) -> None:
        self.last_error, self.last_error_at = error, int(self._clock())
