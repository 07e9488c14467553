"""A TOML file, and the line on which each of its keys stands."""

from __future__ import annotations

import tomllib
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class TomlFile:
    """One file.

    Attributes:
        name: as the operator knows it.
        document: what is in it.
    """

    def __init__(self, name: str, text: str) -> None:
        """Parse the text.

        Raises:
            tomllib.TOMLDecodeError: it is no TOML; the message tells the line.
        """
        self.name = name
        self.document = tomllib.loads(text)
        self._lines = [f"{line}\n" for line in text.split("\n")]

    @classmethod
    def read(cls, path: Traversable, name: str) -> Self:
        """Read a file.

        Raises:
            OSError: it can't be read.
            ValueError: it is no UTF-8, or no TOML.
        """
        return cls(name, path.read_text(encoding="utf-8-sig"))

    def line(self, *keys: str) -> int | None:
        """Return the line, from 1, of the statement that makes this key; None if there is no such key."""
        if not _has(self.document, keys):
            return None
        return next(line for line, document in self._prefixes if _has(document, keys))

    @cached_property
    def _prefixes(self) -> list[tuple[int, dict[str, Any]]]:
        """Each statement's line, and the document up to the statement's end.

        A statement may take several lines. It ends where the file up to there can be parsed.
        """
        prefixes, first = [], None
        for number, line in enumerate(self._lines, 1):
            if first is None and line.lstrip()[:1] in {"", "#"}:
                continue  # no statement begins here
            first = first or number
            try:
                prefixes.append((first, tomllib.loads("".join(self._lines[:number]))))
            except tomllib.TOMLDecodeError:
                continue
            first = None
        return prefixes


def _has(document: dict[str, Any], keys: tuple[str, ...]) -> bool:
    inner: Any = document
    for key in keys:
        if not isinstance(inner, dict) or key not in inner:
            return False
        inner = inner[key]
    return True
