"""Worlds for the crash tests, and the count of what was done in them, printed at the end of the run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.crash.crash_sandbox import CrashSandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COUNTS = pytest.StashKey[Counter[str]]()


class NewCrashSandbox(Protocol):
    """Makes worlds, to be entered by the caller."""

    def __call__(self, *, seconds: float | None = 0.2, kling: bool = False, **settings: str) -> CrashSandbox:
        """Make one in a folder of its own; `seconds` is what a service takes for a video."""
        ...


@pytest.fixture
def new_sandbox(tmp_path: Path, clip: bytes, request: pytest.FixtureRequest) -> Iterator[NewCrashSandbox]:
    """Makes worlds, and counts what happened in them."""
    sandboxes: list[CrashSandbox] = []

    def make(*, seconds: float | None = 0.2, kling: bool = False, **settings: str) -> CrashSandbox:
        sandboxes.append(
            CrashSandbox(tmp_path / f"sandbox-{len(sandboxes)}", clip, seconds=seconds, kling=kling, **settings)
        )
        return sandboxes[-1]

    yield make
    counts = request.config.stash.setdefault(_COUNTS, Counter())
    for sandbox in sandboxes:
        counts.update(sandbox.counts())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what the crash tests did."""
    counts = config.stash.get(_COUNTS, None)
    if counts:
        terminalreporter.write_line("crash tests: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
