"""Modules import one another in one direction."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "storage", "video", "sandbox")


def module_name(path: Path) -> str:
    """Return a module's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(source: str, modules: Collection[str]) -> Iterator[str]:
    """Yield those of `modules` that a module imports, under `if TYPE_CHECKING` and inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                name = submodule if submodule in modules else node.module
                if name in modules:
                    yield name


def circle(sources: dict[str, str]) -> list[str]:
    """Return the modules of one import circle, or an empty list if there is none."""
    graph = {name: {*imported(source, sources)} - {name} for name, source in sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []


def test_no_modules_import_one_another_in_a_circle() -> None:
    """No module depends on itself by way of others; imports for types alone count too."""
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert circle({module_name(path): path.read_text("utf-8") for path in paths}) == []


@pytest.mark.parametrize(
    "importing",
    ["import b.c", "from b import c", "from b.c import d", "if TYPE_CHECKING:\n    from b.c import d"],
)
def test_a_circle_is_found(importing: str) -> None:
    """Every form of an import is seen, one for types alone included."""
    assert set(circle({"a": importing, "b": "", "b.c": "from a import x"})) == {"a", "b.c"}
