"""The pretend AIML video service: what it knows, what it charges, and how a test or the demo steers it."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.aiml import refusals
from sandbox.aiml.job import STATUS_NAMES, AimlJob, legacy_job_id, new_job_id
from sandbox.aiml.job_errors import ErrorShape, job_error
from sandbox.aiml.logs import LogEntry, log_page
from sandbox.aiml.models import CREDITS_PER_USD, NEED_FACES, USD_PER_SECOND, price_usd
from sandbox.aiml.refusals import INVALID_KEY, NO_CREDIT, NOT_FOUND, TOO_MANY_REQUESTS
from sandbox.aiml.video_request import AimlRequest, parse_body
from sandbox.services.records import Submission
from sandbox.services.refusal import Refusal
from sandbox.services.routes import get_route, submit_route, videos_route
from sandbox.services.service import FakeVideoService

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request
    from starlette.routing import Route


_CLIENT_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")


@dataclass(eq=False, repr=False)
class FakeAiml(FakeVideoService[AimlRequest]):
    """The service over HTTP: serve `app`, and set `public_url` to where it is served.

    What it has as any pretend service has is told there; faults know its requests as `POST /v2/video/generations` and
    so on.

    Attributes:
        accept_status: the HTTP status of an accepted submit: 200, or 201 as it once was.
        error_shape: how a job's error is written.
        old_ids: ids as they once were: `<uuid>:kling-video/v1.6/pro/effects`.
        old_keys: `video` also has `content_type`, `file_name` and `file_size`.
        placeholder_error: a completed job shows a filled `error` too, like a sample in the vendor's pages.
        tells_cost: whether a completed job says what it took.
        log_lag: seconds until a request is shown in the log.
    """

    status_names = STATUS_NAMES

    key: str = "sandbox-aiml-key"
    _: KW_ONLY
    face_scenes: Collection[str] = NEED_FACES
    accept_status: int = 200
    error_shape: ErrorShape = ErrorShape.FAL
    legacy_ids: bool = False
    legacy_video_fields: bool = False
    placeholder_error: bool = False
    reports_cost: bool = True
    log_delay: float = 0.0

    def routes(self) -> list[Route]:
        """Generations, logs, billing and models."""
        return routes(self)

    def authenticate(self, request: Request) -> None:
        """Let the one key in."""
        if request.headers.get("authorization") != f"Bearer {self.key}":
            raise Refusal(401, INVALID_KEY)

    def parse(self, body: Any) -> AimlRequest:
        """What a submit asks for, by the vendor's schema."""
        return parse_body(body)

    def check_acceptable(self, order: AimlRequest) -> None:
        """Refuse it where the account is empty, or too many jobs run."""
        if not self.can_afford(order):
            raise Refusal(403, NO_CREDIT)
        if self.at_capacity:
            raise Refusal(429, TOO_MANY_REQUESTS)

    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:  # noqa: ARG002 - as every service
        """The header `X-Client-Request-Id`."""
        sent = request.headers.get("x-client-request-id", "")
        return sent if _CLIENT_REQUEST_ID.fullmatch(sent) else None

    def new_submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """A submit as it came."""
        model, scene = str(body.get("model", "")), str(body.get("effect_scene", ""))
        job_id = legacy_job_id(model) if self.legacy_ids else new_job_id()
        return Submission(job_id, client_request_id, scene, body, self.clock(), model)

    def accepted_response(self, job: AimlJob, request: Request) -> Response:  # noqa: ARG002 - as every service
        """An id, in the body and in a header."""
        return JSONResponse({"id": job.id, "status": job.status}, self.accept_status, {"x-inference-id": job.id})

    def refusal_response(self, refusal: Refusal, path: str) -> Response:
        """Five fields; the time in them is the service's own."""
        return refusals.refusal_response(refusal, path, self.clock() + self.clock_skew)

    def photo_error(self, job: AimlJob, kind: str, photo: int) -> dict[str, Any]:
        """In the shape that is set."""
        return job_error(kind, job.request, photo, self.error_shape)

    def price(self, order: AimlRequest) -> float:
        """By model and length, in US dollars."""
        return price_usd(order.model, order.duration)

    def log_entries(self) -> list[LogEntry]:
        """Return what `GET /v2/logs` may show by now, newest first."""
        return [self._log_entry(one) for one in reversed(self.submissions) if self.clock() >= one.at + self.log_delay]

    def _log_entry(self, submission: Submission) -> LogEntry:
        job = self.jobs.get(submission.id)
        return LogEntry(
            submission,
            created=submission.at + self.clock_skew,
            failed=job is None or job.status == "error",
            usd=self.charged_usd.get(submission.id, 0.0),
        )

    def file_name(self, job: AimlJob) -> str:
        """The part of an id that is fit for a URL."""
        return job.id.partition(":")[0]


