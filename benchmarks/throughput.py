"""How many videos a second go through the bot, with the latencies that Telegram and a video service usually have."""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.contenders import OURS, running
from benchmarks.table import Row
from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from sandbox.photos import photo

if TYPE_CHECKING:
    from sandbox.http.faults import IncomingRequest, Phase
    from sandbox.telegram import FakeTelegram

_JOBS = 120
_VIDEO = b"\0\0\0\x18ftypmp42" + bytes(100_000)  # nothing is drawn while time is measured
_ROUNDS = 5
_TIMEOUT_S = 300.0  # seconds
_MIN_RATE = 2.0  # videos a second
_LATENCY_S = {"POST /v2/video/generations": 2.0, "GET /v2/video/generations": 0.3, "editMessageMedia": 3.0}
_USUAL_TELEGRAM_S = 0.08
_SETTINGS = {"ACTIVE_LIMIT": "100", "DAILY_LIMIT": "100000", "USUAL_SECONDS": "10", "STATUS_INTERVAL": "15"}


async def jobs_per_second() -> list[Row]:
    """Measure videos a second from the first getUpdates to the last video, each of another person."""
    rates = []
    for _ in range(_ROUNDS):
        with TemporaryDirectory(prefix="bench-") as folder:
            rates.append(await _rate(Path(folder)))
    spread = f"{min(rates):.1f} to {max(rates):.1f}"
    what = f"videos per second, {_JOBS} people, submit 2 s, poll 0.3 s, video to Telegram 3 s, other calls 0.08 s"
    return [Row(what, f"≥ {_MIN_RATE:g}", f"{median(rates):.1f} ({spread})", median(rates) >= _MIN_RATE)]


async def _rate(folder: Path) -> float:
    aiml = FakeAiml(job_seconds=5, video=_VIDEO, face_scenes=())
    aiml.concurrency, aiml.balance_usd = 1_000, 1_000_000.0
    async with Sandbox(aiml) as sandbox:
        for faults in (sandbox.telegram.faults, aiml.faults):
            faults.on_request = _usual_latency
        for number in range(_JOBS):
            chat = sandbox.telegram.private_chat(sandbox.telegram.add_person(f"Ada {number}"))
            chat.send_photo(photo("coffee"), "/squish")
        async with running(OURS, sandbox, folder, **_SETTINGS):
            await sandbox.telegram.wait(_all_delivered, timeout=_TIMEOUT_S)
        calls = sandbox.telegram.calls
    begin = next(call.at for call in calls if call.method == "getUpdates")
    return _JOBS / (max(call.at for call in calls if call.method == "editMessageMedia") - begin)


async def _usual_latency(incoming: IncomingRequest, phase: Phase) -> None:
    if phase == "before" and incoming.method != "getUpdates":
        await asyncio.sleep(_LATENCY_S.get(incoming.method, _USUAL_TELEGRAM_S))


def _all_delivered(telegram: FakeTelegram) -> bool:
    return sum(call.method == "editMessageMedia" and call.ok for call in telegram.calls) >= _JOBS
