"""The fake sample service."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from starlette.responses import JSONResponse

from sandbox.services.job import Job, StatusNames
from sandbox.services.records import Submission
from sandbox.services.refusal import Refusal
from sandbox.services.routes import get_route, submit_route, videos_route
from sandbox.services.service import FakeVideoService

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

SCENES = {"squeeze": 1, "duet": 2}
"""How many photos each scene takes."""
HTTP_STATUSES = {"bad_key": 401, "no_credit": 402, "too_many": 429, "closed": 503}
"""HTTP's status of each code; 400 for the others."""
_CODES = ("bad_key", "bad_request", "unknown_scene", "no_credit", "too_many")


def refuse(code: str) -> Refusal:
    """Return a refusal with this code."""
    return Refusal(_CODES.index(code))


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """A body that the service accepts."""

    scene: str
    duration: int
    photos: list[bytes]


@dataclass(eq=False, repr=False)
class FakeSample(FakeVideoService[SampleRequest]):
    """The service over HTTP: serve `app`, and set `public_url` to the URL at which it is served."""

    name = "sample"
    title = "Sample"
    status_names = StatusNames("waiting", "running", "done", "failed")

    key: str = "sandbox-sample-key"

    def bot_settings(self) -> dict[str, str]:
        """Return the settings of the key and the address."""
        return {"SAMPLE_API_KEY": self.key, "SAMPLE_API_URL": self.public_url}

    def routes(self) -> list[Route]:
        """Return the routes of videos and the account."""
        return [
            submit_route(self, "/videos"),
            get_route(self, "/videos", _get_videos),
            get_route(self, "/account", _get_account),
            videos_route(self),
        ]

    def authenticate(self, request: Request) -> None:
        """Accept a request with the key."""
        if request.headers.get("authorization") != f"Bearer {self.key}":
            raise refuse("bad_key")

    def parse(self, body: Any) -> SampleRequest:
        """Return what a submit asks for."""
        if not isinstance(body, dict) or body.keys() != {"request_id", "scene", "seconds", "photos"}:
            raise refuse("bad_request")
        if body["scene"] not in SCENES:
            raise refuse("unknown_scene")
        return SampleRequest(body["scene"], body["seconds"], [b64decode(photo) for photo in body["photos"]])

    def check_acceptable(self, order: SampleRequest) -> None:
        """Refuse a job if the balance is too low or too many jobs run."""
        if not self.can_afford(order):
            raise refuse("no_credit")
        if self.at_capacity:
            raise refuse("too_many")

    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:  # noqa: ARG002 - as every service
        """Return the body's `request_id`."""
        return body.get("request_id")

    def new_submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """Return the record of a submit."""
        return Submission(uuid4().hex, client_request_id, str(body.get("scene", "")), body, self.clock(), "sample-1")

    def accepted_response(self, job: Job[SampleRequest], request: Request) -> Response:  # noqa: ARG002 - as every service
        """Return the job."""
        return JSONResponse(self.video_fields(job))

    def refusal_response(self, refusal: Refusal, path: str) -> Response:  # noqa: ARG002 - as every service
        """Return the code, and a message that says no more."""
        code = _CODES[refusal.code]
        return JSONResponse({"error": {"code": code, "message": "no"}}, HTTP_STATUSES.get(code, 400))

    def photo_error(self, job: Job[SampleRequest], kind: str, photo: int) -> dict[str, str]:  # noqa: ARG002 - as every service
        """Return the error; the service doesn't tell which photo it is about."""
        return {"code": "no_face" if kind == "face_detection_error" else "bad_photo", "message": "no"}

    def price(self, order: SampleRequest) -> float:
        """Return the price, which is the same for all scenes."""
        return 0.03 * order.duration

    def video_fields(self, job: Job[SampleRequest]) -> dict[str, Any]:
        """Return a job as the service shows it."""
        return {
            "id": job.id,
            "request_id": job.submission.client_request_id,
            "state": job.status,
            "url": self.video_url(job) if job.succeeded else None,
            "usd": self.charged_usd.get(job.id),
            "error": job.error,
        }


async def _get_videos(sample: FakeSample, request: Request) -> Response:
    sample.advance_jobs()
    videos = map(sample.video_fields, sample.jobs.values())
    wanted = request.query_params.items()
    return JSONResponse({"videos": [video for video in videos if all(video[key] == value for key, value in wanted)]})


async def _get_account(sample: FakeSample, _request: Request) -> Response:
    return JSONResponse({"usd": float(sample.balance_usd)})
