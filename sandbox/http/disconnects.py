"""Responses that break off: the connection is closed at once, closed after part of the body, or never answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from sandbox.http.server import CONNECTION_KEY, Connection

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class Disconnect(Response):
    """Close the connection without a response."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Close the connection."""
        await disconnect(scope, receive)


class NoResponse(Response):
    """Never respond; keep the connection open."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Wait until the client disconnects."""
        await client_disconnected(receive)


class TruncatedResponse(Response):
    """Send the headers and the first bytes of a response, then close the connection."""

    def __init__(self, response: Response, bytes_kept: int) -> None:
        super().__init__()
        self._response, self._kept = response, bytes_kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the beginning, then close the connection."""
        response = self._response
        await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
        await send({"type": "http.response.body", "body": bytes(response.body)[: self._kept], "more_body": True})
        await disconnect(scope, receive)


async def disconnect(scope: Scope, receive: Receive) -> None:
    """Close the connection of this request and wait until it is closed.

    Raises:
        TypeError: the application is not served by `sandbox.http.server.Server`.
    """
    connection = scope.get("state", {}).get(CONNECTION_KEY)
    if not isinstance(connection, Connection):
        raise TypeError("faults that close a connection need sandbox.http.server.Server")
    connection.close_connection()
    await client_disconnected(receive)


async def client_disconnected(receive: Receive) -> None:
    """Wait until the client has disconnected."""
    while (await receive())["type"] != "http.disconnect":
        pass
