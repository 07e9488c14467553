"""The bot as a process of its own, which tests start, kill and terminate."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tests.crash.fork_server import MODULES, StartRequest
from tests.crash.forked_process import ForkedProcess

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROJECT = Path(__file__).parents[2]
COMMAND = ("-m", "bot")


class BotProcess:
    """Bot processes on one database, one after the other. All write standard error to the same file."""

    def __init__(
        self, environment: Mapping[str, str], folder: Path, *, log: str = "bot.log", forks: bool = False
    ) -> None:
        """Prepare a process.

        Args:
            environment: the bot's environment variables, beside PATH, PYTHONPATH and its certificates.
            folder: its working directory.
            log: the name of the file for its standard error.
            forks: fork it from a process that has imported the bot, which is twenty times as quick as `python -m bot`.
        """
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(PROJECT),
            "SSL_CERT_FILE": os.environ["SSL_CERT_FILE"],
            **environment,
        }
        self._folder = folder
        self._log = folder / log
        self._forks = forks
        self._process: asyncio.subprocess.Process | ForkedProcess | None = None
        self.starts = 0

    @property
    def exit_code(self) -> int | None:
        """The exit code, negative for a signal; None if the process runs or was never started."""
        return self._process.returncode if self._process else None

    @property
    def running(self) -> bool:
        """Whether a process is running."""
        return self._process is not None and self._process.returncode is None

    @property
    def log_text(self) -> str:
        """Everything that the processes have written to standard error."""
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    def change_environment(self, **variables: str) -> None:
        """Change variables for the processes that are started from now on."""
        self._environment |= variables

    async def start(self, command: Sequence[str] = COMMAND) -> None:
        """Start a process. The one before must have ended."""
        assert not self.running, "the bot is running already"
        if self._forks and command[0] == "-m" and command[1] in MODULES:
            _, module, *arguments = command
            request = StartRequest(module, arguments, self._environment, str(self._folder), str(self._log))
            self._process = await ForkedProcess.start(request)
        else:
            self._process = await self._execute(command)
        self.starts += 1

    async def _execute(self, command: Sequence[str]) -> asyncio.subprocess.Process:
        handle = os.open(self._log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                *command,
                env=self._environment,
                cwd=self._folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=handle,
                stderr=handle,
            )
        finally:
            os.close(handle)

    async def kill(self) -> None:
        """Send SIGKILL, and wait until the process is gone."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            await self._process.wait()

    def terminate(self) -> None:
        """Send SIGTERM."""
        self._signal(signal.SIGTERM)

    async def wait_ended(self, seconds: float = 60) -> int:
        """Wait until the process has ended, and return its exit code.

        Raises:
            AssertionError: it has not ended within `seconds`.
        """
        assert self._process is not None
        try:
            async with asyncio.timeout(seconds):
                return await self._process.wait()
        except TimeoutError:
            raise AssertionError(f"the bot did not end within {seconds:g} s:\n{self.log_text[-3000:]}") from None

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)
