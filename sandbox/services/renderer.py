"""Where the videos are made: each at most once, in a thread, few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sandbox.services.job import Life

Video = bytes | Callable[..., bytes]
"""One video for all, or what makes one: `video(scene, photos, seconds=duration)`."""

_AT_ONCE: Final = 2


class Studio:
    """Makes and keeps the jobs' videos."""

    def __init__(self, video: Video) -> None:
        self._video = video
        self._films: dict[str, asyncio.Task[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._desks = asyncio.Semaphore(_AT_ONCE)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` in the background until `aclose`."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def video(self, job: Life[Any]) -> bytes:
        """The job's video: made now, unless it is made or being made already."""
        if isinstance(self._video, bytes):
            return self._video
        if job.id not in self._films:
            self._films[job.id] = asyncio.get_running_loop().create_task(self._make(job, self._video))
        return await asyncio.shield(self._films[job.id])

    async def _make(self, job: Life[Any], make: Callable[..., bytes]) -> bytes:
        async with self._desks:
            order = job.order
            return await asyncio.to_thread(make, order.scene, order.photos, seconds=order.duration)

    async def rest(self) -> None:
        """Wait until nothing is being made."""
        while tasks := [*self._tasks]:
            await asyncio.wait(tasks)

    async def aclose(self) -> None:
        """Stop what is being made."""
        tasks = [*self._tasks, *self._films.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
