"""The pins: tests and production install the same versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def pins(name: str) -> dict[str, str]:
    """Return the version of each package that a file pins."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^ ]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-sandbox.txt"])
def test_tests_run_with_the_versions_of_production(name: str) -> None:
    """Every package that production pins has the same version where the tests run."""
    production, tested = pins(name), pins("requirements-dev.txt")
    assert len(production) > 20
    assert {
        package: (pin, tested.get(package)) for package, pin in production.items() if tested.get(package) != pin
    } == {}
