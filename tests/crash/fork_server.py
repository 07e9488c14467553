"""A process that has imported the bot and forks one for each start: `python -m tests.crash.fork_server SOCKET`.

Importing the bot takes two seconds of processor time; tests that start hundreds of bots would spend most of theirs on
it. A forked bot is a process like any other: it has its own environment, folder and log, and SIGKILL ends it at once.

Each bot has a connection of its own. The client sends a `StartRequest` as one line of JSON. The server sends the
process id at once, and the exit code when the process has ended, negative for a signal. If the client goes away, its
bot is killed.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MODULES = ("bot", "tests.crash.dies_at_write")
"""What can be started, as by `python -m`."""


class StartRequest(NamedTuple):
    """What to start.

    Attributes:
        module: one of `MODULES`.
        arguments: its command line.
        environment: all its environment variables.
        folder: its working directory.
        log: the file that its standard output and standard error are appended to.
    """

    module: str
    arguments: Sequence[str]
    environment: dict[str, str]
    folder: str
    log: str


class _ForkServer:
    """Forks until its standard input is closed."""

    def __init__(self, path: str) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen()
        self._child_ended, self._wakeup = socket.socketpair()
        self._wakeup.setblocking(False)  # noqa: FBT003 -- takes no keyword
        signal.signal(signal.SIGCHLD, lambda *_: None)  # so that it is written to the wakeup socket
        signal.set_wakeup_fd(self._wakeup.fileno(), warn_on_full_buffer=False)
        self._selector = selectors.DefaultSelector()
        for source in (self._listener, self._child_ended, sys.stdin):
            self._selector.register(source, selectors.EVENT_READ)
        self._connections: dict[int, socket.socket] = {}  # by process id

    def serve(self) -> StartRequest | None:
        """Return in each child with what it is to run, and in the server with None at its end."""
        print("listening", flush=True)  # noqa: T201 -- read by the test process
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    connection, _ = self._listener.accept()
                    with connection.makefile() as lines:
                        request = StartRequest(*json.loads(lines.readline()))
                    if self._fork(connection):
                        return request
                elif key.fileobj is self._child_ended:
                    self._child_ended.recv(4096)
                    self._report_ended()
                elif key.fileobj is sys.stdin:
                    for pid in self._connections:
                        os.kill(pid, signal.SIGKILL)
                    return None
                elif key.data in self._connections:  # its client has gone away; else it has just been reaped
                    self._selector.unregister(key.fileobj)
                    os.kill(key.data, signal.SIGKILL)

    def _fork(self, connection: socket.socket) -> bool:
        """Return True in the child."""
        pid = os.fork()
        if pid:
            self._connections[pid] = connection
            self._selector.register(connection, selectors.EVENT_READ, pid)
            with suppress(OSError):
                connection.sendall(b"%d\n" % pid)
            return False
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for one in (self._listener, self._child_ended, self._wakeup, connection, *self._connections.values()):
            one.close()
        return True

    def _report_ended(self) -> None:
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                connection = self._connections.pop(pid)
                with suppress(KeyError):
                    self._selector.unregister(connection)
                with connection, suppress(OSError):
                    connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _preload() -> None:
    """Import everything, and read the languages, as each process of the bot does once."""
    modules = ("bot.__main__", "bot.commands", "tests.crash.dies_at_write")
    for module in modules:
        import_module(module)
    for module in modules:
        del sys.modules[module]  # runpy executes it anew in each child
    import_module("handlers.localization").Locales.load()
    gc.collect()
    gc.freeze()  # or the first collection in each child would copy the memory of all of it


def _run(request: StartRequest) -> None:
    """Be the process that was asked for."""
    null = os.open(os.devnull, os.O_RDONLY)
    log = os.open(request.log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    for source, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.close(null)
    os.close(log)
    os.environ.clear()
    os.environ.update(request.environment)
    os.chdir(request.folder)
    sys.argv = [request.module, *request.arguments]
    runpy.run_module(request.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _preload()
    to_run = _ForkServer(sys.argv[1]).serve()
    if to_run is not None:
        _run(to_run)
