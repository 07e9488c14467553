"""The pretend AIML video service: what it knows, what it charges, and how a test or the demo steers it."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.aiml.app import build
from sandbox.aiml.errors import ErrorShape, job_error
from sandbox.aiml.ids import new_id, old_id
from sandbox.aiml.job import Job, Submission
from sandbox.aiml.refusals import NO_CREDIT, TOO_MANY, Refusal
from sandbox.aiml.scenes import NEED_FACES, price
from sandbox.faults import Faults
from sandbox.ledger import Charge
from sandbox.render import render
from sandbox.workshop import PATIENCE, Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from sandbox.aiml.order import Order
    from sandbox.studio import Video


@dataclass(eq=False)
class Manners:
    """How the service behaves: each may be set at any time, and holds from the next request or job on.

    Attributes:
        balance_usd: what is left on the account; too little for a job means 403.
        concurrency: jobs at once before 429; None for no limit.
        accept_status: the HTTP status of an accepted submit: 200, or 201 as it once was.
        error_shape: how a job's error is written.
        old_ids: ids as they once were: `<uuid>:kling-video/v1.6/pro/effects`.
        old_keys: `video` also has `content_type`, `file_name` and `file_size`.
        placeholder_error: a completed job shows a filled `error` too, like a sample in the vendor's pages.
        tells_cost: whether a completed job says what it took.
        log_lag: seconds until a request is shown in the log.
        clock_skew: seconds that the service's clock is ahead of ours.
        public_url: where this service is reached: the first part of the videos' addresses.
    """

    balance_usd: float = 100.0
    concurrency: int | None = None
    accept_status: int = 200
    error_shape: ErrorShape = ErrorShape.FAL
    old_ids: bool = False
    old_keys: bool = False
    placeholder_error: bool = False
    tells_cost: bool = True
    log_lag: float = 0.0
    clock_skew: float = 0.0
    public_url: str = ""


class Aiml(Manners):
    """The service over HTTP: serve `app`, and set `public_url` to where it is served.

    Attributes:
        key: the one key that it accepts.
        app: the ASGI application.
        submissions: every POST that was read to its end, in order.
        jobs: the accepted ones, by id.
        ledger: what was charged: each job once, when it completed.
        charged: the same, in US dollars by job id.
        faults: faults on request; requests are named `POST /v2/video/generations` and so on.
    """

    def __init__(
        self,
        key: str = "sandbox-aiml-key",
        *,
        seconds: float | None = 6.0,
        clock: Callable[[], float] = time.time,
        video: Video = render,
        needs_face: Collection[str] = NEED_FACES,
    ) -> None:
        """Make a service with no jobs.

        Args:
            key: the one key that it accepts.
            seconds: the life of a job; None: jobs move only by hand (`jobs[id].finish()`).
            clock: Unix time in seconds.
            video: the bytes of the one video that every job gets, or what makes it, in a thread:
                `video(scene, photos, seconds=duration)`.
            needs_face: the scenes whose every photo must show a face.
        """
        super().__init__()
        self.key = key
        self.submissions: list[Submission] = []
        self.jobs: dict[str, Job] = {}
        self.ledger: list[Charge] = []
        self.charged: dict[str, float] = {}
        self.faults = Faults()
        self.clock = clock
        self._seconds = seconds
        self._workshop = Workshop(video, clock=clock, needs_face=needs_face, error=self._error)
        self.studio = self._workshop.studio
        self.app = build(self)

    @property
    def accepted(self) -> dict[str | None, list[str]]:
        """The ids of the accepted jobs, by the caller's own id of the request."""
        ids: dict[str | None, list[str]] = defaultdict(list)
        for submission in self.submissions:
            if submission.accepted:
                ids[submission.client_request_id].append(submission.id)
        return dict(ids)

    # ------------------------------------------------------------ what requests do
    def decide(self, order: Order) -> Refusal | None:
        """Why a valid order is refused all the same; None if it is not."""
        self.tick()
        if self.balance_usd < price(order.model, order.duration):
            return Refusal(403, NO_CREDIT)
        if self.concurrency is not None and len(self._workshop.running) >= self.concurrency:
            return Refusal(429, TOO_MANY)
        return None

    def record(
        self, body: dict[str, Any], client_request_id: str | None, order: Order | None, *, accepted: bool
    ) -> Submission:
        """Write a submit down, and start its job if it is accepted."""
        submission = Submission(
            id=old_id(str(body.get("model"))) if self.old_ids else new_id(),
            client_request_id=client_request_id,
            model=str(body.get("model", "")),
            scene=str(body.get("effect_scene", "")),
            duration=order.duration if order else 5,
            photos=order.photos if order else [],
            body=body,
            accepted=accepted,
            at=self.clock(),
        )
        self.submissions.append(submission)
        if order and accepted:
            job = Job(submission, order, seconds=self._seconds, changed=self._changed)
            self.jobs[job.id] = job
            self._workshop.begin(job, by_hand=self._seconds is None)
        self._workshop.tell()
        return submission

    def tick(self) -> None:
        """Let the clock move the jobs: to be called by whoever moves a clock of their own."""
        self._workshop.tick()

    # ------------------------------------------------------------ what tests wait for
    async def wait(self, predicate: Callable[[Aiml], bool], timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 - a failed wait tells what there is
        """Wait until `predicate(self)` holds; no polling: it is asked again after each change.

        Raises:
            AssertionError: it did not hold within `timeout` seconds; the message lists the jobs.
        """
        await self._workshop.wait(lambda: predicate(self), timeout, self.jobs.values())

    # ------------------------------------------------------------ inside
    def _error(self, job: Job, kind: str, photo: int) -> dict[str, Any]:
        return job_error(kind, job.order, photo, self.error_shape)

    def _changed(self, job: Job) -> None:
        if job.succeeded:
            usd = price(job.order.model, job.order.duration)
            self.balance_usd = round(self.balance_usd - usd, 6)
            charge = Charge(job.id, job.submission.client_request_id, usd, self.clock())
            self.ledger.append(charge)
            self.charged[job.id] = usd
        self._workshop.changed(job)
