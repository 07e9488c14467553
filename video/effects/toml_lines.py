"""A TOML file, and the line on which each of its keys stands."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class TomlFile:
    """One file, read.

    Attributes:
        name: as the operator knows it.
        document: what is in it.
    """

    def __init__(self, name: str, text: str) -> None:
        """Read the text.

        Raises:
            tomllib.TOMLDecodeError: it is no TOML; the message tells the line.
        """
        self.name = name
        self.document = tomllib.loads(text)
        self._lines = [f"{line}\n" for line in text.split("\n")]
        self._before = lru_cache(maxsize=128)(self._parsed)

    @classmethod
    def read(cls, path: Traversable, name: str) -> Self:
        """Read a file.

        Raises:
            OSError: it cannot be read.
            ValueError: it is no UTF-8, or no TOML.
        """
        return cls(name, path.read_text(encoding="utf-8-sig"))

    def line(self, *keys: str) -> int | None:
        """The line, from 1, on which the statement that makes this key begins; None where there is no such key.

        However the key is written, the file up to its statement does not have it, and with it does.
        """
        if not _has(self.document, keys):
            return None
        without, with_it = 0, len(self._lines)
        while with_it - without > 1:
            middle = (without + with_it) // 2
            whole = next((end for end in range(middle, without, -1) if self._before(end) is not None), without)
            if _has(self._before(whole) or {}, keys):
                with_it = whole
            else:
                without = middle
        begins = next(end for end in range(with_it - 1, -1, -1) if self._before(end) is not None)
        while self._lines[begins].lstrip()[:1] in {"", "#"}:
            begins += 1
        return begins + 1

    def _parsed(self, end: int) -> dict[str, Any] | None:
        """The first lines of the file; None where they end in the middle of a statement."""
        try:
            return tomllib.loads("".join(self._lines[:end]))
        except tomllib.TOMLDecodeError:
            return None


def _has(document: dict[str, Any], keys: tuple[str, ...]) -> bool:
    here: Any = document
    for key in keys:
        if not isinstance(here, dict) or key not in here:
            return False
        here = here[key]
    return True
