"""The heartbeat file, and what `python -m bot health` makes of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.health import health_problem
from bot.periodic.heartbeat import Heartbeat

if TYPE_CHECKING:
    from pathlib import Path

MINUTE = 60.0


async def test_row_42_a_step_that_does_not_end_is_unhealthy(tmp_path: Path) -> None:
    """A step that runs for longer than any may is named, although the loop beside it goes on."""
    database = tmp_path / "bot.db"
    heartbeat = Heartbeat(database)
    with heartbeat.step("submit a1"):
        await heartbeat.run_once()
        assert health_problem(database, now=time.monotonic() + 10 * MINUTE) is None
        assert health_problem(database, now=time.monotonic() + 20 * MINUTE) == "Running for over 900 s: submit a1."
    await heartbeat.run_once()
    assert health_problem(database, now=time.monotonic() + 20 * MINUTE) is None


async def test_row_42_a_step_that_raises_has_ended(tmp_path: Path) -> None:
    """A step that failed is not counted as one that runs."""
    database = tmp_path / "bot.db"
    heartbeat = Heartbeat(database)
    with pytest.raises(KeyError), heartbeat.step("submit a1"):
        dict[str, str]()["photo"]
    await heartbeat.run_once()
    assert health_problem(database, now=time.monotonic() + 20 * MINUTE) is None
