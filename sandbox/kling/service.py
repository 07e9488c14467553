"""The fake Kling service."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.kling import auth, codes
from sandbox.kling.callbacks import CallbackSender
from sandbox.kling.codes import KlingRefusal
from sandbox.kling.scenes import USD_PER_UNIT, known_scenes, units
from sandbox.kling.task import STATUS_NAMES, KlingTask, new_task_id, photo_error_message
from sandbox.kling.video_request import KlingRequest, parse_body
from sandbox.kling.views import ResponseShape, envelope, task_fields, task_response
from sandbox.services.records import Submission
from sandbox.services.routes import get_route, submit_route, videos_route
from sandbox.services.service import FakeVideoService

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request
    from starlette.routing import Route

    from sandbox.services import refusal


@dataclass(eq=False, repr=False)
class FakeKling(FakeVideoService[KlingRequest]):
    """The service over HTTP: serve `app`, and set `public_url` to the URL at which it is served.

    `FakeVideoService` describes what it has in common with other services. Faults know its requests as
    `POST /v1/videos/effects`, `GET /v1/videos/effects/*` for one task, `GET /v1/videos/effects` for the list, and
    `GET /account/costs` for the account.

    Attributes:
        access_key: the access key of signed tokens.
        secret_key: the secret key of signed tokens.
        offered: the scenes that are known; remove one to retire it.
        shape: the form of the responses about tasks.
        string_codes: if true, codes are strings, as some resellers write them.
        discount: the part of the list price that is taken off if the account pays in money; None if it has units.
        tells_costs: whether `GET /account/costs` tells of the account's resource packs; resellers don't have it.
        callbacks: sends the callbacks.
    """

    name = "kling"
    title = "Kling"
    status_names = STATUS_NAMES

    key: str = "sandbox-kling-key"
    _: KW_ONLY
    face_scenes: Collection[str] = field(
        default_factory=lambda: {name for name, scene in known_scenes().items() if scene.needs_faces}
    )
    access_key: str = "sandbox-kling-access-key"
    secret_key: str = "sandbox-kling-secret-key-of-32-bytes"  # noqa: S105 - not a real one
    offered: set[str] = field(default_factory=lambda: set(known_scenes()))
    shape: ResponseShape = ResponseShape.VENDOR
    string_codes: bool = False
    discount: float | None = None
    tells_costs: bool = False
    callbacks: CallbackSender = field(default_factory=CallbackSender)

    def bot_settings(self) -> dict[str, str]:
        """Return the settings of the static key and of a reseller's address."""
        return {"KLING_API_KEY": self.key, "KLING_API_URL": self.public_url + RESELLER_PREFIX}

    def routes(self) -> list[Route]:
        """Return the routes of tasks and videos."""
        return routes(self)

    def authenticate(self, request: Request) -> None:
        """Accept a request with the static key or a valid signed token."""
        header, now = request.headers.get("authorization", ""), self.clock() + self.clock_skew
        auth.authenticate(header, key=self.key, access_key=self.access_key, secret_key=self.secret_key, now=now)

    def parse(self, body: Any) -> KlingRequest:
        """Return what a submit asks for."""
        return parse_body(body, self.offered)

    def check_acceptable(self, order: KlingRequest) -> None:
        """Refuse a known `external_task_id`, and any job if the balance is too low or too many tasks run."""
        if order.external_task_id is not None and order.external_task_id in self.accepted_ids:
            raise KlingRefusal(1201, "external_task_id already exists")
        if not self.can_afford(order):
            raise KlingRefusal(1102)
        if self.at_capacity:
            raise KlingRefusal(1303)

    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:  # noqa: ARG002 - as every service
        """Return the body's `external_task_id`."""
        sent = body.get("external_task_id")
        return sent if isinstance(sent, str) else None

    def new_submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """Return the record of a submit."""
        scene, fields = str(body.get("effect_scene", "")), body.get("input")
        model = str(fields.get("model_name", "")) if isinstance(fields, dict) else ""
        return Submission(new_task_id(), client_request_id, scene, body, self.clock(), model)

    def accepted_response(self, job: KlingTask, request: Request) -> Response:
        """Return the task as a query shows it."""
        return JSONResponse(_task_response(self, job, request))

    def refusal_response(self, refusal: refusal.Refusal, path: str) -> Response:  # noqa: ARG002 - as every service
        """Return the envelope with the code."""
        return JSONResponse(codes.error_body(refusal, string_code=self.string_codes), codes.http_status(refusal))

    def photo_error(self, job: KlingTask, kind: str, photo: int) -> str:  # noqa: ARG002 - as every service
        """Return the message of the error."""
        return photo_error_message(kind)

    def price(self, order: KlingRequest) -> float:
        """Return the price by mode and length, in US dollars."""
        return round(units(order.mode, order.duration) * USD_PER_UNIT, 6)

    def find_task(self, task_id: str) -> KlingTask | None:
        """Return the task of this id or `external_task_id`, or None."""
        by_client_id = next((task for task in self.jobs.values() if task.submission.client_request_id == task_id), None)
        return self.jobs.get(task_id) or by_client_id

    def job_changed(self, job: KlingTask) -> None:
        """Charge for a job that has succeeded, and send the callback if there is a URL for it."""
        super().job_changed(job)
        if job.request.callback_url:
            self.callbacks.send_in_background(
                job.request.callback_url, task_fields(job, self.video_url(job), self.discount)
            )

    async def aclose(self) -> None:
        """Cancel the callbacks and everything else that is under way."""
        await self.callbacks.aclose()
        await super().aclose()


