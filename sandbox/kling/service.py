"""The pretend Kling service: what it knows, what it charges, and how a test or the demo steers it."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.faults import Faults
from sandbox.kling.app import build
from sandbox.kling.codes import Refusal
from sandbox.kling.door import refuse
from sandbox.kling.postman import Postman
from sandbox.kling.scenes import NEED_FACES, SCENES, USD_PER_UNIT, units
from sandbox.kling.task import Submission, Task, new_id, sentence
from sandbox.kling.views import Shape, fields
from sandbox.ledger import Charge
from sandbox.render import render
from sandbox.workshop import PATIENCE, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.requests import Request

    from sandbox.kling.order import Order
    from sandbox.studio import Video


@dataclass(eq=False)
class Manners:
    """How the service behaves: each may be set at any time, and holds from the next request or task on.

    Attributes:
        balance_usd: what the resource pack is worth; too little for a task means code 1102.
        concurrency: tasks at once before code 1303; None for no limit.
        offered: the scenes that are known: take one out, and it is retired.
        shape: in which form tasks are shown.
        codes_as_words: codes are strings, as some resellers write them.
        clock_skew: seconds that the service's clock is ahead of ours.
        public_url: where this service is reached: the first part of the videos' addresses.
    """

    balance_usd: float = 100.0
    concurrency: int | None = None
    offered: set[str] = field(default_factory=lambda: set(SCENES))
    shape: Shape = Shape.VENDOR
    codes_as_words: bool = False
    clock_skew: float = 0.0
    public_url: str = ""


class Kling(Manners):
    """The service over HTTP: serve `app`, and set `public_url` to where it is served.

    Attributes:
        key: the static key that it accepts.
        access_key, secret_key: those with which it accepts signed tokens.
        app: the ASGI application.
        submissions: every POST that was read to its end, in order.
        tasks: the accepted ones, by id.
        ledger: what was charged: each task once, when it succeeded.
        postman: carries the callbacks.
        faults: faults on request; requests are named `POST /v1/videos/effects`, `GET /v1/videos/effects/*` for one
            task, and `GET /v1/videos/effects` for the list.
    """

    def __init__(
        self,
        key: str = "sandbox-kling-key",
        *,
        seconds: float | None = 6.0,
        clock: Callable[[], float] = time.time,
        video: Video = render,
        needs_face: Collection[str] = NEED_FACES,
    ) -> None:
        """Make a service with no tasks.

        Args:
            key: the static key that it accepts.
            seconds: the life of a task; None: tasks move only by hand (`jobs[id].finish()`).
            clock: Unix time in seconds.
            video: the bytes of the one video that every task gets, or what makes it, in a thread:
                `video(scene, photos, seconds=duration)`.
            needs_face: the scenes whose every photo must show a face.
        """
        super().__init__()
        self.key = key
        self.access_key = "sandbox-kling-access-key"
        self.secret_key = "sandbox-kling-secret-key-of-32-bytes"  # noqa: S105 - a pretend one
        self.submissions: list[Submission] = []
        self.jobs: dict[str, Task] = {}
        self.ledger: list[Charge] = []
        self.faults = Faults()
        self.postman = Postman()
        self.clock = clock
        self._seconds = seconds
        self._workshop: Workshop[Task] = Workshop(
            video, clock=clock, needs_face=needs_face, error=lambda _task, kind, _photo: sentence(kind)
        )
        self.studio = self._workshop.studio
        self.app = build(self)

    @property
    def accepted(self) -> dict[str | None, list[str]]:
        """The ids of the accepted tasks, by the caller's own id of the request."""
        ids: dict[str | None, list[str]] = defaultdict(list)
        for submission in self.submissions:
            if submission.accepted:
                ids[submission.client_request_id].append(submission.id)
        return dict(ids)

    # ------------------------------------------------------------ what requests do
    def refuse(self, header: str) -> Refusal | None:
        """Why a request with this Authorization header does not come in; None if it does."""
        now = self.clock() + self.clock_skew
        return refuse(header, key=self.key, access_key=self.access_key, secret_key=self.secret_key, now=now)

    def decide(self, order: Order) -> Refusal | None:
        """Why a valid order is refused all the same; None if it is not."""
        self.tick()
        if order.external_task_id is not None and order.external_task_id in self.accepted:
            return Refusal(1201, "external_task_id already exists")
        if self.balance_usd < _price(order):
            return Refusal(1102)
        if self.concurrency is not None and len(self._workshop.running) >= self.concurrency:
            return Refusal(1303)
        return None

    def record(self, body: dict[str, Any], order: Order | None, *, accepted: bool) -> Submission:
        """Write a submit down, and start its task if it is accepted."""
        external = body.get("external_task_id")
        submission = Submission(
            id=new_id(),
            client_request_id=external if isinstance(external, str) else None,
            scene=str(body.get("effect_scene", "")),
            duration=order.duration if order else 5,
            photos=order.photos if order else [],
            body=body,
            accepted=accepted,
            at=self.clock(),
        )
        self.submissions.append(submission)
        if order and accepted:
            task = Task(submission, order, seconds=self._seconds, changed=self._changed)
            self.jobs[task.id] = task
            self._workshop.begin(task, by_hand=self._seconds is None)
        self._workshop.tell()
        return submission

    def find(self, task_id: str) -> Task | None:
        """The task of this id, or of this `external_task_id`."""
        named = next((task for task in self.jobs.values() if task.submission.client_request_id == task_id), None)
        return self.jobs.get(task_id) or named

    def address(self, task: Task, request: Request | None = None) -> str:
        """Where the task's video is."""
        home = self.public_url or (str(request.base_url) if request else "")
        return f"{home.rstrip('/')}/files/{task.id}.mp4"

    def tick(self) -> None:
        """Let the clock move the tasks: to be called by whoever moves a clock of their own."""
        self._workshop.tick()

    # ------------------------------------------------------------ what tests wait for
    async def wait(self, predicate: Callable[[Kling], bool], timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 - a failed wait tells what there is
        """Wait until `predicate(self)` holds; no polling: it is asked again after each change.

        Raises:
            AssertionError: it did not hold within `timeout` seconds; the message lists the tasks.
        """
        await self._workshop.wait(lambda: predicate(self), timeout, self.jobs.values())

    # ------------------------------------------------------------ inside
    def _changed(self, task: Task) -> None:
        task.updated_at = self.clock()
        if task.succeeded:
            usd = _price(task.order)
            self.balance_usd = round(self.balance_usd - usd, 6)
            self.ledger.append(Charge(task.id, task.submission.client_request_id, usd, self.clock()))
        if task.order.callback_url:
            self.postman.take(task.order.callback_url, fields(task, self.address(task)))
        self._workshop.changed(task)


def _price(order: Order) -> float:
    """In US dollars."""
    return round(units(order.mode, order.duration) * USD_PER_UNIT, 6)
