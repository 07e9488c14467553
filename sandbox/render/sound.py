"""The sound of a scene: synthesised from sines and filtered noise, quiet."""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING

import numpy as np

from sandbox.render.expansion import PUFF_LENGTH, PUFF_TIMES
from sandbox.render.squish import PRESS_TIMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

SAMPLE_RATE = 44_100
"""Samples per second."""

_PENTATONIC = (0, 2, 4, 7, 9, 12, 14, 16)  # in half tones; any order of a pentatonic scale sounds well


def synthesise(scene: str, seconds: float) -> Samples:
    """Return one channel of samples, -1 to 1, `seconds` long."""
    moments = np.arange(round(SAMPLE_RATE * seconds)) / SAMPLE_RATE
    make = _SYNTHS.get(scene)
    wave = make(moments, seconds) if make else _melody(scene, moments, seconds)
    edge = np.minimum(1, np.minimum(moments, seconds - moments) / min(0.05, seconds / 4))
    return np.clip(wave * edge, -1, 1)


def _squelches(moments: Samples, seconds: float) -> Samples:
    """Wet noise that falls in pitch while the press goes down, and a short pop when it lets go."""
    noise = np.random.default_rng(7).standard_normal(len(moments))
    wave = np.zeros_like(moments)
    for touch, low, free in PRESS_TIMES:
        part = np.clip((moments / seconds - touch) / (low - touch), 0, 1)
        bubbles = 0.5 + 0.5 * np.sin(math.tau * np.cumsum(14 + 10 * part) / SAMPLE_RATE)
        body = np.sin(math.tau * np.cumsum(230 - 150 * part + 26 * _smooth(noise, 900)) / SAMPLE_RATE)
        wave += 0.3 * np.sin(np.pi * part) * bubbles * (0.55 * body + 0.8 * _smooth(noise, 22))
        since = moments / seconds - free
        pop = np.where(since >= 0, np.exp(-np.abs(since) * 30), 0)
        wave += 0.24 * pop * np.sin(math.tau * np.cumsum(90 + 240 * pop) / SAMPLE_RATE)
    return wave


def _puffs(moments: Samples, seconds: float) -> Samples:
    """Air going in, puff by puff, over a tone that rises with the balloon; then a soft hum."""
    at = moments / seconds
    full = sum(np.clip((at - start) / PUFF_LENGTH, 0, 1) for start in PUFF_TIMES) / len(PUFF_TIMES)
    noise = _smooth(np.random.default_rng(8).standard_normal(len(moments)), 6)
    air = sum(np.sin(np.pi * np.clip((at - start) / PUFF_LENGTH, 0, 1)) for start in PUFF_TIMES)
    tone = np.sin(math.tau * np.cumsum(180 + 360 * full + 5 * np.sin(math.tau * 5 * moments)) / SAMPLE_RATE)
    return 0.22 * air * noise + tone * (0.05 + 0.11 * np.minimum(1, air)) * (at > PUFF_TIMES[0])


def _blows(moments: Samples, seconds: float) -> Samples:
    """A drum roll with a thump at each blow of the fight."""
    wave = np.zeros_like(moments)
    noise = np.random.default_rng(9).standard_normal(len(moments))
    for blow in (0.2, 0.4, 0.58, 0.76):
        since = moments - blow * seconds
        hit = np.where(since >= 0, np.exp(-np.abs(since) * 14), 0)
        wave += hit * (0.4 * np.sin(math.tau * np.cumsum(60 + 70 * hit) / SAMPLE_RATE) + 0.12 * _smooth(noise, 10))
    return wave


def _melody(scene: str, moments: Samples, seconds: float) -> Samples:
    """Eight quiet bell tones, in an order that depends on the scene's name."""
    order = np.random.default_rng(zlib.crc32(scene.encode())).permutation(len(_PENTATONIC))
    wave = np.zeros_like(moments)
    for index, step in enumerate(order):
        since = moments - index * seconds / len(order)
        tone = 392 * 2 ** (_PENTATONIC[step] / 12)
        bell = np.where(since >= 0, np.exp(-np.abs(since) * 4), 0)
        wave += 0.1 * bell * (np.sin(math.tau * tone * since) + 0.3 * np.sin(math.tau * 2 * tone * since))
    return wave


def _smooth(noise: Samples, width: int) -> Samples:
    """Return noise without frequencies above about `SAMPLE_RATE / width` Hz, as loud as before."""
    kernel = np.convolve(np.ones(width), np.ones(width)) if width < 100 else np.ones(width)
    smooth = np.convolve(noise, kernel / kernel.sum(), "same") if width < 100 else _running_mean(noise, width)
    return smooth / (np.std(smooth) or 1.0) / 2


def _running_mean(noise: Samples, width: int) -> Samples:
    total = np.cumsum(np.concatenate([np.zeros(width), noise]))
    mean: Samples = (total[width:] - total[:-width]) / width
    return mean


def _silence(moments: Samples, _seconds: float) -> Samples:
    """No sound, as in the real videos."""
    return np.zeros_like(moments)


_SYNTHS: dict[str, Callable[[Samples, float], Samples]] = {
    "image_to_video": _silence,
    "squish": _squelches,
    "expansion": _puffs,
    "fight": _blows,
}
