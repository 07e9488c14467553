"""Sandboxes for the crash tests, and the counts of what happened in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.crash.crash_sandbox import CrashSandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class NewCrashSandbox(Protocol):
    """Makes sandboxes, to be entered by the caller."""

    def __call__(self, *, seconds: float | None = 0.2, kling: bool = False, **settings: str) -> CrashSandbox:
        """Make one in a folder of its own; `seconds` is what a service takes for a video."""
        ...


@pytest.fixture
def new_sandbox(
    tmp_path: Path, clip: bytes, record_property: Callable[[str, object], None]
) -> Iterator[NewCrashSandbox]:
    """Make sandboxes, and record the counts of what happened in them for the summary of the run."""
    sandboxes: list[CrashSandbox] = []

    def make(*, seconds: float | None = 0.2, kling: bool = False, **settings: str) -> CrashSandbox:
        folder = tmp_path / f"sandbox-{len(sandboxes)}"
        sandboxes.append(CrashSandbox(folder, clip, seconds=seconds, kling=kling, **settings))
        return sandboxes[-1]

    yield make
    counts = Counter[str]()
    for sandbox in sandboxes:
        counts.update(sandbox.counts())
    record_property("crash tests", dict(counts))
