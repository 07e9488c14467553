"""The house stays simple: small files, small functions, a sentence for each test."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage", "video", "sandbox", "tests", "benchmarks")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
NOT_NAMES = {"utils", "common", "helpers", "manager", "base"}


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_files_are_small() -> None:
    """No file of ours is over 300 lines, tests included."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in FILES
        if (lines := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert long == {}


def test_functions_are_small() -> None:
    """No function outside of tests is over 50 lines."""
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        if "tests" not in path.parts
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno >= 50
    ]
    assert long == []


def test_files_are_named_for_a_noun() -> None:
    """No file is a drawer for everything."""
    assert [str(path) for path in FILES if path.stem in NOT_NAMES] == []


def test_every_test_says_what_is_seen() -> None:
    """Every test has a docstring of one sentence."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        if path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test_") and not (ast.get_docstring(node) or "").split("\n")[0].endswith(".")
    ]
    assert silent == []


def test_nothing_of_a_machine_or_a_registry_is_committed() -> None:
    """No tracked file names a package index's address."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    words = ["index-url", "files.python" + "hosted", "pypi" + ".org"]
    pattern = "|".join(words)
    found = subprocess.run(
        ["git", "grep", "-lIE", pattern, "--", ":!tests/project", ":!Makefile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
