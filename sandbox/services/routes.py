"""Where a pretend service takes requests: each passes its faults and its door, and each submit is written down."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.services.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.services.service import FakeVideoService

    Handler = Callable[[Request, Any], Awaitable[Response]]
    """From a request and its body to what is answered."""

ServiceT = TypeVar("ServiceT", bound="FakeVideoService[Any]")

_THREAD_PARSE_BYTES: Final = 100_000  # bytes: a longer body is read in a thread


def get_route(
    service: ServiceT, path: str, handler: Callable[[ServiceT, Request], Awaitable[Response]], fault_path: str = ""
) -> Route:
    """A GET, answered by `answer(service, request)`; faults know it as `GET called`: the path, if none is given."""
    return _route(service, path, "GET", lambda request, _body: handler(service, request), fault_path or path)


def submit_route(service: FakeVideoService[Any], path: str, fault_path: str = "") -> Route:
    """A POST that asks for a video; faults know it as `POST called`: the path, if none is given."""

    async def answer(request: Request, body: Any) -> Response:
        known = body if isinstance(body, dict) else {}
        own_id = service.client_request_id(request, known)
        order = None
        try:
            order = await asyncio.to_thread(service.parse, body)
            service.advance_jobs()
            service.check_acceptable(order)
        except Refusal:
            service.record(known, own_id, order, accepted=False)
            raise
        submission = service.record(known, own_id, order, accepted=True)
        return service.accepted_response(service.jobs[submission.id], request)

    return _route(service, path, "POST", answer, fault_path or path)


def videos_route(service: FakeVideoService[Any]) -> Route:
    """The videos themselves, which anyone may fetch; faults know them as `GET /files`."""

    async def answer(request: Request, _body: Any) -> Response:
        name = request.path_params["name"]
        job = next((job for job in service.jobs.values() if service.file_name(job) == name), None)
        if job is None or not job.succeeded:
            return Response(status_code=404)
        return Response(await service.renderer.video_of(job), media_type="video/mp4")

    return _route(service, "/files/{name}.mp4", "GET", answer, "/files", public=True)


def _route(
    service: FakeVideoService[Any], path: str, method: str, handler: Handler, fault_path: str, *, public: bool = False
) -> Route:
    async def serve(request: Request) -> Response:
        try:
            body = await _read_body(request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it

        async def handle() -> Response:
            try:
                if not public:
                    service.authenticate(request)
                return await handler(request, body)
            except Refusal as refusal:
                return service.refusal_response(refusal, fault_path)

        # A fault's predicate may look at the address, the query and the body's fields.
        told = body if isinstance(body, dict) else {}
        params = {**request.path_params, **request.query_params, **told}
        return await service.faults.respond(f"{request.method} {fault_path}", params, handle)

    return Route(path, serve, methods=[method])


async def _read_body(request: Request) -> Any:
    """What a POST brings, as JSON; the bytes themselves where they are none."""
    raw = await request.body()
    if request.method != "POST":
        return {}
    return await asyncio.to_thread(_parse_json, raw) if len(raw) > _THREAD_PARSE_BYTES else _parse_json(raw)


def _parse_json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw
