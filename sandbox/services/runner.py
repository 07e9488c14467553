"""Runs the jobs of a fake video service as time passes, and lets tests wait for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Generic

from sandbox.render.faces import count_faces
from sandbox.services.job import Job, RequestT
from sandbox.services.photo_checks import find_photo_error
from sandbox.services.renderer import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from sandbox.services.renderer import VideoSource

DEFAULT_TIMEOUT_S: Final = 60.0
"""How long `wait` waits unless a test says otherwise."""


class JobRunner(Generic[RequestT]):
    """The jobs that are not done yet.

    Attributes:
        running: the jobs by their ids.
        renderer: renders and keeps the videos.
    """

    def __init__(
        self,
        video: VideoSource,
        *,
        clock: Callable[[], float],
        face_scenes: Collection[str],
        photo_error: Callable[[Job[RequestT], str, int], Any],
    ) -> None:
        """Create a runner without jobs.

        Args:
            video: the video of all jobs, or a function that renders one.
            clock: returns the Unix time in seconds.
            face_scenes: the scenes whose every photo must show a face.
            photo_error: returns the service's error for a job, fal.ai's name of the error, and the photo's index.
        """
        self.running: dict[str, Job[RequestT]] = {}
        self.renderer = Renderer(video)
        self._clock = clock
        self._face_scenes = face_scenes
        self._photo_error = photo_error
        self._changed = asyncio.Event()

    def start(self, job: Job[RequestT], *, manual: bool) -> None:
        """Start a job; if `manual`, only by hand will it move."""
        self.running[job.id] = job
        if not manual:
            self.renderer.run_in_background(self._run(job))

    def advance_jobs(self) -> None:
        """Move all jobs to the states that they have by now."""
        now = self._clock()
        for job in list(self.running.values()):
            job.advance(now)

    def job_changed(self, job: Job[RequestT]) -> None:
        """Take note that a job has a new status."""
        if job.done:
            self.running.pop(job.id, None)
        self.notify()

    def notify(self) -> None:
        """Let everyone who waits check again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(
        self,
        predicate: Callable[[], bool],
        timeout: float,  # noqa: ASYNC109 - the error describes what there is
        jobs: Collection[Job[RequestT]],
    ) -> None:
        """Wait until `predicate()` is true. It is evaluated again after each change, without polling.

        Raises:
            TimeoutError: it was not true within `timeout` seconds; the message lists `jobs`.
        """
        try:
            async with asyncio.timeout(timeout):
                while not predicate():
                    await self._changed.wait()
        except TimeoutError:
            statuses = [f"{job.id} {job.request.scene}: {job.status}" for job in jobs]
            raise TimeoutError(f"not within {timeout} s; the service has {statuses or 'no jobs'}") from None

    # ------------------------------------------------------------ inside
    async def _run(self, job: Job[RequestT]) -> None:
        """Check the photos, render the video, and advance the job whenever the clock changes it."""
        self._schedule_advance(job)
        try:
            await self._check_and_render(job)
        except Exception:
            job.fail_later(self._photo_error(job, "internal_server_error", 0))
            raise
        finally:
            self._schedule_advance(job)

    async def _check_and_render(self, job: Job[RequestT]) -> None:
        """Check the photos; if they are fine, render the video."""
        face_counter = count_faces if job.request.scene in self._face_scenes else None
        error = await asyncio.to_thread(find_photo_error, job.request.photos, face_counter)
        if error is not None:
            job.fail_later(self._photo_error(job, *error))
        else:
            await self.renderer.video_of(job)
            job.mark_rendered()

    def _schedule_advance(self, job: Job[RequestT]) -> None:
        job.advance(self._clock())
        due = job.next_change_at
        if due is not None and (delay := due - self._clock()) > 0:
            asyncio.get_running_loop().call_later(delay, self._schedule_advance, job)
