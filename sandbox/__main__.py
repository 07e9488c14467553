"""`python -m bot demo`: the real bot, in a process of its own, between a pretend Telegram and pretend services."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.aiml import ErrorShape, FakeAiml
from sandbox.environment import Sandbox
from sandbox.kling import FakeKling
from sandbox.page import PortUnavailable, add_demo_people, serve_page
from sandbox.photos import photo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine


_SETTINGS = {
    "POLL_INTERVAL": "0.5",
    "STATUS_INTERVAL": "1",
    "USUAL_SECONDS": "8",
    "ALBUM_WAIT": "1",
    "RATE_PER_CHAT": "120",
    "IN_DOUBT_MINUTES": "0.5",
    "USER_DAILY_LIMIT": "100",
    "USER_ACTIVE_LIMIT": "5",
    "LOG_LEVEL": "WARNING",
}
"""A demo's jobs take seconds, not minutes, and there may be more of them."""
_TIMEOUT_S = 90.0  # seconds


def demo(*, port: int, once: Path | None) -> int:
    """Play until Ctrl-C, with a page on `port`; or once through a script, the hug written to `once`."""
    try:
        return asyncio.run(_until_terminated(_run_script(once) if once is not None else _serve(port)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0


async def _until_terminated(run: Coroutine[None, None, int]) -> int:
    """Play to the end, or until SIGTERM: then the bot's process is taken along."""
    task = asyncio.create_task(run)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


@asynccontextmanager
async def _running_bot() -> AsyncIterator[Sandbox]:
    """The stage, with a bot on it."""
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        aiml = FakeAiml()
        aiml.error_shape = ErrorShape.FAL_INDEXED  # the most that the real one may tell: which photo
        async with Sandbox(aiml=aiml, kling=FakeKling()) as stage:
            operator = add_demo_people(stage.telegram)
            door = _free_port()
            told = {
                "ADMIN_IDS": str(operator.id),
                "STORAGE_CHAT_ID": str(stage.telegram.add_channel("Storage").id),
                "LISTEN": f"127.0.0.1:{door}",
                "KLING_CALLBACK_URL": f"http://127.0.0.1:{door}",
            }
            # Only what the stage gives: an operator's real token and key never reach the pretend servers.
            kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG", "HOME") if name in os.environ}
            environment = kept | stage.bot_environment(Path(folder) / "bot.db", **_SETTINGS, **told)
            bot = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                env=environment | {"PYTHONPATH": os.pathsep.join(sys.path), "NO_PROXY": "127.0.0.1"},
                cwd=folder,
            )
            try:
                yield stage
            finally:
                if bot.returncode is None:
                    bot.send_signal(signal.SIGTERM)
                await bot.wait()


def _free_port() -> int:
    """A port of this computer where nothing listens; the bot takes it a moment later."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


async def _serve(port: int) -> int:
    async with _running_bot() as stage:
        try:
            await serve_page(stage, port)
        except PortUnavailable as error:
            print(error, file=sys.stderr)  # noqa: T201 -- said to the person at the terminal
            return 1
    return 0


async def _run_script(out: Path) -> int:
    """A hug and a squish, as a person would ask for them; the conversation is printed."""
    async with _running_bot() as stage:
        chat = stage.telegram.private_chat(add_demo_people(stage.telegram))
        try:
            chat.send_album([photo("ada"), photo("ben")], "/hug")
            hug = await chat.wait_for(lambda seen: seen.video is not None, timeout=_TIMEOUT_S)
            chat.send_photo(photo("coffee"), "/squish")
            squish = await chat.wait_for(lambda seen: seen.video is not None and seen.id != hug.id, timeout=_TIMEOUT_S)
        except TimeoutError as error:
            print(f"A video did not come: {error}", file=sys.stderr)  # noqa: T201 -- said to the person at the terminal
            return 1
        await chat.wait_for(lambda seen: seen.reply_to == squish.id, timeout=_TIMEOUT_S)
        for seen in chat.history:
            print(f"{'   now ' if seen.edit_count else ''}{seen}")  # noqa: T201
        await asyncio.to_thread(out.write_bytes, hug.video or b"")
        print(f"The hug is in {out} ({len(hug.video or b'')} bytes).")  # noqa: T201
    return 0
