"""Processes of the fork server, as a test sees them."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import signal

    from tests.crash.fork_server import StartRequest

_PROJECT = Path(__file__).parents[2]


@cache
def _server_socket() -> str:
    """Start the fork server of this test process, which ends with it, and return the path of its socket."""
    folder = tempfile.TemporaryDirectory(prefix="fork-server-")
    path = str(Path(folder.name) / "socket")
    command = [sys.executable, "-m", "tests.crash.fork_server", path]
    server = subprocess.Popen(command, cwd=_PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"listening\n"

    def end() -> None:
        server.communicate()  # closes its standard input
        folder.cleanup()

    atexit.register(end)
    return path


class ForkedProcess:
    """A process of the fork server, with the members of `asyncio.subprocess.Process` that tests use."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.returncode: int | None = None
        self._pid = pid
        self._end = asyncio.create_task(self._read_exit_code(reader, writer))

    @classmethod
    async def start(cls, request: StartRequest) -> Self:
        """Start what is asked for."""
        reader, writer = await asyncio.open_unix_connection(_server_socket())
        writer.write(json.dumps(request).encode() + b"\n")
        return cls(int(await reader.readline()), reader, writer)

    async def wait(self) -> int:
        """Wait for its end, and return its exit code, negative for a signal."""
        await asyncio.shield(self._end)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, at once and not through the server: a bot that is killed later has done more.

        Raises:
            ProcessLookupError: it has ended.
        """
        os.kill(self._pid, number)

    async def _read_exit_code(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.returncode = int(await reader.readline())
        writer.close()
        await writer.wait_closed()
