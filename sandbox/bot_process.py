"""The bot as a process of its own, which is started again at once whenever it ends, as Docker would."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from sandbox.telegram import FakeTelegram

_SETTINGS_EXIT_CODE = 2
"""The bot's exit code if its settings are wrong: another start wouldn't help."""
_INHERITED = ("PATH", "PYTHONPATH", "LANG", "HOME")
"""The bot gets no other variables, so that an operator's real token and keys never reach the fake servers."""


class BotProcess:
    """A bot that is kept running, as an asynchronous context manager.

    Attributes:
        kills: how often it was killed here.
        starts: how often it was started.
    """

    def __init__(self, telegram: FakeTelegram, environment: Mapping[str, str], folder: Path) -> None:
        """Prepare a bot with these settings that runs in `folder`."""
        self.kills = 0
        self.starts = 0
        self._telegram = telegram
        self._folder = folder
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        paths = {"PYTHONPATH": os.pathsep.join(sys.path), "NO_PROXY": "127.0.0.1"}
        self._environment = {**inherited, **environment, **paths}
        self._process: asyncio.subprocess.Process | None = None
        self._calls_before_start = 0

    async def __aenter__(self) -> Self:
        await self._start()
        self._keeper = asyncio.create_task(self._keep_running())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keeper.cancel()
        with suppress(asyncio.CancelledError):
            await self._keeper
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await self._process.wait()

    @property
    def pid(self) -> int | None:
        """The id of the process that runs now, or None."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    @property
    def is_up(self) -> bool:
        """Whether the process that runs now has called Telegram."""
        calls = self._telegram.calls[self._calls_before_start :]
        # A poll of the process before may be recorded late.
        return self.pid is not None and any(call.method != "getUpdates" for call in calls)

    def kill(self) -> None:
        """Kill the bot with SIGKILL, which leaves it no time for anything."""
        if self._process is not None and self._process.returncode is None:
            self.kills += 1
            self._process.kill()

    async def _start(self) -> None:
        self._calls_before_start = len(self._telegram.calls)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", env=self._environment, cwd=self._folder
        )
        self.starts += 1
        self._telegram.notify()

    async def _keep_running(self) -> None:
        while self._process is not None and await self._process.wait() != _SETTINGS_EXIT_CODE:
            self._telegram.notify()
            await self._start()