RESELLER_PREFIX: Final = "/kling"
"""The prefix that a reseller puts before the vendor's paths."""
EFFECTS_PATH: Final = "/v1/videos/effects"
COSTS_PATH: Final = "/account/costs"


def routes(kling: FakeKling) -> list[Route]:
    """Return all routes: the vendor's paths, the same paths after the reseller's prefix, and the videos."""
    result = [videos_route(kling)]
    for prefix in ("", RESELLER_PREFIX):
        result += [
            submit_route(kling, prefix + EFFECTS_PATH, EFFECTS_PATH),
            get_route(kling, prefix + EFFECTS_PATH, _list_tasks, EFFECTS_PATH),
            get_route(kling, f"{prefix}{EFFECTS_PATH}/{{task_id}}", _get_task, f"{EFFECTS_PATH}/*"),
            get_route(kling, prefix + COSTS_PATH, _get_costs, COSTS_PATH),
        ]
    return result


async def _get_task(kling: FakeKling, request: Request) -> Response:
    task = kling.find_task(request.path_params["task_id"])
    if task is None:
        raise KlingRefusal(1203, "The task does not exist")
    task.advance(kling.clock())
    return JSONResponse(_task_response(kling, task, request))


async def _get_costs(kling: FakeKling, request: Request) -> Response:
    """List the account's resource packs: one that is used up, and one with what the balance is in units."""
    if not kling.tells_costs:
        return Response(b"404 page not found", 404)
    try:
        period = [int(request.query_params[name]) for name in ("start_time", "end_time")]
    except (KeyError, ValueError) as error:
        raise KlingRefusal(1201, "start_time and end_time are required") from error
    if not 0 < period[0] < period[1]:
        raise KlingRefusal(1201, "start_time must be before end_time")
    left = round(kling.balance_usd / USD_PER_UNIT, 4)
    packs = [_pack("old", 100.0, 0.0, "runOut"), _pack("new", 1000.0, left, "online")]
    return JSONResponse(envelope({"code": 0, "msg": "success", "resource_pack_subscribe_infos": packs}))


def _pack(name: str, total: float, remaining: float, status: str) -> dict[str, Any]:
    kind = {"resource_pack_name": name, "resource_pack_id": name, "resource_pack_type": "decreasing_total"}
    return {**kind, "total_quantity": total, "remaining_quantity": remaining, "status": status}


async def _list_tasks(kling: FakeKling, request: Request) -> Response:
    try:
        number = int(request.query_params.get("pageNum", "1"))
        size = int(request.query_params.get("pageSize", "30"))
    except ValueError as error:
        raise KlingRefusal(1200) from error
    if not (1 <= number <= 1000 and 1 <= size <= 500):
        raise KlingRefusal(1201, "pageNum or pageSize is out of range")
    newest = list(kling.jobs.values())[::-1][(number - 1) * size : number * size]
    return JSONResponse(
        envelope([task_fields(task, kling.video_url(task, request), kling.discount) for task in newest])
    )


def _task_response(kling: FakeKling, task: KlingTask, request: Request) -> dict[str, Any]:
    """Return a task in the form that is set."""
    answer = task_response(task, kling.video_url(task, request), kling.shape, kling.discount)
    return answer | {"code": str(answer["code"])} if kling.string_codes and "code" in answer else answer
