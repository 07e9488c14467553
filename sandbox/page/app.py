"""The page's web application: its files, the stream of events, and the actions of people."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.page import actions, inline
from sandbox.page.access import SameOriginMiddleware
from sandbox.page.event_stream import event_stream
from sandbox.page.file_response import file_response
from sandbox.page.messages import send_message
from sandbox.page.people import add_demo_people
from sandbox.page.service_panel import service_panels
from sandbox.page.switches import run_trial, set_switch
from sandbox.photos import photo
from sandbox.proof import Proof

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from sandbox.environment import Sandbox
    from sandbox.telegram import FakeTelegram

BUNDLED_PHOTOS = ("ada", "ben", "coffee", "cat")
"""The photos that can be sent with one click."""
ACTIONS: dict[str, Callable[..., Any]] = {
    "/starts": actions.start,
    "/presses": actions.press,
    "/edits": actions.edit,
    "/deletions": actions.delete,
    "/inline": inline.send_query,
    "/choices": inline.choose_result,
}
"""The handlers of JSON requests, by path: each takes the action and returns its result."""


def create_app(sandbox: Sandbox, proof: Proof | None = None) -> ASGIApp:
    """Return the page's ASGI application for these servers; add Ada, Ben and the operator to the fake Telegram.

    `proof` shows what becomes of requests. Without it nothing but the servers is watched, and no bot can be killed.
    """
    telegram, services = sandbox.telegram, service_panels(sandbox)
    watched = proof or Proof(sandbox)
    add_demo_people(telegram)

    async def events(_: Request) -> Response:
        return StreamingResponse(event_stream(telegram, services, watched), media_type="text/event-stream")

    async def switch(request: Request) -> Response:
        return JSONResponse(set_switch(telegram, services, await request.json()))

    async def trial(request: Request) -> Response:
        return JSONResponse(run_trial(watched, await request.json()))

    async def message(request: Request) -> Response:
        async with request.form() as form:
            return JSONResponse({"ids": await send_message(telegram, form)})

    async def media(request: Request) -> Response:
        file = telegram.files.by_id(request.path_params["file"])
        if file is None:
            raise HTTPException(404)
        return file_response(file.data, request.headers.get("range"))

    async def face(request: Request) -> Response:
        person = telegram.people.get(request.path_params["person"])
        if person is None or person.profile_photo is None:
            raise HTTPException(404)
        return file_response(person.profile_photo, None)

    routes = [
        Route("/events", events),
        Route("/messages", message, methods=["POST"]),
        Route("/trials", trial, methods=["POST"]),
        Route("/switches", switch, methods=["POST"]),
        *(_action_route(telegram, path, handler) for path, handler in ACTIONS.items()),
        Route("/media/{file}", media),
        Route("/faces/{person:int}", face),
        Route("/bundled/{name}.jpg", _bundled_photo),
        Mount("/", StaticFiles(packages=[("sandbox.page", "web")], html=True)),
    ]
    return SameOriginMiddleware(
        Starlette(
            routes=routes, exception_handlers={HTTPException: _error_response, actions.ActionRefused: _error_response}
        )
    )


def _action_route(telegram: FakeTelegram, path: str, handler: Callable[..., Any]) -> Route:
    async def respond(request: Request) -> Response:
        result = handler(telegram, await request.json())
        return JSONResponse(await result if inspect.isawaitable(result) else result)

    return Route(path, respond, methods=["POST"])


async def _bundled_photo(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in BUNDLED_PHOTOS:
        raise HTTPException(404)
    return file_response(photo(name), None)


async def _error_response(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code)
    return JSONResponse({"error": str(error)}, 422)
