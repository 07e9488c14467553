"""What keeps the code easy to find one's way in, beside what ruff, mypy and import-linter hold it to."""

from __future__ import annotations

import ast
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "storage", "video")
PACKAGES = (*PRODUCT, "sandbox", "tests", "benchmarks")

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
SMALL_FILE_LINES = 60
MAX_SMALL_FILES = 30
MAX_MODULES = 15
MAX_MODULES_OF = {"storage": 20}
MAX_IMPORT_PERCENT = 9


def files(*packages: str) -> list[Path]:
    """Return the modules of these packages."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    """Return a path as it is written in the project."""
    return str(path.relative_to(ROOT))


def lines_of(path: Path) -> int:
    """Count a file's lines."""
    return len(path.read_text("utf-8").splitlines())


def nodes(path: Path) -> list[ast.AST]:
    """Return every node of a module's syntax tree."""
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def length(node: ast.stmt) -> int:
    """Count the lines of a statement."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_not_long() -> None:
    """No file is over 400 lines, tests included."""
    assert {name(path): lines_of(path) for path in files(*PACKAGES) if lines_of(path) > MAX_FILE_LINES} == {}


def test_functions_are_short() -> None:
    """No function outside of tests is over 50 lines."""
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in files(*PACKAGES)
        if "tests" not in path.parts
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_folders_hold_few_modules() -> None:
    """A folder of the product can be taken in at one look."""
    counts = Counter(path.parent for path in files(*PRODUCT, "sandbox") if path.name != "__init__.py")
    crowded = {
        name(folder): count for folder, count in counts.items() if count > MAX_MODULES_OF.get(name(folder), MAX_MODULES)
    }
    assert crowded == {}


def test_few_files_are_tiny() -> None:
    """A subject is in one file, not in several that each have a few lines."""
    tiny = [name(path) for path in files(*PRODUCT) if path.name != "__init__.py" and lines_of(path) < SMALL_FILE_LINES]
    assert len(tiny) < MAX_SMALL_FILES, tiny


@pytest.mark.parametrize("package", ["bot", "handlers"])
def test_imports_are_a_small_part(package: str) -> None:
    """Modules that belong together are not cut so small that they mostly import one another."""
    modules = files(package)
    imports = sum(
        length(node) for path in modules for node in nodes(path) if isinstance(node, ast.Import | ast.ImportFrom)
    )
    assert 100 * imports / sum(map(lines_of, modules)) <= MAX_IMPORT_PERCENT


def test_every_test_says_what_is_seen() -> None:
    """Every test has a docstring of one sentence."""
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in files("tests")
        if path.name.startswith("test_")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not (ast.get_docstring(node) or "").split("\n")[0].endswith(".")
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
