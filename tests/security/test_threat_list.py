"""docs/security.md is held to the code: what it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text("utf-8")
GAPS = "## Known gaps"
ATTACKERS = (
    "A stranger with a phone",
    "A hostile photo",
    "A hostile video service",
    "A stolen database",
    "A stranger on the webhook port",
    "An operator's mistake",
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def all_tests(folder: Path) -> dict[str, list[Function]]:
    """Return the tests by name."""
    found: dict[str, list[Function]] = {}
    for path in folder.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, Function) and node.name.startswith("test_"):
                found.setdefault(node.name, []).append(node)
    return found


def own_tests() -> set[str]:
    """Return the tests of this file."""
    return {node.name for node in ast.parse(Path(__file__).read_text("utf-8")).body if isinstance(node, Function)}


def named(text: str) -> set[str]:
    """Return the tests that a text names."""
    return set(re.findall(r"`(test_\w+)`", text))


def test_every_attacker_has_a_table() -> None:
    """A reader finds each attacker with threats, defences and tests."""
    for attacker in ATTACKERS:
        section = DOCUMENT.partition(f"## {attacker}\n")[2].partition("\n## ")[0]
        assert "| threat | defence | shown by |" in section, attacker


def test_every_row_names_a_test() -> None:
    """No threat is listed without a file that answers it and a test that shows it."""
    rows = [line for line in DOCUMENT.splitlines() if line.startswith("| ") and not line.startswith("| threat")]
    assert len(rows) > 30
    for row in rows:
        _, _, defence, shown, _ = (cell.strip() for cell in row.split(" | ".strip()))
        assert named(shown), row
        assert re.search(r"`[\w/.-]+`", defence), row


def test_every_test_that_is_named_exists() -> None:
    """No promise of the document is backed by a test that is not there."""
    assert named(DOCUMENT) - set(all_tests(ROOT / "tests")) == set()


def test_every_file_that_is_named_exists() -> None:
    """A reader who follows the document to a file finds it."""
    files = set(re.findall(r"`((?:bot|handlers|storage|video|tests)/[\w./]+)`", DOCUMENT))
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []


def test_every_test_here_is_named() -> None:
    """No test of this folder stands for a threat that the document does not know."""
    assert set(all_tests(Path(__file__).parent)) - named(DOCUMENT) - own_tests() == set()


def test_gaps_are_what_is_expected_to_fail() -> None:
    """The document calls a gap exactly what the tests expect to fail: a gap that is closed leaves the list."""
    failing = {
        name
        for name, nodes in all_tests(Path(__file__).parent).items()
        if any("xfail" in ast.unparse(mark) for node in nodes for mark in node.decorator_list)
    }
    assert named(DOCUMENT.partition(GAPS)[2].partition("\n## ")[0]) == failing
