"""Worlds for these tests, and the counts of each soak, printed at the end of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.crash.crash_sandbox import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.soak.soak_run import Marathon

_COUNTS = pytest.StashKey[list[str]]()


class NewWorld(Protocol):
    """Makes worlds, to be entered by the caller."""

    def __call__(self, *, folder: Path | None = None, seconds: float | None = 0.2, **settings: str) -> World:
        """Make one; `seconds` is what the service takes for a video."""
        ...


@pytest.fixture
def new_world(tmp_path: Path, clip: bytes) -> NewWorld:
    """Makes worlds, each in a folder of its own where none is given."""
    made = 0

    def make(*, folder: Path | None = None, seconds: float | None = 0.2, **settings: str) -> World:
        nonlocal made
        made += 1
        return World(folder or tmp_path / f"world-{made}", clip, seconds=seconds, kling=False, **settings)

    return make


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[Marathon], None]:
    """Keeps what happened in a soak, to be told at the end."""
    lines = request.config.stash.setdefault(_COUNTS, [])

    def keep(marathon: Marathon) -> None:
        lines.append("soak: " + ", ".join(f"{name} {count}" for name, count in marathon.counts().items()))

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what the soaks did."""
    for line in config.stash.get(_COUNTS, []):
        terminalreporter.write_line(line)