GENERATIONS_PATH: Final = "/v2/video/generations"
LEGACY_GENERATIONS_PATH: Final = "/v2/generate/video/kling/generation"


def routes(aiml: FakeAiml) -> list[Route]:
    """Return all routes."""
    return [
        *(submit_route(aiml, path) for path in (GENERATIONS_PATH, LEGACY_GENERATIONS_PATH)),
        *(get_route(aiml, path, _get_generation) for path in (GENERATIONS_PATH, LEGACY_GENERATIONS_PATH)),
        get_route(aiml, "/v2/logs", _get_logs),
        get_route(aiml, "/v2/billing", _get_billing),
        get_route(aiml, "/v1/models", _get_models),
        videos_route(aiml),
    ]


async def _get_generation(aiml: FakeAiml, request: Request) -> Response:
    generation_id = request.query_params.get("generation_id")
    if not generation_id:
        raise Refusal(400, "Query validation error. generation_id: Required")
    job = aiml.jobs.get(generation_id)
    if job is None:
        raise Refusal(404, NOT_FOUND)
    job.advance(aiml.clock())
    body, headers = await _generation_body(aiml, job, request)
    return JSONResponse(body, headers=headers)


async def _generation_body(aiml: FakeAiml, job: AimlJob, request: Request) -> tuple[dict[str, Any], dict[str, str]]:
    """A job as its owner sees it."""
    headers = {"x-inference-id": job.id}
    video = usage = None
    if job.status == "completed":
        usd = aiml.charged_usd[job.id]
        if aiml.reports_cost:
            usage = {"usage": {"credits_used": round(usd * CREDITS_PER_USD), "usd_spent": usd}}
            headers |= {"x-aimlapi-credits-used": str(usage["usage"]["credits_used"])}
            headers |= {"x-aimlapi-usd-spent": str(usd)}
        video = await _video_object(aiml, job, request)
    error = job.error
    if job.status == "completed" and aiml.placeholder_error:
        error = {"name": "text", "message": "text"}
    return {"id": job.id, "status": job.status, "video": video, "error": error, "meta": usage}, headers


async def _video_object(aiml: FakeAiml, job: AimlJob, request: Request) -> dict[str, Any]:
    video: dict[str, Any] = {"url": aiml.video_url(job, request)}
    if aiml.legacy_video_fields:
        size = len(await aiml.renderer.video_of(job))
        video |= {"content_type": "video/mp4", "file_name": "output.mp4", "file_size": size}
    return video


async def _get_logs(aiml: FakeAiml, request: Request) -> Response:
    now = aiml.clock() + aiml.clock_skew
    return JSONResponse(log_page(request.query_params, aiml.log_entries(), key=aiml.key, now=now))


async def _get_billing(aiml: FakeAiml, _request: Request) -> Response:
    aiml.advance_jobs()
    return JSONResponse({"current_balance": aiml.balance_usd, "currency": "USD"})


async def _get_models(_aiml: FakeAiml, request: Request) -> Response:
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
