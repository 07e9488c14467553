"""The service's addresses: generations, logs, billing, models, and the videos themselves."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.aiml import order
from sandbox.aiml.logs import QueryError, page
from sandbox.aiml.refusals import NO_KEY, NOT_FOUND, Refusal
from sandbox.aiml.scenes import CREDITS_PER_USD, USD_PER_SECOND

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sandbox.aiml.job import Job
    from sandbox.aiml.service import Aiml

    Body = dict[str, Any] | order.BodyError
    Endpoint = Callable[[Aiml, Request, Body], Awaitable[Response | Refusal]]

GENERATIONS: Final = "/v2/video/generations"
LEGACY: Final = "/v2/generate/video/kling/generation"

_CLIENT_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_LONG: Final = 100_000  # bytes: a longer body is read in a thread


def build(aiml: Aiml) -> Starlette:
    """The ASGI application of `aiml`."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await aiml.studio.aclose()

    routes = [
        *(Route(path, _serve(aiml, path, _create), methods=["POST"]) for path in (GENERATIONS, LEGACY)),
        *(Route(path, _serve(aiml, path, _query), methods=["GET"]) for path in (GENERATIONS, LEGACY)),
        Route("/v2/logs", _serve(aiml, "/v2/logs", _logs), methods=["GET"]),
        Route("/v2/billing", _serve(aiml, "/v2/billing", _billing), methods=["GET"]),
        Route("/v1/models", _serve(aiml, "/v1/models", _models), methods=["GET"]),
        Route("/files/{name}.mp4", _serve(aiml, "/files", _file, open_to_all=True), methods=["GET"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _serve(
    aiml: Aiml, path: str, endpoint: Endpoint, *, open_to_all: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it

        async def handle() -> Response:
            if not open_to_all and request.headers.get("authorization") != f"Bearer {aiml.key}":
                answer: Response | Refusal = Refusal(401, NO_KEY)
            else:
                answer = await endpoint(aiml, request, body)
            if isinstance(answer, Refusal):
                return answer.response(path, aiml.clock() + aiml.clock_skew)
            return answer

        # A fault's predicate may look at the address, the query and the body's fields.
        fields = body if isinstance(body, dict) else {}
        params = {**request.path_params, **request.query_params, **fields}
        return await aiml.faults.respond(f"{request.method} {path}", params, handle)

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


async def _create(aiml: Aiml, request: Request, body: Body) -> Response | Refusal:
    sent = request.headers.get("x-client-request-id", "")
    client_id = sent if _CLIENT_ID.fullmatch(sent) else None
    if isinstance(body, order.BodyError):
        aiml.record({}, client_id, None, accepted=False)
        return body.refusal
    try:
        wanted = await asyncio.to_thread(order.read, body)
    except order.BodyError as error:
        aiml.record(body, client_id, None, accepted=False)
        return error.refusal
    refusal = aiml.decide(wanted)
    submission = aiml.record(body, client_id, wanted, accepted=refusal is None)
    if refusal is not None:
        return refusal
    answer = {"id": submission.id, "status": "queued"}
    return JSONResponse(answer, aiml.accept_status, {"x-inference-id": submission.id})


async def _query(aiml: Aiml, request: Request, _body: Body) -> Response | Refusal:
    generation_id = request.query_params.get("generation_id")
    if not generation_id:
        return Refusal(400, "Query validation error. generation_id: Required")
    job = aiml.jobs.get(generation_id)
    if job is None:
        return Refusal(404, NOT_FOUND)
    job.tick(aiml.clock())
    body, headers = await _view(aiml, job, request)
    return JSONResponse(body, headers=headers)


async def _view(aiml: Aiml, job: Job, request: Request) -> tuple[dict[str, Any], dict[str, str]]:
    """A job as its owner sees it."""
    headers = {"x-inference-id": job.id}
    video = usage = None
    if job.status == "completed":
        usd = aiml.charged[job.id]
        if aiml.tells_cost:
            usage = {"usage": {"credits_used": round(usd * CREDITS_PER_USD), "usd_spent": usd}}
            headers |= {"x-aimlapi-credits-used": str(usage["usage"]["credits_used"])}
            headers |= {"x-aimlapi-usd-spent": str(usd)}
        video = await _video(aiml, job, request)
    error = job.error
    if job.status == "completed" and aiml.placeholder_error:
        error = {"name": "text", "message": "text"}
    return {"id": job.id, "status": job.status, "video": video, "error": error, "meta": usage}, headers


async def _video(aiml: Aiml, job: Job, request: Request) -> dict[str, Any]:
    name = job.id.partition(":")[0]
    home = aiml.public_url or str(request.base_url)
    video: dict[str, Any] = {"url": f"{home.rstrip('/')}/files/{name}.mp4"}
    if aiml.old_keys:
        size = len(await aiml.studio.video(job))
        video |= {"content_type": "video/mp4", "file_name": "output.mp4", "file_size": size}
    return video


async def _file(aiml: Aiml, request: Request, _body: Body) -> Response | Refusal:
    name = request.path_params["name"]
    job = next((job for job in aiml.jobs.values() if job.id.partition(":")[0] == name), None)
    if job is None or job.status != "completed":
        return Refusal(404, NOT_FOUND)
    return Response(await aiml.studio.video(job), media_type="video/mp4")


async def _logs(aiml: Aiml, request: Request, _body: Body) -> Response | Refusal:
    try:
        return JSONResponse(page(aiml, request.query_params))
    except QueryError as error:
        return error.refusal


async def _billing(aiml: Aiml, _request: Request, _body: Body) -> Response | Refusal:
    aiml.tick()
    return JSONResponse({"current_balance": aiml.balance_usd, "currency": "USD"})


async def _models(_aiml: Aiml, request: Request, _body: Body) -> Response | Refusal:
    asked = {name for names in request.query_params.getlist("id") for name in names.split(",")}
    priced = "pricing" in request.query_params.get("include", "").split(",")
    data: list[dict[str, Any]] = []
    for model, usd in USD_PER_SECOND.items():
        if model in (asked or USD_PER_SECOND):
            pricing = {"kind": "fixed", "units": [{"price": usd, "unit": "second", "per": 1}]}
            info = {"name": model, "developer": "Kling AI"}
            entry = {"id": model, "aliases": [], "type": "video", "info": info, "tags": []}
            data.append(entry | ({"pricing": pricing} if priced else {}))
    return JSONResponse({"object": "list", "data": data})
