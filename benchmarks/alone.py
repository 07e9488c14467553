"""How long one message waits for its answer if nothing else happens."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.contenders import OURS, STOCK, learn_answer, running
from benchmarks.table import Row
from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox

if TYPE_CHECKING:
    from sandbox.telegram import FakeTelegram

_WARM_UP_MESSAGES = 20  # messages
_MESSAGES = 200
_MAX_RATIO = 1.2


async def first_answer() -> list[Row]:
    """Measure the seconds from a message to its first answer, of both bots in turn."""
    waits: dict[str, list[float]] = {OURS: [], STOCK: []}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        await learn_answer(folder)
        worlds: dict[str, FakeTelegram] = {}
        for module in waits:
            sandbox = await stack.enter_async_context(Sandbox(FakeAiml()))
            worlds[module] = sandbox.telegram
            await stack.enter_async_context(running(module, sandbox, folder))
        for _ in range(_WARM_UP_MESSAGES + _MESSAGES):
            for module, telegram in worlds.items():
                waits[module].append(await _wait(telegram))
    ours, stock = (median(waits[module][_WARM_UP_MESSAGES:]) * 1000 for module in (OURS, STOCK))
    return [
        Row(
            "a message to its first answer, alone / stock PTB",
            f"≤ {_MAX_RATIO}",
            f"{ours / stock:.2f} ({ours:.1f} / {stock:.1f} ms)",
            ours / stock <= _MAX_RATIO,
        )
    ]


async def _wait(telegram: FakeTelegram) -> float:
    """Return the seconds from one /help to its answer, in a new chat."""
    chat = telegram.private_chat(telegram.add_person("Ada"))
    before = len(telegram.calls)
    begin = time.perf_counter()
    chat.send_text("/help")
    await telegram.wait(partial(_answered, before), timeout=60)
    return time.perf_counter() - begin


def _answered(before: int, telegram: FakeTelegram) -> bool:
    """Return True if a message was sent after so many calls."""
    return any(call.method == "sendMessage" for call in telegram.calls[before:])
