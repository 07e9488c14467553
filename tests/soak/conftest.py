"""Sandboxes for these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.crash.crash_sandbox import CrashSandbox

if TYPE_CHECKING:
    from pathlib import Path


class NewCrashSandbox(Protocol):
    """Makes sandboxes, to be entered by the caller."""

    def __call__(self, *, folder: Path | None = None, seconds: float | None = 0.2, **settings: str) -> CrashSandbox:
        """Make one; `seconds` is what the service takes for a video."""
        ...


@pytest.fixture
def new_sandbox(tmp_path: Path, clip: bytes) -> NewCrashSandbox:
    """Make sandboxes, each in a folder of its own unless one is given."""
    made = 0

    def make(*, folder: Path | None = None, seconds: float | None = 0.2, **settings: str) -> CrashSandbox:
        nonlocal made
        made += 1
        return CrashSandbox(folder or tmp_path / f"sandbox-{made}", clip, seconds=seconds, kling=False, **settings)

    return make
