"""Serves the page, tells where it is, and opens a browser where there is a screen."""

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


class PortUnavailable(Exception):
    """Nothing can listen on this port; the message says why, and what to do."""


async def serve_page(
    stage: Sandbox,
    port: int,
    *,
    ready: asyncio.Event | None = None,
    open_url: Callable[[str], object] | None = None,
) -> None:
    """Serve the page on 127.0.0.1 until cancelled. `opened` is set once it is there; `show` opens a browser.

    Raises:
        PortUnavailable: something else listens there, or this user may not.
    """
    server = Server(create_app(stage), port)
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
    """Open the usual browser in the background; where there is no screen, do nothing."""
    if has_screen(sys.platform, os.environ):
        # A thread of its own: some browsers return only when they are closed, and the demo must not wait for that.
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a browser with a window can be opened."""
    if platform in {"darwin", "win32"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
