"""Documents name files, classes, tests and targets that exist, and their links lead somewhere."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "storage", "video", "sandbox", "tests")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md"],
)

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
CLASS = re.compile(r"[A-Z][a-z]\w*[A-Z]\w*")
PLACEHOLDERS = ("NAME", "CODE", "NNNN", "…", "*", "<", "{")
"""A path with one of these is a pattern or stands for a file that the reader is about to write."""


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def prose(document: Path) -> str:
    """The text of a document without its code blocks, whose `#` is no heading."""
    return FENCE.sub("", document.read_text("utf-8"))


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(prose(document)))
    return {heading.strip().replace(" ", "-") for heading in headings}


@cache
def defined() -> frozenset[str]:
    """The classes, functions and constants of the project, also as `Class.member`."""
    names: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.ClassDef(name=name, body=body):
                        names |= {name, *(f"{name}.{member}" for member in _members(body))}
                    case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                        names.add(name)
                    case ast.Name(id=name, ctx=ast.Store()):
                        names.add(name)
    return frozenset(names)


def _members(body: list[ast.stmt]) -> list[str]:
    """The methods, fields and constants of a class."""
    found: list[str] = []
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.append(name)
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                found.append(name)
    return found


each = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


@each
def test_every_link_leads_somewhere(document: Path) -> None:
    """A reader who follows a link to a file, or to a heading in it, arrives there."""
    broken: list[str] = []
    for target in LINK.findall(prose(document)):
        path, _, anchor = unquote(target).partition("#")
        if re.match(r"\w+:", target):
            continue
        file = document.parent / path if path else document
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


@each
def test_every_path_exists(document: Path) -> None:
    """A reader finds every file and folder that a document names."""
    named = {
        code.rstrip("/")
        for code in CODE.findall(prose(document))
        if re.match(rf"(?:{'|'.join(PACKAGES)}|docs|\.github)/\S+$", code)
        and not any(sign in code for sign in PLACEHOLDERS)
    }
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@each
def test_every_name_in_code_exists(document: Path) -> None:
    """A reader who searches the code for a class, a member or a test that a document names finds it."""
    named = {
        code
        for code in CODE.findall(prose(document))
        if re.fullmatch(rf"{CLASS.pattern}(\.\w+)?|[A-Z]\w*[a-z]\w*\.\w+|test_\w+", code)
    }
    assert named - defined() - THEIRS == set()


THEIRS = frozenset({"SecretStr"})
"""Names of libraries."""


@each
def test_every_make_target_exists(document: Path) -> None:
    """A reader can run every `make` command that a document names."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text("utf-8"), re.MULTILINE))
    assert [target for target in sorted(named) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_every_folder_is_drawn() -> None:
    """The tree at the head of the architecture has every folder of the four packages."""
    tree = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("```")[2].partition("```")[0]
    drawn = set(re.findall(r"^ *([\w/]+)/ ", tree, re.MULTILINE))
    folders = {
        path.name
        for package in ("bot", "handlers", "video", "storage")
        for path in (ROOT / package).iterdir()
        if path.is_dir() and path.name not in {"__pycache__", "migrations"}
    }
    assert folders - drawn == set()
