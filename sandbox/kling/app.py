"""The service's addresses: effects, one by one and as a list, and the videos themselves."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.kling import order
from sandbox.kling.codes import Refusal
from sandbox.kling.views import envelope, fields, view

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sandbox.kling.service import Kling
    from sandbox.kling.task import Task

    Body = dict[str, Any] | order.BodyError
    Endpoint = Callable[[Kling, Request, Body], Awaitable[Response | Refusal]]

PREFIX: Final = "/kling"
"""What a reseller puts before the vendor's paths."""
EFFECTS: Final = "/v1/videos/effects"

_LONG: Final = 100_000  # bytes: a longer body is read in a thread


def build(kling: Kling) -> Starlette:
    """The ASGI application of `kling`: the vendor's paths as they are, and behind the reseller's prefix."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await kling.postman.aclose()
        await kling.studio.aclose()

    routes = []
    for prefix in ("", PREFIX):
        routes += [
            Route(f"{prefix}{EFFECTS}", _serve(kling, EFFECTS, _create), methods=["POST"]),
            Route(f"{prefix}{EFFECTS}", _serve(kling, EFFECTS, _list), methods=["GET"]),
            Route(f"{prefix}{EFFECTS}/{{task_id}}", _serve(kling, f"{EFFECTS}/*", _query), methods=["GET"]),
        ]
    routes.append(Route("/files/{name}.mp4", _serve(kling, "/files", _file, open_to_all=True), methods=["GET"]))
    return Starlette(routes=routes, lifespan=lifespan)


def _serve(
    kling: Kling, path: str, endpoint: Endpoint, *, open_to_all: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it

        async def handle() -> Response:
            refused = None if open_to_all else kling.refuse(request.headers.get("authorization", ""))
            answer = refused or await endpoint(kling, request, body)
            return answer.response(as_words=kling.codes_as_words) if isinstance(answer, Refusal) else answer

        # A fault's predicate may look at the address, the query and the body's fields.
        told = body if isinstance(body, dict) else {}
        params = {**request.path_params, **request.query_params, **told}
        return await kling.faults.respond(f"{request.method} {path}", params, handle)

    return serve


async def _body(request: Request) -> Body:
    """The JSON object that came, or why it is none."""
    raw = await request.body()
    if request.method != "POST":
        return {}
    try:
        return await asyncio.to_thread(order.decode, raw) if len(raw) > _LONG else order.decode(raw)
    except order.BodyError as error:
        return error


async def _create(kling: Kling, request: Request, body: Body) -> Response | Refusal:
    if isinstance(body, order.BodyError):
        kling.record({}, None, accepted=False)
        return body.refusal
    try:
        wanted = await asyncio.to_thread(order.read, body, kling.offered)
    except order.BodyError as error:
        kling.record(body, None, accepted=False)
        return error.refusal
    refusal = kling.decide(wanted)
    submission = kling.record(body, wanted, accepted=refusal is None)
    if refusal is not None:
        return refusal
    return JSONResponse(_view(kling, kling.jobs[submission.id], request))


async def _query(kling: Kling, request: Request, _body: Body) -> Response | Refusal:
    task = kling.find(request.path_params["task_id"])
    if task is None:
        return Refusal(1203, "The task does not exist")
    task.tick(kling.clock())
    return JSONResponse(_view(kling, task, request))


async def _list(kling: Kling, request: Request, _body: Body) -> Response | Refusal:
    try:
        number = int(request.query_params.get("pageNum", "1"))
        size = int(request.query_params.get("pageSize", "30"))
    except ValueError:
        return Refusal(1200)
    if not (1 <= number <= 1000 and 1 <= size <= 500):
        return Refusal(1201, "pageNum or pageSize is out of range")
    newest = list(kling.jobs.values())[::-1][(number - 1) * size : number * size]
    return JSONResponse(envelope([fields(task, kling.address(task, request)) for task in newest]))


async def _file(kling: Kling, request: Request, _body: Body) -> Response | Refusal:
    task = kling.jobs.get(request.path_params["name"])
    if task is None or not task.succeeded:
        return Refusal(1203)
    return Response(await kling.studio.video(task), media_type="video/mp4")


def _view(kling: Kling, task: Task, request: Request) -> dict[str, Any]:
    shown = view(task, kling.address(task, request), kling.shape)
    return shown | {"code": str(shown["code"])} if kling.codes_as_words and "code" in shown else shown
