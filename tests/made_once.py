"""What is expensive to make is made once in a test run, whichever of pytest's workers comes first."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns; it is called by one worker only, and the others read its file."""
    with locked(factory, name) as path:
        if not path.exists():
            path.write_bytes(make())
        return path.read_bytes()


@contextmanager
def locked(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """Give the path of a file or folder that all workers of this run share, and keep the others waiting meanwhile."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # each worker's is within the run's
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # closing the file lets go of it
        yield folder / name
