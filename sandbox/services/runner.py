"""Where a pretend service makes its jobs as time passes, and where tests wait for what happens to them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Generic

from sandbox.render.faces import count_faces
from sandbox.services.job import AnyOrder, Life
from sandbox.services.photo_checks import find_fault
from sandbox.services.renderer import Studio

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from sandbox.services.renderer import Video

PATIENCE: Final = 10.0
"""Seconds that a test waits, unless it says otherwise."""


class Workshop(Generic[AnyOrder]):
    """The jobs that are not done yet, and the studio that films them.

    Attributes:
        running: by id.
        studio: keeps the videos.
    """

    def __init__(
        self,
        video: Video,
        *,
        clock: Callable[[], float],
        needs_face: Collection[str],
        error: Callable[[Life[AnyOrder], str, int], Any],
    ) -> None:
        """Make an empty one.

        Args:
            video: one for all, or what makes one.
            clock: Unix time in seconds.
            needs_face: the scenes whose every photo must show a face.
            error: writes down, as the service does, that this is the matter with the photo of this index.
        """
        self.running: dict[str, Life[AnyOrder]] = {}
        self.studio = Studio(video)
        self._clock = clock
        self._needs_face = needs_face
        self._error = error
        self._news = asyncio.Event()

    def begin(self, job: Life[AnyOrder], *, by_hand: bool) -> None:
        """Take a job in."""
        self.running[job.id] = job
        if not by_hand:
            self.studio.start(self._make(job))

    def tick(self) -> None:
        """Let the clock move the jobs."""
        now = self._clock()
        for job in list(self.running.values()):
            job.tick(now)

    def changed(self, job: Life[AnyOrder]) -> None:
        """A job has a new status."""
        if job.done:
            self.running.pop(job.id, None)
        self.tell()

    def tell(self) -> None:
        """Whoever waits looks again."""
        self._news.set()
        self._news = asyncio.Event()

    async def wait(
        self,
        predicate: Callable[[], bool],
        timeout: float,  # noqa: ASYNC109 - a failed wait tells what there is
        jobs: Collection[Life[AnyOrder]],
    ) -> None:
        """Wait until `predicate()` holds; no polling: it is asked again after each change.

        Raises:
            AssertionError: it did not hold within `timeout` seconds; the message lists `jobs`.
        """
        try:
            async with asyncio.timeout(timeout):
                while not predicate():
                    await self._news.wait()
        except TimeoutError:
            seen = [f"{job.id} {job.order.scene}: {job.status}" for job in jobs]
            raise AssertionError(f"not within {timeout} s; the service has {seen or 'no jobs'}") from None

    # ------------------------------------------------------------ inside
    async def _make(self, job: Life[AnyOrder]) -> None:
        """Do the job's work, and wake up whenever the clock moves the job."""
        self._set_alarm(job)
        try:
            await self._work(job)
        except Exception:
            job.doom(self._error(job, "internal_server_error", 0))
            raise
        finally:
            self._set_alarm(job)

    async def _work(self, job: Life[AnyOrder]) -> None:
        """Look at the photos, and make the video."""
        counter = count_faces if job.order.scene in self._needs_face else None
        fault = await asyncio.to_thread(find_fault, job.order.photos, counter)
        if fault is not None:
            job.doom(self._error(job, *fault))
        else:
            await self.studio.video(job)
            job.filmed()

    def _set_alarm(self, job: Life[AnyOrder]) -> None:
        job.tick(self._clock())
        due = job.next_change
        if due is not None and (wait := due - self._clock()) > 0:
            asyncio.get_running_loop().call_later(wait, self._set_alarm, job)
