"""The suite and the bot know the same services."""

from __future__ import annotations

from bot.settings import Settings
from tests.video.services.conftest import CASES


def test_every_service_is_in_the_suite() -> None:
    """A service that an operator can set is one that passes the suite."""
    assert {case.name for case in CASES} == {spec.name for spec in Settings.specs}
