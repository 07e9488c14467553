"""Where the videos are made: each at most once, in a thread, few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sandbox.services.job import Job

VideoSource = bytes | Callable[..., bytes]
"""One video for all, or what makes one: `video(scene, photos, seconds=duration)`."""

_MAX_CONCURRENT: Final = 2


class Renderer:
    """Makes and keeps the jobs' videos."""

    def __init__(self, video: VideoSource) -> None:
        self._video = video
        self._videos: dict[str, asyncio.Task[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(_MAX_CONCURRENT)

    def run_in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background until `aclose`."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def video_of(self, job: Job[Any]) -> bytes:
        """The job's video: made now, unless it is made or being made already."""
        if isinstance(self._video, bytes):
            return self._video
        if job.id not in self._videos:
            self._videos[job.id] = asyncio.get_running_loop().create_task(self._render(job, self._video))
        return await asyncio.shield(self._videos[job.id])

    async def _render(self, job: Job[Any], make: Callable[..., bytes]) -> bytes:
        async with self._slots:
            order = job.request
            return await asyncio.to_thread(make, order.scene, order.photos, seconds=order.duration)

    async def wait_idle(self) -> None:
        """Wait until nothing is being made."""
        while tasks := [*self._tasks]:
            await asyncio.wait(tasks)

    async def aclose(self) -> None:
        """Stop what is being made."""
        tasks = [*self._tasks, *self._videos.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
