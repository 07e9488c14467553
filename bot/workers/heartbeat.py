"""Shows from outside whether the loops still go round: `python -m bot health` reads what is written here."""

from __future__ import annotations

import asyncio
import json
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_WRITE_INTERVAL_S = 5.0  # seconds
_MAX_SILENCE_S = 90.0  # seconds: the longest that a loop sleeps or polls, with room


class Heartbeat:
    """The time of each loop's last round, written to a file beside the database."""

    def __init__(self, database: Path) -> None:
        self._path = heartbeat_path(database)
        self._beats: dict[str, float] = {}

    def beat(self, loop: str) -> None:
        """A loop went round."""
        self._beats[loop] = time.time()

    async def run(self) -> None:
        """Write for ever."""
        while True:
            self._write()
            await asyncio.sleep(_WRITE_INTERVAL_S)

    def _write(self) -> None:
        new = self._path.with_name(self._path.name + ".new")
        text = json.dumps({"at": time.time(), "pid": os.getpid(), "loops": self._beats})
        with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        new.replace(self._path)

    def remove(self) -> None:
        """The process ends in order."""
        self._path.unlink(missing_ok=True)


def heartbeat_path(database: Path) -> Path:
    """Where the pulse of a bot with this database is."""
    return database.with_name(database.name + ".pulse")


def health_problem(database: Path, *, now: float) -> str | None:
    """What is wrong with the bot that uses this database; None: it is well."""
    try:
        state = json.loads(heartbeat_path(database).read_text("utf-8"))
        beats = {"the event loop": float(state["at"])} | {str(k): float(v) for k, v in state["loops"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "The bot is not running."
    silent = sorted(name for name, at in beats.items() if now - at > _MAX_SILENCE_S)
    return f"Silent for over {_MAX_SILENCE_S:.0f} s: {', '.join(silent)}." if silent else None
