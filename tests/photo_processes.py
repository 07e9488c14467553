"""The processes in which a bot's photos are prepared, as a test sees them from outside."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable

CEILING_S = 120


def photo_processes(parent: int | None = None) -> list[psutil.Process]:
    """Return the running photo processes of a process, or of this one."""
    children = [child for child in psutil.Process(parent).children() if is_running(child.pid)]
    return [child for child in children if any("video.photos.worker" in part for part in child.cmdline())]


def is_running(pid: int) -> bool:
    """Return False if a process has ended, also if nobody has asked how."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def until(condition: Callable[[], object], otherwise: str = "it did not come") -> None:
    """Wait until something is so that other processes bring about, which wake nobody here.

    Raises:
        AssertionError: it takes too long; `otherwise` says what that means.
    """
    deadline = time.monotonic() + CEILING_S
    while not condition():
        assert time.monotonic() < deadline, otherwise
        await asyncio.sleep(0.01)
