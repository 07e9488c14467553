"""The measurements as a Markdown table."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = ("what", "target", "measured", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        met: whether the target was reached; None where the measurement broke.
    """

    what: str
    target: str
    measured: str
    met: bool | None

    @property
    def verdict(self) -> str:
        """Return the verdict in one word."""
        return "broke" if self.met is None else "met" if self.met else "missed"


def table(rows: Sequence[Row]) -> str:
    """Return the table, with columns of even width."""
    lines = [_HEADER, *((row.what, row.target, row.measured, row.verdict) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    texts.insert(1, "-|-".join("-" * width for width in widths))
    return "\n".join(f"| {text} |" if "-|-" not in text else f"|-{text}-|" for text in texts)


def machine_description() -> str:
    """Describe the machine."""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )
