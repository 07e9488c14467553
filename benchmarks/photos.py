"""How two big photos affect the event loop, memory and processor while they are sent to the service."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PIL import Image

from benchmarks.contenders import running
from benchmarks.probe import INTERVAL_S
from benchmarks.table import Row
from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from sandbox.photos import photo

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIZE_PX = (4000, 3000)  # pixels, as telephones make them
_NOISE = 33  # makes about 10 MB of them
_ROUNDS = 3
_REST_S = 1.5  # seconds
_TIMEOUT_S = 120.0  # seconds
_MAX_HELD_MS = 20  # milliseconds
_MAX_MEMORY_MB = 80  # megabytes
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class _Round:
    """The figures of one bot with the processes of its photos.

    Attributes:
        held, longest: how late the event loop was, in milliseconds: the 99th percentile, and the most.
        rest, peak: memory in megabytes.
        used: processor time in seconds.
    """

    held: float
    longest: float
    rest: float
    peak: float
    used: float


async def two_big_photos() -> list[Row]:
    """Measure how long the event loop is blocked, and how far memory rises, while /hug submits 10 MB photos."""
    photos = [await asyncio.to_thread(_noisy_photo) for _ in range(2)]
    rounds = [await _round(photos) for _ in range(_ROUNDS)]
    held = median(one.held for one in rounds)
    highest = max(rounds, key=lambda one: one.peak - one.rest)
    above = highest.peak - highest.rest
    sizes = " and ".join(f"{len(one) / _MEGABYTE:.1f}" for one in photos)
    return [
        Row(
            f"event loop held, 99th percentile, while {sizes} MB are submitted",
            f"≤ {_MAX_HELD_MS} ms",
            f"{held:.1f} ms (longest {max(one.longest for one in rounds):.0f} ms)",
            held <= _MAX_HELD_MS,
        ),
        Row(
            "memory above rest meanwhile",
            f"≤ {_MAX_MEMORY_MB} MB",
            f"{above:.0f} MB (from {highest.rest:.0f} to {highest.peak:.0f} MB)",
            above <= _MAX_MEMORY_MB,
        ),
        Row("processor time meanwhile", "", f"{median(one.used for one in rounds):.2f} s", met=True),
    ]


def _noisy_photo() -> bytes:
    """Return a photo of noise, which is as large a file as a photo can be."""
    file = BytesIO()
    colours = [Image.effect_noise(_SIZE_PX, _NOISE) for _ in range(3)]
    Image.merge("RGB", colours).save(file, "JPEG", quality=95)
    return file.getvalue()


async def _round(photos: list[bytes]) -> _Round:
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        async with Sandbox(FakeAiml(job_seconds=None, face_scenes=())) as sandbox:
            chat = sandbox.telegram.private_chat(sandbox.telegram.add_person("Ada"))
            async with running("benchmarks.probe", sandbox, folder, PROBE_FILE=str(folder / "seen.json")):
                chat.send_album([photo("ada"), photo("ben")], "/hug")  # whatever is loaded at the first use, is now
                await sandbox.service(FakeAiml).wait(lambda aiml: len(aiml.jobs) == 1, timeout=_TIMEOUT_S)
                await asyncio.sleep(_REST_S)
                begin = time.time()
                for number, data in enumerate(photos):
                    caption = None if number else "/hug"
                    chat.send_document(data, f"{number}.jpg", "image/jpeg", caption, media_group_id="the two")
                await sandbox.service(FakeAiml).wait(lambda aiml: len(aiml.jobs) == 2, timeout=_TIMEOUT_S)
                end = time.time()
        seen = await asyncio.to_thread((folder / "seen.json").read_text, "utf-8")
        return _read(json.loads(seen), begin, end)


def _read(seen: dict[str, Any], begin: float, end: float) -> _Round:
    delays = [delay * 1000 for at, delay in seen["delays"] if begin <= at <= end]
    usage = [(memory / _MEGABYTE, used) for at, memory, used in seen["usage"] if begin <= at <= end]
    return _Round(
        held=quantiles(_as_if_on_time(delays), n=100)[98],
        longest=max(delays),
        rest=median(memory for at, memory, _ in seen["usage"] if begin - 1 <= at < begin) / _MEGABYTE,
        peak=max(memory for memory, _ in usage),
        used=usage[-1][1] - usage[0][1],
    )


def _as_if_on_time(delays: Iterable[float]) -> list[float]:
    """With the looks that could not be taken while the loop was held: each would have waited for the rest of it."""
    every = INTERVAL_S * 1000
    return [late - step * every for late in delays for step in range(int(late / every) + 1)]
