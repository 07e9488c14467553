"""Open files of this process that have no name, as temporary files on Linux."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

_OPEN = Path("/proc/self/fd")


class OpenFiles:
    """The nameless files opened since this was made; the test runner has some of its own."""

    def __init__(self) -> None:
        self._before = set(_nameless())

    def new(self) -> list[tuple[int, int]]:
        """Return the size in bytes and the permissions of each."""
        return [
            (status.st_size, stat.S_IMODE(status.st_mode))
            for inode, status in _nameless().items()
            if inode not in self._before
        ]


def _nameless() -> dict[int, os.stat_result]:
    if not _OPEN.is_dir():
        pytest.skip("only Linux shows the open files of a process")
    found = {}
    for name in os.listdir(_OPEN):  # noqa: PTH208 -- the folder's own handle is in the list, and gone by then
        try:
            status = (_OPEN / name).stat()
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
            found[status.st_ino] = status
    return found
