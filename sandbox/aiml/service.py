"""The fake AIML video service."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.aiml import refusals
from sandbox.aiml.job import STATUS_NAMES, AimlJob, legacy_job_id, new_job_id
from sandbox.aiml.job_errors import ErrorShape, job_error
from sandbox.aiml.logs import LogEntry, log_page
from sandbox.aiml.models import CREDITS_PER_USD, USD_PER_SECOND, price_usd
from sandbox.aiml.refusals import INVALID_KEY, NO_CREDIT, NOT_FOUND, TOO_MANY_REQUESTS
from sandbox.aiml.video_request import AimlRequest, parse_body
from sandbox.services.records import Submission
from sandbox.services.refusal import Refusal
from sandbox.services.routes import get_route, submit_route, videos_route
from sandbox.services.scenes import scenes_of
from sandbox.services.service import FakeVideoService

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request
    from starlette.routing import Route


_CLIENT_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")


@dataclass(eq=False, repr=False)
class FakeAiml(FakeVideoService[AimlRequest]):
    """The service over HTTP: serve `app`, and set `public_url` to the URL at which it is served.

    `FakeVideoService` describes what it has in common with other services. Faults know its requests as
    `POST /v2/video/generations` and so on.

    Attributes:
        accept_status: the HTTP status of an accepted submit: 200, or 201 as in older versions.
        error_shape: the form of a job's error.
        legacy_ids: if true, job ids have the older form: `<uuid>:kling-video/v1.6/pro/effects`.
        legacy_video_fields: if true, `video` also has `content_type`, `file_name` and `file_size`.
        placeholder_error: if true, a completed job has a filled `error` too, like a sample in the vendor's
            documentation.
        reports_cost: whether a completed job states what it cost.
        log_delay: how many seconds pass until the log shows a request.
    """

    name = "aiml"
    title = "AIML API"
    status_names = STATUS_NAMES

    key: str = "sandbox-aiml-key"
    _: KW_ONLY
    face_scenes: Collection[str] = field(
        default_factory=lambda: {name for name, scene in scenes_of("aiml").items() if scene.needs_faces}
    )
    accept_status: int = 200
    error_shape: ErrorShape = ErrorShape.FAL
    legacy_ids: bool = False
    legacy_video_fields: bool = False
    placeholder_error: bool = False
    reports_cost: bool = True
    log_delay: float = 0.0

    def bot_settings(self) -> dict[str, str]:
        """Return the settings of the key and the address."""
        return {"AIML_API_KEY": self.key, "AIML_API_URL": self.public_url}

    def routes(self) -> list[Route]:
        """Return the routes of generations, logs, billing, models and videos."""
        return routes(self)

    def authenticate(self, request: Request) -> None:
        """Accept a request with the key."""
        if request.headers.get("authorization") != f"Bearer {self.key}":
            raise Refusal(401, INVALID_KEY)

    def parse(self, body: Any) -> AimlRequest:
        """Return what a submit asks for."""
        return parse_body(body)

    def check_acceptable(self, order: AimlRequest) -> None:
        """Refuse a job if the balance is too low or too many jobs run."""
        if not self.can_afford(order):
            raise Refusal(403, NO_CREDIT)
        if self.at_capacity:
            raise Refusal(429, TOO_MANY_REQUESTS)

    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:  # noqa: ARG002 - as every service
        """Return the header `X-Client-Request-Id`, if it is valid."""
        sent = request.headers.get("x-client-request-id", "")
        return sent if _CLIENT_REQUEST_ID.fullmatch(sent) else None

    def new_submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """Return the record of a submit."""
        model, scene = str(body.get("model", "")), str(body.get("effect_scene", ""))
        job_id = legacy_job_id(model) if self.legacy_ids else new_job_id()
        return Submission(job_id, client_request_id, scene, body, self.clock(), model, account=self.key)

    def accepted_response(self, job: AimlJob, request: Request) -> Response:  # noqa: ARG002 - as every service
        """Return the job's id in the body and in a header."""
        return JSONResponse({"id": job.id, "status": job.status}, self.accept_status, {"x-inference-id": job.id})

    def refusal_response(self, refusal: Refusal, path: str) -> Response:
        """Return the five documented fields; their time is by the service's clock."""
        return refusals.refusal_response(refusal, path, self.clock() + self.clock_skew)

    def photo_error(self, job: AimlJob, kind: str, photo: int) -> dict[str, Any]:
        """Return the error in the form that is set."""
        return job_error(kind, job.request, photo, self.error_shape)

    def price(self, order: AimlRequest) -> float:
        """Return the price by model and length, in US dollars."""
        return price_usd(order.model, order.duration)

    def log_entries(self) -> list[LogEntry]:
        """Return what `GET /v2/logs` may show by now with the present key, newest first."""
        shown_since = self.clock() - self.log_delay
        ours = [one for one in reversed(self.submissions) if one.account == self.key]
        return [self._log_entry(one) for one in ours if one.at <= shown_since]

    def _log_entry(self, submission: Submission) -> LogEntry:
        job = self.jobs.get(submission.id)
        return LogEntry(
            submission,
            created=submission.at + self.clock_skew,
            failed=job is None or job.status == "error",
            usd=self.charged_usd.get(submission.id, 0.0),
        )

    def file_name(self, job: AimlJob) -> str:
        """Return the part of the job's id that is fit for a URL."""
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
    """Return the body and the headers that describe a job."""
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
    ids = {name for names in request.query_params.getlist("id") for name in names.split(",")}
    with_prices = "pricing" in request.query_params.get("include", "").split(",")
    data: list[dict[str, Any]] = []
    for model, usd in USD_PER_SECOND.items():
        if model in (ids or USD_PER_SECOND):
            pricing = {"kind": "fixed", "units": [{"price": usd, "unit": "second", "per": 1}]}
            info = {"name": model, "developer": "Kling AI"}
            entry = {"id": model, "aliases": [], "type": "video", "info": info, "tags": []}
            data.append(entry | ({"pricing": pricing} if with_prices else {}))
    return JSONResponse({"object": "list", "data": data})
