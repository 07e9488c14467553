"""The service's addresses: generations, logs, billing and models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.aiml.logs import page
from sandbox.aiml.refusals import NOT_FOUND
from sandbox.aiml.scenes import CREDITS_PER_USD, USD_PER_SECOND
from sandbox.desk import question, submit
from sandbox.refusal import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import Route

    from sandbox.aiml.job import Job
    from sandbox.aiml.service import Aiml

GENERATIONS: Final = "/v2/video/generations"
LEGACY: Final = "/v2/generate/video/kling/generation"


def routes(aiml: Aiml) -> list[Route]:
    """All but the videos."""
    return [
        *(submit(aiml, path) for path in (GENERATIONS, LEGACY)),
        *(question(aiml, path, _query) for path in (GENERATIONS, LEGACY)),
        question(aiml, "/v2/logs", _logs),
        question(aiml, "/v2/billing", _billing),
        question(aiml, "/v1/models", _models),
    ]


async def _query(aiml: Aiml, request: Request) -> Response:
    generation_id = request.query_params.get("generation_id")
    if not generation_id:
        raise Refusal(400, "Query validation error. generation_id: Required")
    job = aiml.jobs.get(generation_id)
    if job is None:
        raise Refusal(404, NOT_FOUND)
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
    video: dict[str, Any] = {"url": aiml.address(job, request)}
    if aiml.old_keys:
        size = len(await aiml.studio.video(job))
        video |= {"content_type": "video/mp4", "file_name": "output.mp4", "file_size": size}
    return video


async def _logs(aiml: Aiml, request: Request) -> Response:
    return JSONResponse(page(aiml, request.query_params))


async def _billing(aiml: Aiml, _request: Request) -> Response:
    aiml.tick()
    return JSONResponse({"current_balance": aiml.balance_usd, "currency": "USD"})


async def _models(_aiml: Aiml, request: Request) -> Response:
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
