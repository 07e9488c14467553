"""The page's web application: its files, the stream of what changes, and what people do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.page import deeds, sending
from sandbox.page.cast import enter
from sandbox.page.feed import stream
from sandbox.page.gate import Gate
from sandbox.page.media import content
from sandbox.photos import photo

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from sandbox.telegram import Telegram

BUNDLED = ("ada", "ben", "coffee", "cat")
"""The pictures that can be sent with one click."""


def build(telegram: Telegram) -> ASGIApp:
    """Make the page for this Telegram, and let Ada and Ben join it."""
    enter(telegram)

    async def events(_: Request) -> Response:
        return StreamingResponse(stream(telegram), media_type="text/event-stream")

    async def say(request: Request) -> Response:
        async with request.form() as form:
            return JSONResponse({"ids": await sending.say(telegram, form)})

    async def start(request: Request) -> Response:
        return JSONResponse(deeds.start(telegram, await request.json()))

    async def press(request: Request) -> Response:
        return JSONResponse(await deeds.press(telegram, await request.json()))

    async def media(request: Request) -> Response:
        stored = telegram.files.by_id(request.path_params["file"])
        if stored is None:
            raise HTTPException(404)
        return content(stored.data, request.headers.get("range"))

    async def face(request: Request) -> Response:
        person = telegram.people.get(request.path_params["person"])
        if person is None or person.picture is None:
            raise HTTPException(404)
        return content(person.picture, None)

    routes = [
        Route("/events", events),
        Route("/messages", say, methods=["POST"]),
        Route("/presses", press, methods=["POST"]),
        Route("/starts", start, methods=["POST"]),
        Route("/media/{file}", media),
        Route("/faces/{person:int}", face),
        Route("/bundled/{name}.jpg", _bundled),
        Mount("/", StaticFiles(packages=[("sandbox.page", "web")], html=True)),
    ]
    return Gate(Starlette(routes=routes, exception_handlers={HTTPException: _refuse, deeds.Impossible: _refuse}))


async def _bundled(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in BUNDLED:
        raise HTTPException(404)
    return content(photo(name), None)


async def _refuse(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code)
    return JSONResponse({"error": str(error)}, 422)
