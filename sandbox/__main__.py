"""The demo: the real bot in a process of its own, with a fake Telegram and fake video services.

It is started by `python -m sandbox` or `python -m bot demo`.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
import sys
import tempfile
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sandbox.aiml import ErrorShape, FakeAiml
from sandbox.bot_process import BotProcess
from sandbox.environment import Sandbox
from sandbox.kling import FakeKling
from sandbox.page import PortUnavailable, add_demo_people, operator_of, serve_page
from sandbox.photos import photo
from sandbox.proof import Proof

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping

    from sandbox.services.service import FakeVideoService

    CountStages = Callable[[Path], Mapping[str, int]]
    """Counts what a bot's database has at each stage."""


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
"""Settings of the bot for jobs that take seconds, not minutes."""
_TIMEOUT_S = 90.0


def main(arguments: list[str] | None = None) -> int:
    """Run the demo as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="Run the bot against a pretend Telegram and video service."
    )
    parser.add_argument("--port", type=int, default=8080, help="of the page (8080)")
    parser.add_argument(
        "--once", type=Path, metavar="OUT.mp4", help="no page: a scripted hug and squish, the hug to OUT.mp4"
    )
    options = parser.parse_args(arguments)
    return demo(port=options.port, once=options.once)


def demo(*, port: int, once: Path | None, count_stages: CountStages | None = None) -> int:
    """Run the bot and serve the page on `port` until Ctrl-C, or run a script once and write its hug to `once`.

    `count_stages` lets the page show what is in the bot's database.

    Returns:
        The exit code.
    """
    try:
        return asyncio.run(_until_terminated(_run_script(once) if once is not None else _serve(port, count_stages)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0


async def _until_terminated(run: Coroutine[None, None, int]) -> int:
    """Run to the end or until SIGTERM, which cancels the coroutine so that it stops the bot's process, too."""
    task = asyncio.create_task(run)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


@asynccontextmanager
async def running_demo(
    count_stages: CountStages | None = None, *services: FakeVideoService[Any]
) -> AsyncIterator[Proof]:
    """Start the fake servers, with these services or the usual two, and the bot; stop them on exit."""
    if not services:
        aiml = FakeAiml()
        aiml.error_shape = ErrorShape.FAL_INDEXED  # with the index of the photo, as AIML may send it
        services = (aiml, FakeKling())
    with tempfile.TemporaryDirectory(prefix="demo-") as name:
        folder = Path(name)
        database = folder / "bot.db"
        async with Sandbox(*services) as sandbox:
            add_demo_people(sandbox.telegram)
            port = _free_port()
            settings = {
                "ADMIN_IDS": str(operator_of(sandbox.telegram).id),
                "STORAGE_CHAT_ID": str(sandbox.telegram.add_channel("Storage").id),
                "LISTEN": f"127.0.0.1:{port}",
                "KLING_CALLBACK_URL": f"http://127.0.0.1:{port}",
            }
            environment = sandbox.bot_environment(database, **_SETTINGS, **settings)
            async with BotProcess(sandbox.telegram, environment, folder) as bot:
                proof = Proof(sandbox, bot, None if count_stages is None else partial(count_stages, database))
                watch = asyncio.create_task(proof.watch())
                try:
                    yield proof
                finally:
                    watch.cancel()


def _free_port() -> int:
    """Return a port of this computer on which nothing listens; the bot takes it a moment later."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def _serve(port: int, count_stages: CountStages | None) -> int:
    async with running_demo(count_stages) as proof:
        try:
            await serve_page(proof.sandbox, port, proof)
        except PortUnavailable as error:
            print(error, file=sys.stderr)  # noqa: T201 -- said to the person at the terminal
            return 1
    return 0


async def _run_script(out: Path) -> int:
    """Ask for a hug and a squish as a person would, and print the conversation."""
    async with running_demo() as proof:
        telegram = proof.sandbox.telegram
        chat = telegram.private_chat(add_demo_people(telegram))
        try:
            chat.send_album([photo("ada"), photo("ben")], "/hug")
            hug = await chat.wait_for(lambda message: message.video is not None, timeout=_TIMEOUT_S)
            chat.send_photo(photo("coffee"), "/squish")
            squish = await chat.wait_for(
                lambda message: message.video is not None and message.id != hug.id, timeout=_TIMEOUT_S
            )
        except TimeoutError as error:
            print(f"A video did not come: {error}", file=sys.stderr)  # noqa: T201 -- said to the person at the terminal
            return 1
        await chat.wait_for(lambda message: message.reply_to == squish.id, timeout=_TIMEOUT_S)
        for message in chat.history:
            print(f"{'   now ' if message.edit_count else ''}{message}")  # noqa: T201
        await asyncio.to_thread(out.write_bytes, hug.video or b"")
        print(f"The hug is in {out} ({len(hug.video or b'')} bytes).")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
