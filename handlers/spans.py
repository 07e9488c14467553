"""The spans of time for which an operator is told what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.context import Desk

DAY = 86_400.0  # seconds
_MONTH = 30  # days


def spans(desk: Desk) -> tuple[int, int]:
    """A day, and a month or as long as jobs are remembered: in days."""
    return 1, min(_MONTH, int(desk.keep_days))
