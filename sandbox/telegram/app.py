"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from __future__ import annotations

import asyncio
import inspect
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from sandbox.http.disconnects import client_disconnected
from sandbox.telegram.formats.errors import RefusalError, not_found, unauthorized
from sandbox.telegram.formats.params import Params, read
from sandbox.telegram.methods import METHODS
from sandbox.telegram.state.calls import Call

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from sandbox.telegram.server_state import World


def build(world: World) -> Starlette:
    """Make the application that answers for `world`."""

    async def call(request: Request) -> Response:
        if request.path_params["token"] != world.token:
            return _refuse(unauthorized())
        method = request.path_params["method"]
        try:
            params = await read(request)
        except RefusalError as refusal:
            world.record(Call(method, {}, ok=False, answer=refusal.answer(), at=world.clock()))
            return _refuse(refusal)

        async def handle() -> Response:
            return await _call(world, method, params, request)

        return await world.faults.respond(method, params.values, handle)

    async def download(request: Request) -> Response:
        path = request.path_params["path"]

        async def handle() -> Response:
            if request.path_params["token"] != world.token:
                return _refuse(unauthorized())
            stored = world.files.by_path(path)
            if stored is None:
                return _refuse(not_found())
            return Response(stored.data, media_type="application/octet-stream")

        return await world.faults.respond("file", {"file_path": path}, handle)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await world.webhook.stop()

    routes = [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", download),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _call(world: World, name: str, params: Params, request: Request) -> Response:
    try:
        result = await _result(world, name, params, request)
    except RefusalError as refusal:
        world.record(Call(name, params.values, ok=False, answer=refusal.answer(), at=world.clock()))
        return _refuse(refusal)
    world.record(Call(name, params.values, ok=True, answer=result, at=world.clock()))
    return _answer({"ok": True, "result": result}, 200)


async def _result(world: World, name: str, params: Params, request: Request) -> Any:
    method = METHODS.get(name.lower())
    if method is None:
        raise not_found()
    result = method(world, params)
    if not inspect.isawaitable(result):
        return result
    if name == "getUpdates":
        return await _while_connected(asyncio.ensure_future(result), request)
    return await result


async def _while_connected(poll: asyncio.Future[Any], request: Request) -> Any:
    """Wait for a long poll, and give it up when the bot hangs up."""
    await asyncio.sleep(0)
    if poll.done():
        return poll.result()
    left = asyncio.ensure_future(client_disconnected(request.receive))
    try:
        await asyncio.wait({poll, left}, return_when=asyncio.FIRST_COMPLETED)
        return poll.result() if poll.done() else []
    finally:
        left.cancel()
        poll.cancel()
        await asyncio.gather(left, poll, return_exceptions=True)


def _refuse(refusal: RefusalError) -> Response:
    return _answer(refusal.answer(), refusal.code)


def _answer(body: dict[str, Any], status: int) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "surrogatepass"), status, media_type="application/json")
