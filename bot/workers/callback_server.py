"""The one port that the bot may open: a video service POSTs there when a job has a new status.

A callback is only a hint: the job that it names is polled at once, and only the service's own response moves it. The
path has a part that nobody guesses; every other request gets a 404.
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

from bot.errors import ListenError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.workers.context import WorkerContext
    from storage import Store
    from video.services.spec import CallbackHint, ServiceSpec

_LOG = logging.getLogger(__name__)
_MAX_CONNECTION_S = 10.0  # the longest that a connection lasts, whatever comes on it
_BODY_TIMEOUT_S = 5.0
_MAX_CONNECTIONS = 64  # at once
_MAX_HEADER_BYTES = 8 * 1024
_MAX_BODY_BYTES = 64 * 1024  # Kling's callbacks have about one thousand


class CallbackServer:
    """An open port.

    Attributes:
        callback_urls: where each service reaches it.
    """

    def __init__(self, listening_socket: socket.socket, settings: Settings, secret: str) -> None:
        self.callback_urls = {name: f"{url}/{name}/{secret}" for name, url in settings.callback_urls.items()}
        self._specs = [settings.spec(name) for name in self.callback_urls]
        self._socket = listening_socket
        self._secret = secret

    @classmethod
    async def open(cls, settings: Settings, store: Store) -> Self:
        """Open the port that the settings name.

        Raises:
            ListenError: it can't be opened.
        """
        listening_socket = open_socket(settings)
        secret = await store.key_values.get_or_create("callback_path", lambda: secrets.token_urlsafe(32))
        return cls(listening_socket, settings, secret)

    def close(self) -> None:
        """Close the port."""
        self._socket.close()

    async def run(self, context: WorkerContext) -> None:
        """Listen until cancelled."""
        state = ServerState()
        application = Starlette(
            routes=[
                Route(
                    f"/{spec.name}/{{secret}}", _CallbackHandler(context, spec, self._secret).handle, methods=["POST"]
                )
                for spec in self._specs
            ]
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
        ListenError: it can't be opened.
    """
    host, port = settings.listen_address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_MAX_CONNECTIONS)
    except OSError as error:
        raise ListenError(f"LISTEN: {settings.listen} can't be opened: {error.strerror or error}.") from error


class _Connection(H11Protocol):
    """uvicorn's connection, limited in time and in number: nobody can hold one open, nor many."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """Limit the connection's time; close one that is too many at once."""
        super().connection_made(transport)
        self._end = self.loop.call_later(
            _MAX_CONNECTION_S if len(self.connections) <= _MAX_CONNECTIONS else 0, transport.abort
        )

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the limit."""
        self._end.cancel()
        super().connection_lost(exc)


class _CallbackHandler:
    """Handles the callbacks of one service."""

    def __init__(self, context: WorkerContext, spec: ServiceSpec[Any], secret: str) -> None:
        self._context = context
        self._spec = spec
        self._secret = secret.encode()

    async def handle(self, request: Request) -> Response:
        """Respond with 200 to whatever could be read, so that it is not repeated. Else respond with 404, 408 or 413."""
        if not hmac.compare_digest(request.path_params["secret"].encode(), self._secret):
            return Response(status_code=404)
        try:
            async with asyncio.timeout(_BODY_TIMEOUT_S):
                body = await _read_body(request)
        except (TimeoutError, ClientDisconnect):
            _LOG.warning("a callback did not come to its end")
            return Response(status_code=408, headers={"Connection": "close"})
        if body is None:
            _LOG.warning("a callback of more than %d bytes was not read", _MAX_BODY_BYTES)
            return Response(status_code=413, headers={"Connection": "close"})
        await self._apply_hint(self._spec.callback.read(body) if self._spec.callback else None)
        return Response(status_code=200)

    async def _apply_hint(self, hint: CallbackHint | None) -> None:
        if hint is None:
            _LOG.warning("a callback that names no task was ignored")
            return
        job = await self._context.store.transitions.wake(
            self._spec.name, hint.service_job_id, hint.client_request_id, now=self._context.clock()
        )
        if job is None:
            _LOG.info("a callback about no job that is being made was ignored")
            return
        _LOG.info("the service has news of job=%s", job)
        self._context.wakeups.poll.set()


async def _read_body(request: Request) -> bytes | None:
    """Return the body, None if it is too long."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared[:20]) > _MAX_BODY_BYTES:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY_BYTES:
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
