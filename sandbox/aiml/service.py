"""The pretend AIML video service: what it knows, what it charges, and how a test or the demo steers it."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.aiml import refusals
from sandbox.aiml.job import WORDS, Job, new_id, old_id
from sandbox.aiml.job_errors import ErrorShape, job_error
from sandbox.aiml.logs import LogEntry, page
from sandbox.aiml.models import CREDITS_PER_USD, NEED_FACES, USD_PER_SECOND, price
from sandbox.aiml.refusals import NO_CREDIT, NO_KEY, NOT_FOUND, TOO_MANY
from sandbox.aiml.video_request import Order, read
from sandbox.services.records import Submission
from sandbox.services.refusal import Refusal
from sandbox.services.routes import question, submit, videos
from sandbox.services.service import PretendService

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request
    from starlette.routing import Route


_CLIENT_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}")


@dataclass(eq=False, repr=False)
class Aiml(PretendService[Order]):
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

    words = WORDS

    key: str = "sandbox-aiml-key"
    _: KW_ONLY
    needs_face: Collection[str] = NEED_FACES
    accept_status: int = 200
    error_shape: ErrorShape = ErrorShape.FAL
    old_ids: bool = False
    old_keys: bool = False
    placeholder_error: bool = False
    tells_cost: bool = True
    log_lag: float = 0.0

    def routes(self) -> list[Route]:
        """Generations, logs, billing and models."""
        return routes(self)

    def admit(self, request: Request) -> None:
        """Let the one key in."""
        if request.headers.get("authorization") != f"Bearer {self.key}":
            raise Refusal(401, NO_KEY)

    def read(self, body: Any) -> Order:
        """What a submit asks for, by the vendor's schema."""
        return read(body)

    def decide(self, order: Order) -> None:
        """Refuse it where the account is empty, or too many jobs run."""
        if not self.affords(order):
            raise Refusal(403, NO_CREDIT)
        if self.busy:
            raise Refusal(429, TOO_MANY)

    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:  # noqa: ARG002 - as every service
        """The header `X-Client-Request-Id`."""
        sent = request.headers.get("x-client-request-id", "")
        return sent if _CLIENT_ID.fullmatch(sent) else None

    def submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """A submit as it came."""
        model, scene = str(body.get("model", "")), str(body.get("effect_scene", ""))
        job_id = old_id(model) if self.old_ids else new_id()
        return Submission(job_id, client_request_id, scene, body, self.clock(), model)

    def taken(self, job: Job, request: Request) -> Response:  # noqa: ARG002 - as every service
        """An id, in the body and in a header."""
        return JSONResponse({"id": job.id, "status": job.status}, self.accept_status, {"x-inference-id": job.id})

    def refusal(self, refusal: Refusal, path: str) -> Response:
        """Five fields; the time in them is the service's own."""
        return refusals.response(refusal, path, self.clock() + self.clock_skew)

    def photo_error(self, job: Job, kind: str, photo: int) -> dict[str, Any]:
        """In the shape that is set."""
        return job_error(kind, job.order, photo, self.error_shape)

    def price(self, order: Order) -> float:
        """By model and length, in US dollars."""
        return price(order.model, order.duration)

    def log(self) -> list[LogEntry]:
        """Return what `GET /v2/logs` may show by now, newest first."""
        return [self._log_entry(one) for one in reversed(self.submissions) if self.clock() >= one.at + self.log_lag]

    def _log_entry(self, submission: Submission) -> LogEntry:
        job = self.jobs.get(submission.id)
        return LogEntry(
            submission,
            created=submission.at + self.clock_skew,
            failed=job is None or job.status == "error",
            usd=self.charged.get(submission.id, 0.0),
        )

    def file_name(self, job: Job) -> str:
        """The part of an id that is fit for a URL."""
        return job.id.partition(":")[0]


GENERATIONS: Final = "/v2/video/generations"
LEGACY: Final = "/v2/generate/video/kling/generation"


def routes(aiml: Aiml) -> list[Route]:
    """Return all routes."""
    return [
        *(submit(aiml, path) for path in (GENERATIONS, LEGACY)),
        *(question(aiml, path, _query) for path in (GENERATIONS, LEGACY)),
        question(aiml, "/v2/logs", _logs),
        question(aiml, "/v2/billing", _billing),
        question(aiml, "/v1/models", _models),
        videos(aiml),
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
    now = aiml.clock() + aiml.clock_skew
    return JSONResponse(page(request.query_params, aiml.log(), key=aiml.key, now=now))


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
