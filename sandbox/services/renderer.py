"""Renders the videos of jobs: each at most once, in a thread, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sandbox.services.job import Job

VideoSource = bytes | Callable[..., bytes]
"""The bytes of one video for all jobs, or a function that renders one: `video(scene, photos, seconds=duration)`."""

_MAX_CONCURRENT: Final = 2


class Renderer:
    """Renders and keeps the videos of jobs."""

    def __init__(self, video: VideoSource) -> None:
        self._video = video
        self._videos: dict[str, asyncio.Task[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(_MAX_CONCURRENT)

    def run_in_background(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine in a task, which `aclose` cancels."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def video_of(self, job: Job[Any]) -> bytes:
        """Return the job's video; render it now unless that is done or under way."""
        if isinstance(self._video, bytes):
            return self._video
        if job.id not in self._videos:
            self._videos[job.id] = asyncio.get_running_loop().create_task(self._render(job, self._video))
        return await asyncio.shield(self._videos[job.id])

    def rendered(self, job_id: str) -> bytes | None:
        """Return the video of a job, or None if it isn't rendered."""
        if isinstance(self._video, bytes):
            return self._video
        task = self._videos.get(job_id)
        return task.result() if task is not None and task.done() and not task.exception() else None

    async def _render(self, job: Job[Any], render: Callable[..., bytes]) -> bytes:
        async with self._slots:
            request = job.request
            return await asyncio.to_thread(render, request.scene, request.photos, seconds=request.duration)

    async def wait_idle(self) -> None:
        """Wait until no background task is left."""
        while tasks := [*self._tasks]:
            await asyncio.wait(tasks)

    async def aclose(self) -> None:
        """Cancel everything that is under way."""
        tasks = [*self._tasks, *self._videos.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
