"""How long to wait before the next attempt. Pure functions; every duration is in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from video.effects.models import EFFECT_SECONDS, MODELS

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_S = 86_400.0
"""A day. So long after its submit, a job is polled and looked for no more."""
VIDEO_KEPT_S = 30 * DAY_S
"""For so long after the submit a service keeps the video (Kling: 30 days; AIML's addresses last as long)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a model compares with an effect.

    Attributes:
        typical: how many times longer it usually takes.
        deadline: how many times longer it may take before the user is told that it takes longer than usual.
    """

    typical: float = 1.0
    deadline: float = 1.0


def of_model(name: str) -> Pace:
    """Return the pace of a model, named as in `Job.model`: a quality of effects, or an image-to-video model."""
    model = MODELS.get(name)
    return Pace(model.typical_seconds / EFFECT_SECONDS, deadline=4 / 3) if model else Pace()


def late_poll_delay(deadline: float) -> float:
    """Return the shortest delay between two polls of a job whose deadline has passed."""
    return min(300.0, 0.1 * deadline)


def backoff(tries: int, jitter: Callable[[], float], *, first: float = 5.0, maximum: float = 300.0) -> float:
    """Return the delay after `tries` failures: doubled with each, at most `maximum`, spread by ±20 %.

    `jitter` returns a random number from 0 to 1.
    """
    return min(maximum, first * 2.0 ** min(tries, 16)) * (0.8 + 0.4 * jitter())


def delivery_delay(tries: int, age: float, jitter: Callable[[], float]) -> float:
    """Return the delay to the next try to deliver a video whose job was accepted `age` seconds ago.

    It grows to five minutes, and to an hour once the job is a day old.
    """
    return backoff(tries, jitter, first=2.0, maximum=300.0 if age < DAY_S else 3_600.0)


def next_lookup_delay(age: float) -> float:
    """Return the delay to the next lookup of a submit in doubt that was made `age` seconds ago."""
    return min(60.0, max(3.0, 0.2 * age))
