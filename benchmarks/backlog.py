"""How fast a bot answers messages that waited for its start."""

from __future__ import annotations

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

_CHATS = 200
_MESSAGES_PER_CHAT = 10  # messages in one chat
_ROUNDS = 5  # of each bot, in turn
_TIMEOUT_S = 300.0  # seconds
_MIN_RATIO = 0.85


async def answers_per_second() -> list[Row]:
    """Measure answers per second to 2,000 waiting messages, of our bot and of the stock bot."""
    speeds: dict[str, list[float]] = {OURS: [], STOCK: []}
    for _ in range(_ROUNDS):
        for module in (OURS, STOCK):
            with TemporaryDirectory(prefix="bench-") as folder:
                await learn_answer(Path(folder))
                speeds[module].append(await _speed(module, Path(folder)))
    # Neighbours are compared with each other: what else the machine does changes from minute to minute.
    ratio = median(ours / stock for ours, stock in zip(speeds[OURS], speeds[STOCK], strict=True))
    return [
        Row(
            f"answers per second to {_CHATS * _MESSAGES_PER_CHAT:,} waiting messages / stock PTB",
            f"≥ {_MIN_RATIO}",
            f"{ratio:.2f} ({median(speeds[OURS]):.0f} / {median(speeds[STOCK]):.0f})",
            ratio >= _MIN_RATIO,
        )
    ]


async def _speed(module: str, folder: Path) -> float:
    """Return the answers per second, from the first getUpdates to the last answer."""
    async with Sandbox(FakeAiml()) as sandbox:
        chats = [
            sandbox.telegram.private_chat(sandbox.telegram.add_person(f"Ada {number}")) for number in range(_CHATS)
        ]
        for _ in range(_MESSAGES_PER_CHAT):
            for chat in chats:
                chat.send_text("/help")
        answers = _Answers(_CHATS * _MESSAGES_PER_CHAT)
        async with running(module, sandbox, folder):
            await sandbox.telegram.wait(answers, timeout=_TIMEOUT_S)
        calls = sandbox.telegram.calls
    begin = next(call.at for call in calls if call.method == "getUpdates")
    end = [call.at for call in calls if call.method == "sendMessage"][answers.wanted - 1]
    return answers.wanted / (end - begin)


class _Answers:
    """A condition on a fake Telegram: so many messages were sent. It looks at each call once."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self._sent = 0
        self._seen = 0

    def __call__(self, telegram: FakeTelegram) -> bool:
        new = telegram.calls[self._seen :]
        self._seen += len(new)
        self._sent += sum(call.method == "sendMessage" and call.ok for call in new)
        return self._sent >= self.wanted
