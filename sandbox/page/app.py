"""The page's web application: its files, the stream of what changes, and what people do."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.page import actions as deeds
from sandbox.page import inline as queries
from sandbox.page import messages as sending
from sandbox.page.access import Gate
from sandbox.page.event_stream import stream
from sandbox.page.file_response import content
from sandbox.page.people import enter
from sandbox.page.service_panel import desks
from sandbox.page.switches import turn
from sandbox.photos import photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from sandbox.environment import Sandbox
    from sandbox.telegram import FakeTelegram

BUNDLED = ("ada", "ben", "coffee", "cat")
"""The pictures that can be sent with one click."""
DEEDS: dict[str, Callable[..., Any]] = {
    "/starts": deeds.start,
    "/presses": deeds.press,
    "/edits": deeds.edit,
    "/deletions": deeds.delete,
    "/inline": queries.ask,
    "/choices": queries.choose,
}
"""What is done by posting a JSON object: the wish goes in, what came of it comes out."""


def build(stage: Sandbox) -> ASGIApp:
    """Make the page for this stage, and let Ada and Ben enter it."""
    telegram, services = stage.telegram, desks(stage)
    enter(telegram)

    async def events(_: Request) -> Response:
        return StreamingResponse(stream(telegram, services), media_type="text/event-stream")

    async def switch(request: Request) -> Response:
        return JSONResponse(turn(telegram, services, await request.json()))

    async def say(request: Request) -> Response:
        async with request.form() as form:
            return JSONResponse({"ids": await sending.say(telegram, form)})

    async def media(request: Request) -> Response:
        stored = telegram.files.by_id(request.path_params["file"])
        if stored is None:
            raise HTTPException(404)
        return content(stored.data, request.headers.get("range"))

    async def face(request: Request) -> Response:
        person = telegram.people.get(request.path_params["person"])
        if person is None or person.profile_photo is None:
            raise HTTPException(404)
        return content(person.profile_photo, None)

    routes = [
        Route("/events", events),
        Route("/messages", say, methods=["POST"]),
        Route("/switches", switch, methods=["POST"]),
        *(_deed(telegram, path, do) for path, do in DEEDS.items()),
        Route("/media/{file}", media),
        Route("/faces/{person:int}", face),
        Route("/bundled/{name}.jpg", _bundled),
        Mount("/", StaticFiles(packages=[("sandbox.page", "web")], html=True)),
    ]
    return Gate(Starlette(routes=routes, exception_handlers={HTTPException: _refuse, deeds.Impossible: _refuse}))


def _deed(telegram: FakeTelegram, path: str, do: Callable[..., Any]) -> Route:
    async def answer(request: Request) -> Response:
        done = do(telegram, await request.json())
        return JSONResponse(await done if inspect.isawaitable(done) else done)

    return Route(path, answer, methods=["POST"])


async def _bundled(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in BUNDLED:
        raise HTTPException(404)
    return content(photo(name), None)


async def _refuse(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code)
    return JSONResponse({"error": str(error)}, 422)
