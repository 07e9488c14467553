"""The page's access control: only its own page, in a browser on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST_NAMES = frozenset({"127.0.0.1", "localhost"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class SameOriginMiddleware:
    """Refuses requests of other websites: under a host name of their own (DNS rebinding), or from their pages.

    Every response forbids the page to load anything from elsewhere and to run inline scripts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        app = (
            self._app
            if is_same_origin(Headers(scope=scope))
            else PlainTextResponse("This page is at 127.0.0.1 only.", 403)
        )
        await app(scope, receive, send_with_headers)


def is_same_origin(headers: Headers) -> bool:
    """Return True if a request was sent to this page, by the page itself or from the address bar."""
    host = headers.get("host", "")
    origin = headers.get("origin")
    return urlsplit(f"//{host}").hostname in _HOST_NAMES and origin in {None, f"http://{host}"}
