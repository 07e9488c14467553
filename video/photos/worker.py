"""The process in which photos are decoded. `video.photos.process_pool` starts it, and may kill it at any time.

It reads photos from its standard input, one after the other, and writes an answer to each to its standard output,
until the input ends. It has nothing of the bot: not its environment, not its files, and no more memory than one photo
may take.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from video.photos.limits import MAX_MEMORY_BYTES, UnusablePhoto, UnusableReason
from video.photos.messages import HEADER, Kind, message
from video.photos.prepare import prepare_photo

if TYPE_CHECKING:
    from typing import BinaryIO

_OTHER_MEMORY_BYTES = 192 * 1024 * 1024  # the file twice, the result in several sizes, libheif
_MAX_OPEN_FILES = 64
_FIRST_TO_KILL = "1000"  # of all processes, if the machine has no memory left: man 5 proc_pid_oom_score_adj
_PR_SET_PDEATHSIG = 1  # man 2 prctl
_STATM = "/proc/self/statm"
_OOM_SCORE = "/proc/self/oom_score_adj"


def main(seconds: float) -> None:
    """Serve until the input ends. A photo that takes longer than `seconds` ends the process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _end_with_parent()
    _limit_resources()
    answers.write(message(Kind.READY))
    answers.flush()
    while data := _next_photo(sys.stdin.buffer):
        # The bot kills the process in time. Should it be unable to, SIGALRM ends a process that does not handle it.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = _answer(data)
        signal.setitimer(signal.ITIMER_REAL, 0)
        del data
        answers.write(answer)
        answers.flush()


def _next_photo(requests: BinaryIO) -> bytes:
    """Return the next file, or nothing if the input has ended."""
    header = requests.read(HEADER.size)
    return requests.read(HEADER.unpack(header)[1]) if len(header) == HEADER.size else b""


def _answer(data: bytes) -> bytes:
    try:
        return message(Kind.PREPARED, prepare_photo(data).jpeg)
    except UnusablePhoto as unusable:
        return message(Kind.UNUSABLE, f"{unusable.reason}\n{unusable.__cause__!r}".encode())
    except MemoryError:
        return message(Kind.UNUSABLE, UnusableReason.TOO_MANY_PIXELS.encode())
    except Exception:  # noqa: BLE001 -- whatever it is, the same photo would raise it again
        return message(Kind.UNUSABLE, f"{UnusableReason.CUT_SHORT}\n{traceback.format_exc()}".encode())


def _end_with_parent() -> None:
    """Let the kernel kill this process when the bot dies, so that it never outlives it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_resources() -> None:
    """Bound what a hostile file can take.

    The memory is limited by address space, not by measuring what is resident: then the allocation that goes too far
    fails at once, whoever else is busy, and the decoder reports it. Nobody has to look in time.
    """
    with suppress(OSError), open(_OOM_SCORE, "w", encoding="ascii") as file:  # noqa: PTH123 -- pathlib takes 10 ms to load
        file.write(_FIRST_TO_KILL)
    with suppress(OSError), open(_STATM, encoding="ascii") as file:  # noqa: PTH123 -- as above
        in_use = int(file.read().split()[0]) * resource.getpagesize()
        _set_limit(resource.RLIMIT_AS, in_use + MAX_MEMORY_BYTES + _OTHER_MEMORY_BYTES)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_FSIZE, 0)
    _set_limit(resource.RLIMIT_NOFILE, _MAX_OPEN_FILES)


def _set_limit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))
