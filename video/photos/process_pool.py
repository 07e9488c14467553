"""Prepare photos in processes of their own, which are killed when a photo takes too long.

A hostile file can keep a decoder busy for a quarter of an hour, or crash it. A thread could not be ended. A process can
be, and then the file has cost one place for ten seconds. Processes start when photos come, are reused, and end when no
more come. They are started with exec and not only forked, because the bot's process has threads.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from video.photos.limits import MAX_FILE_BYTES, UnusablePhoto, UnusableReason
from video.photos.messages import HEADER, MAX_ANSWER_BYTES, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).parents[2]  # where `video` is imported from
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")  # no secrets
_MAX_PHOTOS = 100  # in one process: libraries may leak
_START_SECONDS = 60.0  # a process takes a fifth of a second, on a machine that has nothing else to do
_KILL_SECONDS = 5.0  # SIGKILL works at once, unless the kernel itself hangs
_OWN_DEADLINE_FACTOR = 1.5  # after that a process ends by itself, should the bot not kill it
_CHUNK_BYTES = 64 * 1024  # what a pipe holds
_MAX_DETAIL = 500  # characters in the log
_MAX_TRIES = 2  # of a photo that takes too much time or memory
_MAX_REMEMBERED = 1_000  # of such photos


class PhotoProcessError(OSError):
    """A process could not be started. Nothing is known of the photo."""


class PhotoProcessPool:
    """Prepares photos, `size` at a time, each within `deadline` seconds.

    Args:
        size: how many processes there may be.
        deadline: seconds for one photo, without the wait for a place.
        idle_seconds: a process that had nothing to do for so long is ended.
        command: what starts a process, if not `video.photos.worker`.
    """

    def __init__(
        self,
        *,
        size: int = 2,
        deadline: float = 10.0,
        idle_seconds: float = 60.0,
        command: Sequence[str] | None = None,
    ) -> None:
        self._deadline = deadline
        self._idle_seconds = idle_seconds
        self._command = command or _worker_command(deadline * _OWN_DEADLINE_FACTOR)
        self._places = asyncio.Semaphore(size)
        self._idle: list[_PhotoProcess] = []
        self._all: set[_PhotoProcess] = set()
        self._ending: set[asyncio.Future[None]] = set()
        self._costly = _CostlyPhotos()

    async def prepare(self, data: bytes) -> bytes:
        """Check a photo file and return it ready to send: JPEG, upright, within the limits of the services.

        Raises:
            UnusablePhoto: it cannot be sent, or took too much time or memory.
            PhotoProcessError: no process could be started.
        """
        if not data:
            raise UnusablePhoto(UnusableReason.EMPTY)
        if len(data) > MAX_FILE_BYTES:
            raise UnusablePhoto(UnusableReason.TOO_BIG)
        if await self._costly.is_known(data):
            _LOG.warning("refused a photo of %d bytes that has cost too much before", len(data))
            raise UnusablePhoto(UnusableReason.TOO_MANY_PIXELS)
        async with self._places:
            answer = await self._ask(data)
        if answer is None:
            await self._costly.add(data)
            raise UnusablePhoto(UnusableReason.TOO_MANY_PIXELS)
        if isinstance(answer, bytes):
            return answer
        _LOG.info("unusable photo of %d bytes: %s %s", len(data), answer.reason, answer.detail)
        raise UnusablePhoto(answer.reason)

    async def aclose(self) -> None:
        """Kill all processes, whatever they are doing, and wait until they are gone."""
        for process in list(self._all):
            self._end(process)
        if self._ending:
            await asyncio.wait(self._ending, timeout=_KILL_SECONDS)

    async def _ask(self, data: bytes) -> bytes | _Refusal | None:
        """Return the answer of a process, or None if it took too long or died of the photo."""
        while True:
            process = await self._take()
            answer, ended = None, True
            try:
                async with asyncio.timeout(self._deadline):
                    answer = await process.ask(data)
                ended = process.photos >= _MAX_PHOTOS
            except TimeoutError:
                _LOG.warning("killed a process: a photo of %d bytes took over %g s", len(data), self._deadline)
                return None
            except (EOFError, ConnectionError, ValueError) as error:
                _LOG.warning("lost a process with a photo of %d bytes: %r", len(data), error)
                if process.photos == 1:
                    return None
                continue  # it may have died of something else, while it was idle
            finally:
                if ended:
                    self._end(process)
                else:
                    self._let_idle(process)
            return answer

    async def _take(self) -> _PhotoProcess:
        """Return the process that was idle last, so that those that are not needed end, or start another.

        Raises:
            PhotoProcessError: none could be started.
        """
        if self._idle:
            process = self._idle.pop()
            process.stop_timer()
            return process
        process = await _PhotoProcess.start(self._command)
        self._all.add(process)
        try:
            async with asyncio.timeout(_START_SECONDS):
                await process.wait_ready()
        except BaseException as error:
            self._end(process)
            if isinstance(error, TimeoutError | EOFError | ConnectionError | ValueError):
                raise PhotoProcessError(f"a photo process did not start: {error!r}") from error
            raise
        return process

    def _let_idle(self, process: _PhotoProcess) -> None:
        process.idle_timer = asyncio.get_running_loop().call_later(self._idle_seconds, self._end, process)
        self._idle.append(process)

    def _end(self, process: _PhotoProcess) -> None:
        """Kill a process, and wait for it in the background."""
        self._all.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        process.stop_timer()
        process.kill()
        task = asyncio.ensure_future(process.wait())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Refusal(NamedTuple):
    reason: UnusableReason
    detail: str


class _PhotoProcess:
    """One process: it has one photo at a time.

    Attributes:
        photos: how many it was given.
        idle_timer: ends the process; set while it is idle.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise PhotoProcessError("a photo process without pipes")
        self._process = process
        self._requests, self._answers = process.stdin, process.stdout
        self.photos = 0
        self.idle_timer: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, command: Sequence[str]) -> _PhotoProcess:
        """Start one. It works as soon as it is ready.

        Raises:
            PhotoProcessError: the command cannot be executed.
        """
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        paths = (str(_ROOT), os.environ.get("PYTHONPATH"))
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, start_new_session=True
            )
        except OSError as error:
            raise PhotoProcessError(f"cannot start a photo process: {error}") from error
        return cls(process)

    async def wait_ready(self) -> None:
        """Wait until it has loaded what it needs.

        Raises:
            EOFError, ConnectionError: the process died.
            ValueError: it says something else.
        """
        kind, _ = await self._read()
        if kind is not Kind.READY:
            raise ValueError(f"{kind} in place of {Kind.READY}")

    async def ask(self, data: bytes) -> bytes | _Refusal:
        """Hand over a photo, a little at a time, and return it prepared, or why it is unusable. Raises as above."""
        self.photos += 1
        self._requests.write(HEADER.pack(Kind.PHOTO.value, len(data)))
        view = memoryview(data)
        for start in range(0, len(data), _CHUNK_BYTES):
            self._requests.write(view[start : start + _CHUNK_BYTES])
            await self._requests.drain()
        kind, body = await self._read()
        if kind is Kind.PREPARED:
            return body
        if kind is not Kind.UNUSABLE:
            raise ValueError(f"{kind} in place of an answer")
        reason, _, detail = body.decode(errors="replace").partition("\n")
        return _Refusal(UnusableReason(reason), detail[:_MAX_DETAIL])

    async def _read(self) -> tuple[Kind, bytes]:
        kind, length = HEADER.unpack(await self._answers.readexactly(HEADER.size))
        if length > MAX_ANSWER_BYTES:
            raise ValueError(f"an answer of {length} bytes")
        return Kind(kind), await self._answers.readexactly(length)

    def stop_timer(self) -> None:
        """Cancel the timer that would end the process."""
        if self.idle_timer is not None:
            self.idle_timer.cancel()
            self.idle_timer = None

    def kill(self) -> None:
        """End it at once, also while it decodes, and also if it is stopped."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def wait(self) -> None:
        """Wait until it is gone."""
        await self._process.wait()


class _CostlyPhotos:
    """Remembers the latest photos that took too much time or memory, by their digests.

    A photo gets two tries: the first may have failed because the machine was busy.
    """

    def __init__(self) -> None:
        self._tries: OrderedDict[bytes, int] = OrderedDict()
        self._sizes: dict[bytes, int] = {}

    async def is_known(self, data: bytes) -> bool:
        """Return True if this photo has used up its tries."""
        if len(data) not in self._sizes.values():
            return False  # it need not be read
        return self._tries.get(await _digest(data), 0) >= _MAX_TRIES

    async def add(self, data: bytes) -> None:
        """Count one try, and forget the photo that was tried the longest ago if there are too many."""
        digest = await _digest(data)
        self._tries[digest] = self._tries.pop(digest, 0) + 1
        self._sizes[digest] = len(data)
        while len(self._tries) > _MAX_REMEMBERED:
            del self._sizes[self._tries.popitem(last=False)[0]]


async def _digest(data: bytes) -> bytes:
    return await asyncio.to_thread(lambda: hashlib.sha256(data).digest())


def _worker_command(seconds: float) -> list[str]:
    return [sys.executable, "-P", "-c", f"from video.photos.worker import main; main({seconds})"]
