"""Which rows are being worked on: lanes that share these never work on one row at once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Holds:
    """Ids of rows, held while a step of theirs is under way."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._looks: dict[object, set[str]] = {}

    def __len__(self) -> int:
        return len(self._held)

    @contextmanager
    def looking(self) -> Iterator[set[str]]:
        """The ids that were held at any time while rows were being read: what was read of them may be old."""
        look = object()
        self._looks[look] = set(self._held)
        try:
            yield self._looks[look]
        finally:
            del self._looks[look]

    def take(self, row_id: str) -> None:
        """A step of this row begins."""
        self._held.add(row_id)
        for moved in self._looks.values():
            moved.add(row_id)

    def release(self, row_id: str) -> None:
        """It has ended."""
        self._held.discard(row_id)
