"""The one port that the bot may open: a video service tells there that it has news of a job.

Whatever comes is a hint and no more: a job that it names is asked about at once, and only the service's own
answer moves it. The path has a part that nobody guesses; everybody else finds nothing here.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import socket
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from video.services.kling.callback import LONGEST, read_callback

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.workers.context import WorkerContext
    from storage import Store
    from video.services.kling.callback import Hint

_LOG = logging.getLogger(__name__)
_MAX_CONNECTION_S = 10.0  # seconds: the longest that a connection lasts, whatever comes on it
_BODY_TIMEOUT_S = 5.0  # seconds for a body
_MAX_CONNECTIONS = 64  # connections at once
_MAX_HEADER_BYTES = 8 * 1024  # bytes of a request's headers, at most


class ListenError(OSError):
    """The port cannot be opened; the message says why."""


class CallbackServer:
    """An open port. `callback_url` is where the service reaches it."""

    def __init__(self, door: socket.socket, callback_url: str, path: str) -> None:
        self.callback_url = callback_url
        self._socket = door
        self._path = path

    @classmethod
    async def open(cls, settings: Settings, store: Store) -> Self | None:
        """Open the port that the settings name; None where they name none.

        Raises:
            ListenError: it cannot be opened.
        """
        if settings.kling_callback_url is None:
            return None
        door = open_socket(settings)
        path = await store.key_values.get_or_create("callback_path", lambda: secrets.token_urlsafe(32))
        return cls(door, f"{settings.kling_callback_url}/kling/{path}", path)

    def close(self) -> None:
        """Close the port."""
        self._socket.close()

    async def run(self, shop: WorkerContext) -> None:
        """Listen until cancelled."""
        state = ServerState()
        application = Starlette(
            routes=[Route("/kling/{path}", _CallbackHandler(shop, self._path).handle, methods=["POST"])]
        )
        application.router.redirect_slashes = False
        config = _server_config(application)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(config, state, {}), sock=self._socket)
        _LOG.info("listening for callbacks on %s", self._socket.getsockname()[:2])
        try:
            await server.serve_forever()
        finally:
            server.close()
            for connection in list(state.connections):
                connection.transport.abort()


def open_socket(settings: Settings) -> socket.socket:
    """Open the port that the settings name.

    Raises:
        ListenError: it cannot be opened.
    """
    host, port = settings.listen_address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_MAX_CONNECTIONS)
    except OSError as error:
        raise ListenError(f"LISTEN: {settings.listen} can't be opened: {error.strerror or error}.") from error


class _Connection(H11Protocol):
    """uvicorn's connection, with an end in any case: nobody keeps one open, nor many."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """One more; or one too many, which is closed."""
        super().connection_made(transport)
        self._end = self.loop.call_later(
            _MAX_CONNECTION_S if len(self.connections) <= _MAX_CONNECTIONS else 0, transport.abort
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._end.cancel()
        super().connection_lost(exc)


class _CallbackHandler:
    """What is done with a request."""

    def __init__(self, shop: WorkerContext, path: str) -> None:
        self._context = shop
        self._path = path.encode()

    async def handle(self, request: Request) -> Response:
        """200 for whatever could be read on our path, so that nobody repeats it; 404, 408 and 413 else."""
        if not hmac.compare_digest(request.path_params["path"].encode(), self._path):
            return Response(status_code=404)
        try:
            async with asyncio.timeout(_BODY_TIMEOUT_S):
                body = await _read_body(request)
        except (TimeoutError, ClientDisconnect):
            _LOG.warning("a callback did not come to its end")
            return Response(status_code=408, headers={"Connection": "close"})
        if body is None:
            _LOG.warning("a callback of more than %d bytes was not read", LONGEST)
            return Response(status_code=413, headers={"Connection": "close"})
        await self._apply_hint(read_callback(body))
        return Response(status_code=200)

    async def _apply_hint(self, hint: Hint | None) -> None:
        if hint is None:
            _LOG.warning("a callback that names no task was ignored")
            return
        job = await self._context.store.transitions.wake(
            "kling", hint.service_job_id, hint.client_request_id, now=self._context.clock()
        )
        if job is None:
            _LOG.info("a callback about no job that is being made was ignored")
            return
        _LOG.info("the service has news of job=%s", job)
        self._context.wakeups.poll.set()


async def _read_body(request: Request) -> bytes | None:
    """The body; None where it is too long."""
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told[:20]) > LONGEST:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            return None
    return bytes(body)


def _server_config(application: Any) -> uvicorn.Config:
    config = uvicorn.Config(
        application,
        http=_Connection,
        ws="none",
        interface="asgi3",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        date_header=False,
        log_config=None,
        access_log=False,
        timeout_keep_alive=2,
        h11_max_incomplete_event_size=_MAX_HEADER_BYTES,
    )
    config.load()
    return config
