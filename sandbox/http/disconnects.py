"""Responses that are none: the connection is closed at once, half-way through, or never answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from sandbox.http.server import CONNECTION_KEY, Connection

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class Disconnect(Response):
    """No answer: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Close the connection without an answer."""
        await disconnect(scope, receive)


class NoResponse(Response):
    """No answer, while the client waits."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Wait for the client to leave."""
        await client_disconnected(receive)


class TruncatedResponse(Response):
    """The true headers and the beginning of the true body."""

    def __init__(self, response: Response, bytes_kept: int) -> None:
        super().__init__()
        self._response, self._kept = response, bytes_kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the beginning, then close."""
        whole = self._response
        await send({"type": "http.response.start", "status": whole.status_code, "headers": whole.raw_headers})
        await send({"type": "http.response.body", "body": bytes(whole.body)[: self._kept], "more_body": True})
        await disconnect(scope, receive)


async def disconnect(scope: Scope, receive: Receive) -> None:
    """Close the connection of this request, and wait until it is closed."""
    connection = scope.get("state", {}).get(CONNECTION_KEY)
    if not isinstance(connection, Connection):
        raise TypeError("faults that close a connection need sandbox.serve.Server")
    connection.close_connection()
    await client_disconnected(receive)


async def client_disconnected(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
