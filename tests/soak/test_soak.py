"""Row 22: many jobs in many chats under random faults and kills; then everything settles, and all invariants hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.soak.soak_run import SoakPlan, SoakRun

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    RecordProperty = Callable[[str, object], None]


async def test_row_22_a_short_soak(tmp_path: Path, clip: bytes, record_property: RecordProperty) -> None:
    """Forty videos in twelve chats, faults at every tenth request, three kills: each is paid once and seen once."""
    await _run(SoakRun(tmp_path, clip, SoakPlan(seed=22, jobs=40, chats=12, kills=3)), record_property)


@pytest.mark.soak
async def test_row_22_the_whole_soak(tmp_path: Path, clip: bytes, record_property: RecordProperty) -> None:
    """A thousand videos in three hundred chats, faults at every tenth request, twenty kills: the same."""
    await _run(SoakRun(tmp_path, clip, SoakPlan.from_environment()), record_property)


async def _run(soak: SoakRun, record_property: RecordProperty) -> None:
    try:
        await soak.run()
    finally:
        record_property("soak", soak.counts())
