"""Worlds for these tests, and the counts of each soak, printed at the end of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.crash.crash_sandbox import CrashSandbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.soak.soak_run import SoakRun

_COUNTS = pytest.StashKey[list[str]]()


class NewCrashSandbox(Protocol):
    """Makes worlds, to be entered by the caller."""

    def __call__(self, *, folder: Path | None = None, seconds: float | None = 0.2, **settings: str) -> CrashSandbox:
        """Make one; `seconds` is what the service takes for a video."""
        ...


@pytest.fixture
def new_sandbox(tmp_path: Path, clip: bytes) -> NewCrashSandbox:
    """Makes worlds, each in a folder of its own where none is given."""
    made = 0

    def make(*, folder: Path | None = None, seconds: float | None = 0.2, **settings: str) -> CrashSandbox:
        nonlocal made
        made += 1
        return CrashSandbox(folder or tmp_path / f"sandbox-{made}", clip, seconds=seconds, kling=False, **settings)

    return make


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[SoakRun], None]:
    """Keeps what happened in a soak, to be told at the end."""
    lines = request.config.stash.setdefault(_COUNTS, [])

    def keep(marathon: SoakRun) -> None:
        lines.append("soak: " + ", ".join(f"{name} {count}" for name, count in marathon.counts().items()))

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what the soaks did."""
    for line in config.stash.get(_COUNTS, []):
        terminalreporter.write_line(line)
