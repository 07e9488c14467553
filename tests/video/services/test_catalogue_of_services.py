"""The suite and the bot know the same services."""

from __future__ import annotations

from tests.video.services.conftest import CASES
from tests.video.services.sample.settings import SettingsWithSample


def test_every_service_is_in_the_suite() -> None:
    """A service that an operator can set is one that passes the suite, and so is the one that exists in tests only."""
    assert {case.name for case in CASES} == {spec.name for spec in SettingsWithSample.specs}
