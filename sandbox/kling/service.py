"""The pretend Kling service: what it knows, what it charges, and how a test or the demo steers it."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.kling import auth as door
from sandbox.kling import codes
from sandbox.kling.callbacks import Postman
from sandbox.kling.codes import Refusal
from sandbox.kling.scenes import NEED_FACES, SCENES, USD_PER_UNIT, units
from sandbox.kling.task import WORDS, Task, new_id, sentence
from sandbox.kling.video_request import Order, read
from sandbox.kling.views import Shape, envelope, fields, view
from sandbox.services.records import Submission
from sandbox.services.routes import question, submit, videos
from sandbox.services.service import PretendService

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request
    from starlette.routing import Route

    from sandbox.services import refusal


@dataclass(eq=False, repr=False)
class Kling(PretendService[Order]):
    """The service over HTTP: serve `app`, and set `public_url` to where it is served.

    What it has as any pretend service has is told there. Faults know its requests as `POST /v1/videos/effects`,
    `GET /v1/videos/effects/*` for one task, and `GET /v1/videos/effects` for the list.

    Attributes:
        access_key, secret_key: those with which it accepts signed tokens.
        offered: the scenes that are known: take one out, and it is retired.
        shape: in which form tasks are shown.
        codes_as_words: codes are strings, as some resellers write them.
        postman: carries the callbacks.
    """

    words = WORDS

    key: str = "sandbox-kling-key"
    _: KW_ONLY
    needs_face: Collection[str] = NEED_FACES
    access_key: str = "sandbox-kling-access-key"
    secret_key: str = "sandbox-kling-secret-key-of-32-bytes"  # noqa: S105 - a pretend one
    offered: set[str] = field(default_factory=lambda: set(SCENES))
    shape: Shape = Shape.VENDOR
    codes_as_words: bool = False
    postman: Postman = field(default_factory=Postman)

    def routes(self) -> list[Route]:
        """Effects, one by one and as a list."""
        return routes(self)

    def admit(self, request: Request) -> None:
        """Let the static key in, and tokens that are signed well and hold now."""
        header, now = request.headers.get("authorization", ""), self.clock() + self.clock_skew
        door.admit(header, key=self.key, access_key=self.access_key, secret_key=self.secret_key, now=now)

    def read(self, body: Any) -> Order:
        """What a submit asks for, as the vendor's pages say."""
        return read(body, self.offered)

    def decide(self, order: Order) -> None:
        """Refuse an id that is known, and where the resource pack is empty, or too many tasks run."""
        if order.external_task_id is not None and order.external_task_id in self.accepted:
            raise Refusal(1201, "external_task_id already exists")
        if not self.affords(order):
            raise Refusal(1102)
        if self.busy:
            raise Refusal(1303)

    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:  # noqa: ARG002 - as every service
        """The body's `external_task_id`."""
        sent = body.get("external_task_id")
        return sent if isinstance(sent, str) else None

    def submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """A submit as it came."""
        scene, wanted = str(body.get("effect_scene", "")), body.get("input")
        model = str(wanted.get("model_name", "")) if isinstance(wanted, dict) else ""
        return Submission(new_id(), client_request_id, scene, body, self.clock(), model)

    def taken(self, job: Task, request: Request) -> Response:
        """The task, as a query shows it."""
        return JSONResponse(shown(self, job, request))

    def refusal(self, refusal: refusal.Refusal, path: str) -> Response:  # noqa: ARG002 - as every service
        """An envelope with the code."""
        return JSONResponse(codes.document(refusal, as_words=self.codes_as_words), codes.status_of(refusal))

    def photo_error(self, job: Task, kind: str, photo: int) -> str:  # noqa: ARG002 - as every service
        """A sentence."""
        return sentence(kind)

    def price(self, order: Order) -> float:
        """By mode and length, in US dollars."""
        return round(units(order.mode, order.duration) * USD_PER_UNIT, 6)

    def find(self, task_id: str) -> Task | None:
        """The task of this id, or of this `external_task_id`."""
        named = next((task for task in self.jobs.values() if task.submission.client_request_id == task_id), None)
        return self.jobs.get(task_id) or named

    def changed(self, job: Task) -> None:
        """As every service, and the caller is called back."""
        super().changed(job)
        if job.order.callback_url:
            self.postman.take(job.order.callback_url, fields(job, self.address(job)))

    async def aclose(self) -> None:
        """Drop the callbacks too."""
        await self.postman.aclose()
        await super().aclose()


PREFIX: Final = "/kling"
"""What a reseller puts before the vendor's paths."""
EFFECTS: Final = "/v1/videos/effects"


def routes(kling: Kling) -> list[Route]:
    """Return all routes: the vendor's paths, the same paths after the reseller's prefix, and the videos."""
    found = [videos(kling)]
    for prefix in ("", PREFIX):
        found += [
            submit(kling, prefix + EFFECTS, EFFECTS),
            question(kling, prefix + EFFECTS, _list, EFFECTS),
            question(kling, f"{prefix}{EFFECTS}/{{task_id}}", _query, f"{EFFECTS}/*"),
        ]
    return found


async def _query(kling: Kling, request: Request) -> Response:
    task = kling.find(request.path_params["task_id"])
    if task is None:
        raise Refusal(1203, "The task does not exist")
    task.tick(kling.clock())
    return JSONResponse(shown(kling, task, request))


async def _list(kling: Kling, request: Request) -> Response:
    try:
        number = int(request.query_params.get("pageNum", "1"))
        size = int(request.query_params.get("pageSize", "30"))
    except ValueError as error:
        raise Refusal(1200) from error
    if not (1 <= number <= 1000 and 1 <= size <= 500):
        raise Refusal(1201, "pageNum or pageSize is out of range")
    newest = list(kling.jobs.values())[::-1][(number - 1) * size : number * size]
    return JSONResponse(envelope([fields(task, kling.address(task, request)) for task in newest]))


def shown(kling: Kling, task: Task, request: Request) -> dict[str, Any]:
    """A task as its owner sees it, in the shape that is set."""
    answer = view(task, kling.address(task, request), kling.shape)
    return answer | {"code": str(answer["code"])} if kling.codes_as_words and "code" in answer else answer
