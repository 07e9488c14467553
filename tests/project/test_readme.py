"""The README's promises name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_promise_names_its_test() -> None:
    """Each test and file that the README names is there."""
    readme = (ROOT / "README.md").read_text("utf-8")
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    names = re.findall(r"`(test_\w+)`", readme)
    files = re.findall(r"`(tests/[\w/.]*)`", readme) + re.findall(r"\]\((docs/[\w.]+)\)", readme)
    assert len(names) > 10
    assert [name for name in names if f"def {name}(" not in tests] == []
    assert [file for file in files if not (ROOT / file).exists()] == []
