"""The counts of each soak, printed at the end of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.soak.marathon import Marathon

_COUNTS = pytest.StashKey[list[str]]()


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
