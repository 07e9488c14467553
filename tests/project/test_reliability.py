"""docs/reliability.md is held to the tests: every row has some, and they are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "reliability.md").read_text("utf-8")
ROWS = 60


def rows() -> dict[int, str]:
    """Return the rows of the table by number."""
    return {int(number): rest for number, rest in re.findall(r"^\| (\d+) \|(.+)$", DOCUMENT, re.MULTILINE)}


def all_tests() -> set[str]:
    """Return the name of every test in the project."""
    texts = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in texts for name in re.findall(r"def (test_\w+)", text)}


def test_every_row_names_tests_that_exist() -> None:
    """A reader finds each fault with tests that carry its number."""
    assert list(rows()) == list(range(1, ROWS + 1))
    known = all_tests()
    for number, text in rows().items():
        named = re.findall(r"`(test_\w+)`", text)
        assert named, number
        assert [name for name in named if name not in known] == [], number
        assert all(name.startswith(f"test_row_{number}_") for name in named), number
