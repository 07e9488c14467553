"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

import asyncio
import inspect
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from sandbox.http.date_header import DateHeader
from sandbox.http.disconnects import client_disconnected
from sandbox.telegram.formats.errors import ApiError, not_found, unauthorized
from sandbox.telegram.formats.params import Params, read_params
from sandbox.telegram.methods import METHODS
from sandbox.telegram.state.calls import Call

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from sandbox.telegram.server_state import ServerState


def create_app(state: ServerState) -> Starlette:
    """Return the ASGI application of the server whose state this is."""

    async def call(request: Request) -> Response:
        if request.path_params["token"] != state.token:
            return _error_response(unauthorized())
        method = request.path_params["method"]
        try:
            params = await read_params(request)
        except ApiError as error:
            state.record_call(Call(method, {}, ok=False, answer=error.body(), at=state.clock()))
            return _error_response(error)

        async def handle() -> Response:
            return await _handle_call(state, method, params, request)

        return await state.faults.respond(method, params.values, handle)

    async def download(request: Request) -> Response:
        path = request.path_params["path"]

        async def handle() -> Response:
            if request.path_params["token"] != state.token:
                return _error_response(unauthorized())
            file = state.files.by_path(path)
            if file is None:
                return _error_response(not_found())
            return Response(file.data, media_type="application/octet-stream")

        return await state.faults.respond("file", {"file_path": path}, handle)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await state.webhook.stop()

    routes = [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download),
    ]
    date = Middleware(DateHeader, clock=lambda: state.clock() + state.clock_skew if state.sends_date else None)
    return Starlette(routes=routes, lifespan=lifespan, middleware=[date])


async def _handle_call(state: ServerState, name: str, params: Params, request: Request) -> Response:
    try:
        result = await _call_method(state, name, params, request)
    except ApiError as error:
        state.record_call(Call(name, params.values, ok=False, answer=error.body(), at=state.clock()))
        return _error_response(error)
    state.record_call(Call(name, params.values, ok=True, answer=result, at=state.clock()))
    return _json_response({"ok": True, "result": result}, 200)


async def _call_method(state: ServerState, name: str, params: Params, request: Request) -> Any:
    method = METHODS.get(name.lower())
    if method is None:
        raise not_found()
    result = method(state, params)
    if not inspect.isawaitable(result):
        return result
    if name == "getUpdates":
        return await _while_connected(asyncio.ensure_future(result), request)
    return await result


async def _while_connected(poll: asyncio.Future[Any], request: Request) -> Any:
    """Wait for a long poll; cancel it if the bot disconnects."""
    await asyncio.sleep(0)
    if poll.done():
        return poll.result()
    disconnected = asyncio.ensure_future(client_disconnected(request.receive))
    try:
        await asyncio.wait({poll, disconnected}, return_when=asyncio.FIRST_COMPLETED)
        return poll.result() if poll.done() else []
    finally:
        disconnected.cancel()
        poll.cancel()
        await asyncio.gather(disconnected, poll, return_exceptions=True)


def _error_response(error: ApiError) -> Response:
    return _json_response(error.body(), error.code)


def _json_response(body: dict[str, Any], status: int) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "surrogatepass"), status, media_type="application/json")
