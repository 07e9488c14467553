"""The heartbeat: a file that says when each loop last ran, and which steps are running.

`python -m bot health` reads it from outside (`bot.health`).
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.health import heartbeat_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Heartbeat:
    """Writes when each loop last ran, and since when steps have been running, to a file beside the database.

    Implements `Periodic`.
    """

    name = "the event loop"  # if even this task is late, no loop gets its turn
    interval = 5.0

    def __init__(self, database: Path) -> None:
        self._path = heartbeat_path(database)
        self._beats: dict[str, float] = {}
        self._steps: dict[str, float] = {}

    def beat(self, loop: str) -> None:
        """Note that a loop began a round."""
        self._beats[loop] = time.monotonic()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Note that a step runs during the block. A loop goes on beside a step of its own that never ends."""
        self._steps[name] = time.monotonic()
        try:
            yield
        finally:
            del self._steps[name]

    async def run_once(self) -> None:
        """Write the file. It is replaced as a whole, so that nobody reads half of it."""
        new = self._path.with_name(self._path.name + ".new")
        text = json.dumps({"pid": os.getpid(), "loops": self._beats, "steps": self._steps})
        with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(self._path)

    def remove(self) -> None:
        """Remove the file, when the process ends in order."""
        self._path.unlink(missing_ok=True)
