"""Bots in processes of their own, and the answer that both of them give to /help."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psutil

from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OURS = "bot"
STOCK = "benchmarks.stock"
_ANSWER = "answer.json"
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "HOME")


@asynccontextmanager
async def running(module: str, sandbox: Sandbox, folder: Path, **settings: str) -> AsyncIterator[psutil.Process]:
    """A bot on `sandbox`, started as `python -m module` with nothing in its environment but what the sandbox gives.

    Raises:
        RuntimeError: it did not end in order.
    """
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    given = sandbox.bot_environment(folder / f"{module}.db", **{"LOG_LEVEL": "WARNING"} | settings)
    path = {"PYTHONPATH": os.pathsep.join(sys.path), "ANSWER_FILE": str(folder / _ANSWER)}
    bot = await asyncio.create_subprocess_exec(sys.executable, "-m", module, env=kept | given | path, cwd=folder)
    try:
        yield psutil.Process(bot.pid)
    finally:
        if bot.returncode is None:
            bot.terminate()
        await bot.wait()
    if bot.returncode != 0:
        raise RuntimeError(f"python -m {module} ended with exit code {bot.returncode}")


async def learn_answer(folder: Path) -> None:
    """Ask our bot for /help, and leave its answer in `folder` for the stock bot to give."""
    async with Sandbox(FakeAiml()) as sandbox:
        chat = sandbox.telegram.private_chat(sandbox.telegram.add_person("Ada"))
        chat.send_text("/help")
        with TemporaryDirectory(prefix="bench-") as other:  # its database knows the first update's id by then
            async with running(OURS, sandbox, Path(other)):
                await chat.wait_for(lambda _: True, timeout=60)
        params = next(call.params for call in sandbox.telegram.calls if call.method == "sendMessage")
    answer = json.dumps({"text": params["text"], "reply_markup": params["reply_markup"]})
    await asyncio.to_thread((folder / _ANSWER).write_text, answer, "utf-8")
