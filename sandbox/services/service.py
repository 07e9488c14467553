"""What every pretend video service does: it takes orders, makes them as time passes, charges, and can be waited for."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from starlette.applications import Starlette

from sandbox.http.faults import Faults
from sandbox.render import render
from sandbox.services.job import Job, RequestT, StatusNames
from sandbox.services.records import Charge
from sandbox.services.runner import DEFAULT_TIMEOUT_S, JobRunner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from typing import Self

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from sandbox.services.records import Submission
    from sandbox.services.refusal import Refusal
    from sandbox.services.renderer import VideoSource


@dataclass(eq=False, repr=False)
class FakeVideoService(ABC, Generic[RequestT]):
    """A video service over real HTTP: serve `app`, and set `public_url` to where it is served.

    A vendor's class is a dataclass too. It gives `words` and the methods under "what is the vendor's own", and adds its
    own manners as fields. Those from `balance_usd` on may be set at any time, and hold from the next request or job on.

    Attributes:
        key: the key that it accepts.
        seconds: the life of a job; None: jobs move only by hand (`jobs[id].finish()`).
        clock: Unix time in seconds.
        video: the bytes of the one video that every job gets, or what makes it, in a thread:
            `video(scene, photos, seconds=duration)`.
        face_scenes: the scenes whose every photo must show a face.
        balance_usd: what is left; orders that cost more are refused.
        concurrency: jobs at once; None for no limit.
        clock_skew: seconds that the service's clock is ahead of ours.
        public_url: where this service is reached: the first part of the videos' addresses.
        app: the ASGI application.
        submissions: every POST that was read to its end, in order.
        jobs: the accepted ones, by id.
        ledger: what was charged: each job once, when it succeeded.
        charged: the same, in US dollars by job id.
        faults: faults on request; requests are named by method and path.
    """

    status_names: ClassVar[StatusNames]
    """Its words for the states of a job."""

    key: str
    _: KW_ONLY
    job_seconds: float | None = 6.0
    clock: Callable[[], float] = time.time
    video: VideoSource = render
    face_scenes: Collection[str] = ()
    balance_usd: float = 100.0
    concurrency: int | None = None
    clock_skew: float = 0.0
    public_url: str = ""

    def __post_init__(self) -> None:
        self.submissions: list[Submission] = []
        self.jobs: dict[str, Job[RequestT]] = {}
        self.ledger: list[Charge] = []
        self.charged_usd: dict[str, float] = {}
        self.faults = Faults()
        self._runner = JobRunner[RequestT](
            self.video, clock=self.clock, face_scenes=self.face_scenes, photo_error=self.photo_error
        )
        self.renderer = self._runner.renderer
        self.app = Starlette(routes=self.routes(), lifespan=self._lifespan)

    # ------------------------------------------------------------ what is the vendor's own
    @abstractmethod
    def routes(self) -> list[Route]:
        """Return its routes, made with the functions of `sandbox.services.routes`."""

    @abstractmethod
    def authenticate(self, request: Request) -> None:
        """Let a request with the right key in.

        Raises:
            Refusal: it has another, or none.
        """

    @abstractmethod
    def parse(self, body: Any) -> RequestT:
        """What a submit asks for; called in a thread. `body` is the JSON, or the bytes where they are none.

        Raises:
            Refusal: the body is no valid order.
        """

    @abstractmethod
    def check_acceptable(self, order: RequestT) -> None:
        """Take a valid order.

        Raises:
            Refusal: not this one, or not now.
        """

    @abstractmethod
    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:
        """The caller's own id of a submit, if it sent a valid one; `body` is empty where it was no JSON object."""

    @abstractmethod
    def new_submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """A submit as it came, with a new id, and scene and model as the body names them."""

    @abstractmethod
    def accepted_response(self, job: Job[RequestT], request: Request) -> Response:
        """The answer to a submit that became this job."""

    @abstractmethod
    def refusal_response(self, refusal: Refusal, path: str) -> Response:
        """The answer to a request on `path` that is refused."""

    @abstractmethod
    def photo_error(self, job: Job[RequestT], kind: str, photo: int) -> Any:
        """A job's error, in the service's form: `kind` is fal.ai's word, and `photo` an index."""

    @abstractmethod
    def price(self, order: RequestT) -> float:
        """What the video costs, in US dollars."""

    def file_name(self, job: Job[RequestT]) -> str:
        """What the job's video is called: by the job's id, unless that is not fit for a URL."""
        return job.id

    async def aclose(self) -> None:
        """Stop what is under way."""
        await self.renderer.aclose()

    # ------------------------------------------------------------ what requests do
    def record(
        self, body: dict[str, Any], client_request_id: str | None, order: RequestT | None, *, accepted: bool
    ) -> Submission:
        """Write a submit down, and start its job if it is accepted."""
        submission = self.new_submission(body, client_request_id)
        if order is not None:
            submission = replace(submission, duration=order.duration, photos=order.photos, accepted=accepted)
        self.submissions.append(submission)
        if order is not None and accepted:
            job = Job(submission, order, self.status_names, seconds=self.job_seconds, on_change=self.job_changed)
            self.jobs[job.id] = job
            self._runner.start(job, manual=self.job_seconds is None)
        self._runner.notify()
        return submission

    def can_afford(self, order: RequestT) -> bool:
        """Whether the balance is enough for it."""
        return self.balance_usd >= self.price(order)

    @property
    def at_capacity(self) -> bool:
        """Whether as many jobs run as may run at once."""
        return self.concurrency is not None and len(self._runner.running) >= self.concurrency

    def video_url(self, job: Job[RequestT], request: Request | None = None) -> str:
        """Where the job's video is, or will be."""
        home = self.public_url or (str(request.base_url) if request else "")
        return f"{home.rstrip('/')}/files/{self.file_name(job)}.mp4"

    def advance_jobs(self) -> None:
        """Let the clock move the jobs: to be called by whoever moves a clock of their own."""
        self._runner.advance_jobs()

    def job_changed(self, job: Job[RequestT]) -> None:
        """A job has a new status: charge it if it has succeeded, and tell whoever waits."""
        job.updated_at = self.clock()
        if job.succeeded:
            usd = self.price(job.request)
            self.balance_usd = round(self.balance_usd - usd, 6)
            self.ledger.append(Charge(job.id, job.submission.client_request_id, usd, self.clock()))
            self.charged_usd[job.id] = usd
        self._runner.job_changed(job)

    # ------------------------------------------------------------ what tests look at and wait for
    @property
    def accepted_ids(self) -> dict[str | None, list[str]]:
        """The ids of the accepted jobs, by the caller's own id of the request."""
        ids: dict[str | None, list[str]] = defaultdict(list)
        for submission in self.submissions:
            if submission.accepted:
                ids[submission.client_request_id].append(submission.id)
        return dict(ids)

    async def wait(self, predicate: Callable[[Self], bool], timeout: float = DEFAULT_TIMEOUT_S) -> None:  # noqa: ASYNC109 - a failed wait tells what there is
        """Wait until `predicate(self)` holds; no polling: it is asked again after each change.

        Raises:
            AssertionError: it did not hold within `timeout` seconds; the message lists the jobs.
        """
        await self._runner.wait(lambda: predicate(self), timeout, self.jobs.values())

    # ------------------------------------------------------------ inside
    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.aclose()
