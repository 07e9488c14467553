"""Our bot, with a probe beside it in its process: how long the event loop is held, what memory and processor are used.

`python -m benchmarks.probe` runs as `python -m bot` does. At the end it writes what it saw to `PROBE_FILE`.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from bot import logs as log
from bot.app import run
from bot.settings import Settings

_CHILDREN = Path(f"/proc/self/task/{os.getpid()}/children")  # of the main thread, which starts them all
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


class UsageProbe(threading.Thread):
    """Notes every 5 ms what the bot and the processes of its photos use.

    Attributes:
        seen: the Unix time in seconds, resident bytes, and seconds of processor time since the start of the bot.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[tuple[float, int, float]] = []
        self._process = psutil.Process()
        self._children: dict[int, psutil.Process] = {}

    def run(self) -> None:
        """Look until the process ends."""
        while True:
            memory, used = self._process.memory_info().rss, time.process_time()
            for child in self._running_children():
                with suppress(psutil.Error):
                    memory += child.memory_info().rss
                    used += sum(child.cpu_times()[:2])
            self.seen.append((time.time(), memory, used))
            time.sleep(INTERVAL_S)

    def _running_children(self) -> list[psutil.Process]:
        """Return the child processes. To ask psutil for them would read every process of the machine each time."""
        try:
            pids = {int(pid) for pid in _CHILDREN.read_text("ascii").split()}
        except OSError:
            return []
        for pid in pids - set(self._children):
            with suppress(psutil.Error):
                self._children[pid] = psutil.Process(pid)
        return [child for pid, child in self._children.items() if pid in pids]


async def _probed(settings: Settings) -> None:
    loop, usage = LoopProbe(), UsageProbe()
    usage.start()
    await run(settings)
    seen = json.dumps({"delays": loop.seen, "usage": usage.seen})
    await asyncio.to_thread(Path(os.environ["PROBE_FILE"]).write_text, seen, "utf-8")


def main() -> None:
    """Run until SIGTERM."""
    settings = Settings.read()
    log.configure(settings.log_level, settings.secrets)
    asyncio.run(_probed(settings))


if __name__ == "__main__":
    main()
