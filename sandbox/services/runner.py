"""Where a pretend service makes its jobs as time passes, and where tests wait for what happens to them."""

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
"""Seconds that a test waits, unless it says otherwise."""


class JobRunner(Generic[RequestT]):
    """The jobs that are not done yet, and the studio that films them.

    Attributes:
        running: by id.
        studio: keeps the videos.
    """

    def __init__(
        self,
        video: VideoSource,
        *,
        clock: Callable[[], float],
        face_scenes: Collection[str],
        photo_error: Callable[[Job[RequestT], str, int], Any],
    ) -> None:
        """Make an empty one.

        Args:
            video: one for all, or what makes one.
            clock: Unix time in seconds.
            face_scenes: the scenes whose every photo must show a face.
            error: writes down, as the service does, that this is the matter with the photo of this index.
        """
        self.running: dict[str, Job[RequestT]] = {}
        self.renderer = Renderer(video)
        self._clock = clock
        self._face_scenes = face_scenes
        self._photo_error = photo_error
        self._changed = asyncio.Event()

    def start(self, job: Job[RequestT], *, manual: bool) -> None:
        """Take a job in."""
        self.running[job.id] = job
        if not manual:
            self.renderer.run_in_background(self._run(job))

    def advance_jobs(self) -> None:
        """Let the clock move the jobs."""
        now = self._clock()
        for job in list(self.running.values()):
            job.advance(now)

    def job_changed(self, job: Job[RequestT]) -> None:
        """A job has a new status."""
        if job.done:
            self.running.pop(job.id, None)
        self.notify()

    def notify(self) -> None:
        """Whoever waits looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait(
        self,
        predicate: Callable[[], bool],
        timeout: float,  # noqa: ASYNC109 - a failed wait tells what there is
        jobs: Collection[Job[RequestT]],
    ) -> None:
        """Wait until `predicate()` holds; no polling: it is asked again after each change.

        Raises:
            AssertionError: it did not hold within `timeout` seconds; the message lists `jobs`.
        """
        try:
            async with asyncio.timeout(timeout):
                while not predicate():
                    await self._changed.wait()
        except TimeoutError:
            seen = [f"{job.id} {job.request.scene}: {job.status}" for job in jobs]
            raise AssertionError(f"not within {timeout} s; the service has {seen or 'no jobs'}") from None

    # ------------------------------------------------------------ inside
    async def _run(self, job: Job[RequestT]) -> None:
        """Do the job's work, and wake up whenever the clock moves the job."""
        self._schedule_advance(job)
        try:
            await self._check_and_render(job)
        except Exception:
            job.fail_later(self._photo_error(job, "internal_server_error", 0))
            raise
        finally:
            self._schedule_advance(job)

    async def _check_and_render(self, job: Job[RequestT]) -> None:
        """Look at the photos, and make the video."""
        counter = count_faces if job.request.scene in self._face_scenes else None
        fault = await asyncio.to_thread(find_photo_error, job.request.photos, counter)
        if fault is not None:
            job.fail_later(self._photo_error(job, *fault))
        else:
            await self.renderer.video_of(job)
            job.mark_rendered()

    def _schedule_advance(self, job: Job[RequestT]) -> None:
        job.advance(self._clock())
        due = job.next_change_at
        if due is not None and (wait := due - self._clock()) > 0:
            asyncio.get_running_loop().call_later(wait, self._schedule_advance, job)
