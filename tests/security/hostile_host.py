"""What a hostile service may point the bot to: endless files, and a host inside the network."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.http.faults import FOREVER, RespondWith
from sandbox.http.server import Server
from tests.security.assertions import POLL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from tests.bot_under_test import BotUnderTest

START = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"
GIGABYTE = 1024**3
_PIECE = bytes(256 * 1024)


class EndlessFile:
    """A file of a gigabyte on the service's own host, which counts the bytes that the bot has read."""

    def __init__(self) -> None:
        self.poured = 0

    async def answer(self, request: Request) -> Response:
        """Send the file; `/told` states its length."""
        told = request.url.path == "/told"
        headers = {"Content-Length": str(GIGABYTE)} if told else {}
        ours = request.headers["user-agent"] == "kling-effects-bot"
        return StreamingResponse(self._pour(request, ours=ours), headers=headers, media_type="video/mp4")

    async def _pour(self, request: Request, *, ours: bool) -> AsyncIterator[bytes]:
        yield START + bytes(len(_PIECE) - len(START))
        for _ in range(GIGABYTE // len(_PIECE) - 1):
            if await request.is_disconnected():
                return
            self.poured += len(_PIECE) if ours else 0
            yield _PIECE


def serve(bot: BotUnderTest, path: str, tap: EndlessFile) -> str:
    """Serve the file on the service's host as every job's video; return its URL."""
    bot.aiml.app.router.routes.append(Route(path, tap.answer))
    return point_to(bot, f"{bot.aiml.public_url}{path}")


def redirect(bot: BotUnderTest, target: str) -> str:
    """Redirect every job's video to `target`; return the URL that redirects."""

    async def lead(_: Request) -> Response:
        return RedirectResponse(target)

    bot.aiml.app.router.routes.append(Route("/away", lead))
    return point_to(bot, f"{bot.aiml.public_url}/away")


def point_to(bot: BotUnderTest, url: str) -> str:
    """Let every job be completed with its video at this URL; return the URL."""
    done = {"id": "x", "status": "completed", "video": {"url": url}}
    bot.aiml.faults.add(POLL, RespondWith(200, done), times=FOREVER)
    return url


class InternalHost:
    """A host inside the network; `asked` are the paths that were requested."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, request: Request) -> Response:
        """Answer with something that nobody outside should see."""
        self.asked.append(request.url.path)
        return Response(START + b"the operator's own", media_type="video/mp4")


@asynccontextmanager
async def inner() -> AsyncIterator[InternalHost]:
    """Serve a host inside the network."""
    host = InternalHost()
    async with Server(Starlette(routes=[Route("/{path:path}", host.answer)])) as server:
        host.url = server.url
        yield host
