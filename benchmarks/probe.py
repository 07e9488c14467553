"""Our bot, with a probe beside it in its process: how long the event loop is held, and how much memory is used.

`python -m benchmarks.probe` runs as `python -m bot` does. At the end it writes what it saw to `PROBE_FILE`.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from pathlib import Path

import psutil

from bot import logs as log
from bot.app import run
from bot.settings import Settings

INTERVAL_S = 0.005
"""Seconds between two looks."""


class LoopProbe:
    """Asks the event loop to be called every 5 ms, and notes how much later the call came.

    Attributes:
        seen: pairs of the Unix time and the delay, both in seconds.
    """

    def __init__(self) -> None:
        self.seen: list[tuple[float, float]] = []
        self._loop = asyncio.get_running_loop()
        self._schedule()

    def _schedule(self) -> None:
        self._due = self._loop.time() + INTERVAL_S
        self._loop.call_at(self._due, self._called)

    def _called(self) -> None:
        self.seen.append((time.time(), self._loop.time() - self._due))
        self._schedule()


class MemoryProbe(threading.Thread):
    """Notes the process's resident memory every 5 ms.

    Attributes:
        seen: pairs of the Unix time in seconds and bytes.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[tuple[float, int]] = []
        self._process = psutil.Process()

    def run(self) -> None:
        """Look until the process ends."""
        while True:
            self.seen.append((time.time(), self._process.memory_info().rss))
            time.sleep(INTERVAL_S)


async def _probed(settings: Settings) -> None:
    loop, memory = LoopProbe(), MemoryProbe()
    memory.start()
    await run(settings)
    seen = json.dumps({"delays": loop.seen, "memory": memory.seen})
    await asyncio.to_thread(Path(os.environ["PROBE_FILE"]).write_text, seen, "utf-8")


def main() -> None:
    """Run until SIGTERM."""
    settings = Settings.read()
    log.configure(settings.log_level, settings.secrets)
    asyncio.run(_probed(settings))


if __name__ == "__main__":
    main()
