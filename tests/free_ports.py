"""Ports for a server of a test that has to know its port beforehand."""

from __future__ import annotations

import itertools
import os
import socket

_FIRST = 20_000  # below the ports that systems give to whoever asks for any (Linux: from 32768 on)
_PER_WORKER = 200
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_NUMBERS = itertools.cycle(range(_FIRST + _WORKER * _PER_WORKER, _FIRST + (_WORKER + 1) * _PER_WORKER))


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on, and that no other test process and no client is given."""
    for port in itertools.islice(_NUMBERS, _PER_WORKER):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")
