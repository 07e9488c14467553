"""What every fake video service does: it accepts jobs, runs them as time passes, and charges for them."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from starlette.applications import Starlette
from starlette.middleware import Middleware

from sandbox.http.date_header import DateHeader
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
    """A video service over real HTTP: serve `app`, and set `public_url` to the URL at which it is served.

    A subclass is a dataclass too. It sets `name`, `title` and `status_names`, implements the abstract methods, and adds
    fields for the ways in which its vendor differs. The fields from `balance_usd` on may be changed at any time and
    apply to later requests and jobs.

    Attributes:
        key: the API key that it accepts.
        job_seconds: how long a job takes; None for jobs that move by hand only (`jobs[id].finish()`).
        clock: returns the Unix time in seconds.
        video: the bytes of one video for all jobs, or a function that renders one in a thread:
            `video(scene, photos, seconds=duration)`.
        face_scenes: the scenes whose every photo must show a face.
        balance_usd: the account's balance; a job that costs more is refused.
        concurrency: how many jobs may run at once; None for no limit.
        clock_skew: how many seconds the service's clock is ahead of ours.
        sends_date: whether responses have a `Date` header, by the service's clock.
        public_url: the base URL of the videos.
        app: the ASGI application.
        submissions: every POST whose body was read completely, in order.
        jobs: the accepted jobs by their ids.
        ledger: the charges: one for each job that succeeded.
        charged_usd: the same amounts in US dollars, by job id.
        faults: faults on request; requests are named by method and path.
    """

    name: ClassVar[str]
    """The service's name in `VIDEO_SERVICE`, and the key of its table in each effect of the catalogue."""
    title: ClassVar[str]
    """The service's name in the page's panel."""
    status_names: ClassVar[StatusNames]
    """The service's names for the states of a job."""

    key: str = "sandbox-key"
    _: KW_ONLY
    job_seconds: float | None = 6.0
    clock: Callable[[], float] = time.time
    video: VideoSource = render
    face_scenes: Collection[str] = ()
    balance_usd: float = 100.0
    concurrency: int | None = None
    clock_skew: float = 0.0
    sends_date: bool = True
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
        date = Middleware(DateHeader, clock=lambda: self.clock() + self.clock_skew if self.sends_date else None)
        self.app = Starlette(routes=self.routes(), lifespan=self._lifespan, middleware=[date])

    # ------------------------------------------------------------ for the vendor's class to implement
    @abstractmethod
    def bot_settings(self) -> dict[str, str]:
        """Return the settings with which a bot uses this service, by the names of environment variables."""

    @abstractmethod
    def routes(self) -> list[Route]:
        """Return the service's routes, made with the functions of `sandbox.services.routes`."""

    @abstractmethod
    def authenticate(self, request: Request) -> None:
        """Accept a request with a valid key.

        Raises:
            Refusal: the key is missing or wrong.
        """

    @abstractmethod
    def parse(self, body: Any) -> RequestT:
        """Return what a submit asks for; called in a thread.

        `body` is the parsed JSON, or the raw bytes if they are not JSON.

        Raises:
            Refusal: the body is invalid.
        """

    @abstractmethod
    def check_acceptable(self, order: RequestT) -> None:
        """Accept a valid request.

        Raises:
            Refusal: the service does not take this job, or not now.
        """

    @abstractmethod
    def client_request_id(self, request: Request, body: dict[str, Any]) -> str | None:
        """Return the client's own id of a submit, or None if it sent no valid one.

        `body` is empty if the request had no JSON object.
        """

    @abstractmethod
    def new_submission(self, body: dict[str, Any], client_request_id: str | None) -> Submission:
        """Return the record of a submit, with a new id, and the scene and model that the body names."""

    @abstractmethod
    def accepted_response(self, job: Job[RequestT], request: Request) -> Response:
        """Return the response to a submit that became this job."""

    @abstractmethod
    def refusal_response(self, refusal: Refusal, path: str) -> Response:
        """Return the response to a request on `path` that is refused."""

    @abstractmethod
    def photo_error(self, job: Job[RequestT], kind: str, photo: int) -> Any:
        """Return a job's error in the service's form. `kind` is fal.ai's name of it, `photo` the photo's index."""

    @abstractmethod
    def price(self, order: RequestT) -> float:
        """Return the price of the video in US dollars."""

    def file_name(self, job: Job[RequestT]) -> str:
        """Return the name of the job's video file: the job's id, unless that is not fit for a URL."""
        return job.id

    async def aclose(self) -> None:
        """Cancel everything that is under way."""
        await self.renderer.aclose()

    # ------------------------------------------------------------ for the routes and the vendor's class
    def record(
        self, body: dict[str, Any], client_request_id: str | None, order: RequestT | None, *, accepted: bool
    ) -> Submission:
        """Record a submit, and start its job if it is accepted."""
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
        """Return True if the balance covers the price."""
        return self.balance_usd >= self.price(order)

    @property
    def at_capacity(self) -> bool:
        """Whether as many jobs run as may run at once."""
        return self.concurrency is not None and len(self._runner.running) >= self.concurrency

    def video_url(self, job: Job[RequestT], request: Request | None = None) -> str:
        """Return the URL at which the job's video is or will be."""
        base_url = self.public_url or (str(request.base_url) if request else "")
        return f"{base_url.rstrip('/')}/files/{self.file_name(job)}.mp4"

    def advance_jobs(self) -> None:
        """Move the jobs to the states that they have by now. Call this after moving a clock of your own."""
        self._runner.advance_jobs()

    def job_changed(self, job: Job[RequestT]) -> None:
        """Charge for a job that has succeeded, and let everyone who waits check again."""
        job.updated_at = self.clock()
        if job.succeeded:
            usd = self.price(job.request)
            self.balance_usd = round(self.balance_usd - usd, 6)
            self.ledger.append(Charge(job.id, job.submission.client_request_id, usd, self.clock()))
            self.charged_usd[job.id] = usd
        self._runner.job_changed(job)

    # ------------------------------------------------------------ for tests
    @property
    def accepted_ids(self) -> dict[str | None, list[str]]:
        """The ids of the accepted jobs, by the client's own id of the request."""
        ids: dict[str | None, list[str]] = defaultdict(list)
        for submission in self.submissions:
            if submission.accepted:
                ids[submission.client_request_id].append(submission.id)
        return dict(ids)

    async def wait(self, predicate: Callable[[Self], bool], timeout: float = DEFAULT_TIMEOUT_S) -> None:  # noqa: ASYNC109 - the error describes what there is
        """Wait until `predicate(self)` is true. It is evaluated again after each change, without polling.

        Raises:
            TimeoutError: it was not true within `timeout` seconds; the message lists the jobs.
        """
        await self._runner.wait(lambda: predicate(self), timeout, self.jobs.values())

    # ------------------------------------------------------------ inside
    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.aclose()
