from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from sandbox.http.server import Server

if TYPE_CHECKING:
    from starlette.requests import Request

    from sandbox.telegram import FakeTelegram
    from tests.sandbox.telegram.minimal_bot import MinimalBot


class Listener:
    """A bot's webhook: responds with each of `statuses` in turn, then with 200, and keeps what it received."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.news = asyncio.Condition()
        self.app = Starlette(routes=[Route("/hook", self.take, methods=["POST"])])

    async def take(self, request: Request) -> Response:
        """Respond to one delivery."""
        secret = request.headers.get("x-telegram-bot-api-secret-token", "")
        async with self.news:
            self.got.append((secret, await request.json()))
            self.news.notify_all()
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)

    async def has(self, count: int) -> None:
        """Wait until there were this many deliveries."""
        async with self.news, asyncio.timeout(5):
            await self.news.wait_for(lambda: len(self.got) >= count)


async def test_updates_are_posted_until_taken(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Each update is posted in order, again after an error, with the secret."""
    chat = tg.private_chat(tg.add_person("Ada"))
    chat.send_text("one")
    listener = Listener(500)
    async with Server(listener.app) as server:
        await bot("setWebhook", url=f"{server.url}/hook", secret_token="s3cret", allowed_updates=["message"])
        await listener.has(2)
        chat.edit(chat.send_text("two"), text="unasked")
        await listener.has(3)
        assert await bot.refused("getUpdates") == (
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        )
        info = await bot("getWebhookInfo")
        assert info["url"] == f"{server.url}/hook"
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        assert info["allowed_updates"] == ["message"]
        await bot("deleteWebhook")
    assert [update["message"]["text"] for _, update in listener.got] == ["one", "one", "two"]
    assert {secret for secret, _ in listener.got} == {"s3cret"}
    assert await bot.updates(listener.got[-1][1]["update_id"] + 1) == []


async def test_an_unreachable_webhook_loses_nothing(tg: FakeTelegram, bot: MinimalBot) -> None:
    """If the webhook can't be reached, the updates wait, and the error is reported."""
    listener = Listener()
    async with Server(listener.app) as server:
        url = f"{server.url}/hook"
    tg.private_chat(tg.add_person("Ada")).send_text("one")
    await bot("setWebhook", url=url)
    info = await bot("getWebhookInfo")
    while "last_error_message" not in info:
        info = await bot("getWebhookInfo")
    assert (info["pending_update_count"], info["last_error_message"]) == (1, "Connection failed: ConnectError")
    await bot("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []
    assert await bot("getWebhookInfo") == {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


async def test_a_webhook_needs_an_address(bot: MinimalBot) -> None:
    """A webhook URL without HTTP is refused."""
    assert await bot.refused("setWebhook", url="ftp://x") == (
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
