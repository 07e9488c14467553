"""Serves the page, prints its address, and opens a browser if there is a screen."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

from sandbox.http.server import Server
from sandbox.page.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.environment import Sandbox
    from sandbox.proof import Proof


class PortUnavailable(Exception):
    """The port cannot be used; the message says why, and what to do."""


async def serve_page(
    sandbox: Sandbox,
    port: int,
    proof: Proof | None = None,
    *,
    ready: asyncio.Event | None = None,
    open_url: Callable[[str], object] | None = None,
) -> None:
    """Serve the page on 127.0.0.1 until cancelled. `ready` is set once it is served; `open_url` opens a browser.

    Raises:
        PortUnavailable: another process uses the port, or this user may not.
    """
    server = Server(create_app(sandbox, proof), port)
    try:
        await server.__aenter__()
    except OSError as error:
        raise PortUnavailable(
            f"Port {port} cannot be used ({os.strerror(error.errno or 0)}). Choose another one: PORT=8090 make demo."
        ) from error
    try:
        print(f"The chat is at {server.url} (Ctrl-C stops it).", flush=True)  # noqa: T201 -- said at the terminal
        (open_url or open_browser)(server.url)
        if ready is not None:
            ready.set()
        await asyncio.Event().wait()
    finally:
        await server.__aexit__(None, None, None)


def open_browser(url: str) -> None:
    """Open the default browser in the background, if there is a screen."""
    if has_screen(sys.platform, os.environ):
        # In a thread, since some browsers return only when they are closed.
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Return True if a browser window can be opened."""
    if platform in {"darwin", "win32"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
