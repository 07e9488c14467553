"""Serve an ASGI application on a real socket, in the running asyncio loop."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from uvicorn.lifespan.on import LifespanOn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from types import TracebackType

    from starlette.types import ASGIApp, Receive, Scope, Send

CONNECTION_KEY = "sandbox.connection"
"""The key of `scope["state"]` under which an application finds the `Connection` of the request."""


class Connection(H11Protocol):
    """uvicorn's HTTP/1.1 protocol, made available to the application so that faults can close the connection."""

    def __init__(self, config: uvicorn.Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        super().__init__(config, server_state, {**app_state, CONNECTION_KEY: self})

    def close_connection(self) -> None:
        """Close the TCP connection once the bytes that are written so far are sent."""
        self.transport.close()


class Server:
    """Serves an application on a port of its own, as an asynchronous context manager.

    It installs no signal handlers. On exit it drops the open connections and cancels their handlers, so that no long
    poll delays it.

    Attributes:
        url: the base URL, `http://127.0.0.1:PORT`.
    """

    def __init__(self, app: ASGIApp, port: int = 0, host: str = "127.0.0.1") -> None:
        self.url = ""
        self._app = app
        self._host = host
        self._port = port
        self._closing = False
        self._port_holder: socket.socket | None = None
        self._state = ServerState()

    async def __aenter__(self) -> Self:
        config = uvicorn.Config(
            self._serve,
            http=Connection,
            ws="none",
            interface="asgi3",
            proxy_headers=False,
            log_config=None,
            access_log=False,
            timeout_keep_alive=75,
        )
        config.load()
        self._lifespan = LifespanOn(config)
        await self._lifespan.startup()
        if self._lifespan.should_exit:
            raise RuntimeError("the application refused to start")
        self._connect = lambda: Connection(config, self._state, self._lifespan.state)
        self._shares_port = self._port == 0 and hasattr(socket, "SO_REUSEPORT")
        try:
            await self._listen()
        except OSError:
            await self._lifespan.shutdown()
            raise
        self._port = self._listener.sockets[0].getsockname()[1]
        self.url = f"http://{self._host}:{self._port}"
        return self

    async def _listen(self) -> None:
        self._listener = await asyncio.get_running_loop().create_server(
            self._connect, self._host, self._port, reuse_port=self._shares_port or None
        )

    def refuse_connections(self) -> None:
        """Drop every connection, and refuse new ones until `accept_connections`. The port stays taken."""
        if self._port_holder is not None:
            return
        self._port_holder = socket.socket()
        if self._shares_port:
            self._port_holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            self._port_holder.bind((self._host, self._port))  # without listening, so that connections are refused
        self._listener.close()
        self._drop_connections()

    async def accept_connections(self) -> None:
        """Listen on the same port again."""
        if self._port_holder is None:
            return
        try:
            await self._listen()
        finally:
            self._port_holder.close()
            self._port_holder = None

    def _drop_connections(self) -> None:
        for connection in list(self._state.connections):
            connection.transport.abort()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self._listener.close()
        if self._port_holder is not None:
            self._port_holder.close()
        self._drop_connections()
        await asyncio.sleep(0)  # the connections learn that they are lost, so that no handler writes to them
        handlers = list(self._state.tasks)
        for handler in handlers:
            handler.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)
        await self._listener.wait_closed()
        await self._lifespan.shutdown()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            if not self._closing:
                raise
