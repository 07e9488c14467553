"""The routes of a fake video service: faults, authentication and refusals, the same for all services."""

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
    """From a request and its parsed body to the response."""

ServiceT = TypeVar("ServiceT", bound="FakeVideoService[Any]")

_THREAD_PARSE_BYTES: Final = 100_000  # a longer body is parsed in a thread


def get_route(
    service: ServiceT, path: str, handler: Callable[[ServiceT, Request], Awaitable[Response]], fault_path: str = ""
) -> Route:
    """Return a GET route that calls `handler(service, request)`.

    Faults know its requests as `GET fault_path`; by default that is `path`.
    """
    return _route(service, path, "GET", lambda request, _body: handler(service, request), fault_path or path)


def submit_route(service: FakeVideoService[Any], path: str, fault_path: str = "") -> Route:
    """Return a POST route that submits a job.

    Faults know its requests as `POST fault_path`; by default that is `path`.
    """

    async def handler(request: Request, body: Any) -> Response:
        fields = body if isinstance(body, dict) else {}
        client_request_id = service.client_request_id(request, fields)
        parsed = None
        try:
            parsed = await asyncio.to_thread(service.parse, body)
            service.advance_jobs()
            service.check_acceptable(parsed)
        except Refusal:
            service.record(fields, client_request_id, parsed, accepted=False)
            raise
        submission = service.record(fields, client_request_id, parsed, accepted=True)
        return service.accepted_response(service.jobs[submission.id], request)

    return _route(service, path, "POST", handler, fault_path or path)


def videos_route(service: FakeVideoService[Any]) -> Route:
    """Return the route of the videos, which need no key. Faults know its requests as `GET /files`."""

    async def handler(request: Request, _body: Any) -> Response:
        name = request.path_params["name"]
        job = next((job for job in service.jobs.values() if service.file_name(job) == name), None)
        if job is None or not job.succeeded:
            return Response(status_code=404)
        return Response(await service.renderer.video_of(job), media_type="video/mp4")

    return _route(service, "/files/{name}.mp4", "GET", handler, "/files", public=True)


def _route(
    service: FakeVideoService[Any], path: str, method: str, handler: Handler, fault_path: str, *, public: bool = False
) -> Route:
    async def serve(request: Request) -> Response:
        try:
            body = await _read_body(request)
        except ClientDisconnect:
            return Response(status_code=400)  # the client is gone, so no one reads this

        async def handle() -> Response:
            try:
                if not public:
                    service.authenticate(request)
                return await handler(request, body)
            except Refusal as refusal:
                return service.refusal_response(refusal, fault_path)

        # A fault's predicate may look at the path, the query and the body's fields.
        fields = body if isinstance(body, dict) else {}
        params = {**request.path_params, **request.query_params, **fields}
        return await service.faults.respond(f"{request.method} {fault_path}", params, handle)

    return Route(path, serve, methods=[method])


async def _read_body(request: Request) -> Any:
    """Return the parsed JSON of a POST, or the raw bytes if they are not JSON."""
    raw = await request.body()
    if request.method != "POST":
        return {}
    return await asyncio.to_thread(_parse_json, raw) if len(raw) > _THREAD_PARSE_BYTES else _parse_json(raw)


def _parse_json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw
