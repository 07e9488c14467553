"""The `Date` header, which tells the time by the server's clock."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class DateHeader:
    """ASGI middleware that adds the header to every response, unless the clock returns None."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float | None]) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""

        async def send_with_date(message: Message) -> None:
            now = self._clock()
            if message["type"] == "http.response.start" and now is not None:
                date = formatdate(now, usegmt=True).encode()
                message = {**message, "headers": [*message.get("headers", ()), (b"date", date)]}
            await send(message)

        await self._app(scope, receive, send_with_date)
