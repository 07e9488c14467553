"""Bots in processes of their own, and the answer that both of them give to /help."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import psutil

from sandbox.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

OURS = "bot"
STOCK = "benchmarks.stock"
_KEPT = ("PATH", "PYTHONPATH", "LANG", "HOME")


@asynccontextmanager
async def running(module: str, stage: Stage, folder: Path, **settings: str) -> AsyncIterator[psutil.Process]:
    """A bot on `stage`, started as `python -m module` with nothing in its environment but what the stage gives.

    Raises:
        RuntimeError: it did not end in order.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    given = stage.environment(folder / f"{module}.db", **{"LOG_LEVEL": "WARNING"} | settings)
    path = {"PYTHONPATH": os.pathsep.join(sys.path), "ANSWER_FILE": str(_answer_file(folder))}
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
    async with Stage() as stage:
        stage.telegram.private(stage.telegram.person("Ada")).say("/help")
        async with running(OURS, stage, folder):
            await stage.telegram.wait(lambda telegram: telegram.calls[-1].method == "sendMessage", timeout=60)
            params = stage.telegram.calls[-1].params
    answer = json.dumps({"text": params["text"], "reply_markup": params["reply_markup"]})
    await asyncio.to_thread(_answer_file(folder).write_text, answer, "utf-8")


def _answer_file(folder: Path) -> Path:
    return folder / "answer.json"
