"""When to look again: pure functions of seconds."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DAY_S = 86_400.0
"""Seconds for which a job is polled before it is given up."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many times longer than an effect a model takes, usually, and before that is called long."""

    typical: float = 1.0
    deadline: float = 1.0


_PACES = {"v1.6": Pace(1.5, 4 / 3), "v2": Pace(2.5, 4 / 3)}  # of 2 and 15 minutes: 3 and 5 minutes, and 20 for both


def of_model(model: str) -> Pace:
    """The pace of a model, as in `Job.model`."""
    return _PACES.get(model, Pace())


def typical_seconds(seconds_taken: Sequence[float], fallback: float) -> float:
    """How long such a video takes: the median of past ones, or `fallback` before there are three."""
    return median(seconds_taken) if len(seconds_taken) >= 3 else fallback


def first_poll_delay(typical: float, interval: float) -> float:
    """Seconds from the submit to the first poll: nothing is ready in the first part of the usual time."""
    return max(interval, 0.4 * typical)


def next_poll_delay(elapsed: float, typical: float, interval: float, deadline: float) -> float:
    """Seconds to the next poll: dense around the usual end, sparse before it and after the deadline."""
    if elapsed >= deadline:
        return max(interval, min(300.0, 0.1 * deadline))
    if elapsed < 0.8 * typical:
        return max(interval, min(0.1 * typical, 0.8 * typical - elapsed))
    if elapsed < 1.5 * typical:
        return interval
    return 2 * interval


def backoff(tries: int, jitter: Callable[[], float], *, first: float = 5.0, maximum: float = 300.0) -> float:
    """Seconds to wait after `tries` failures: doubling, and spread by `jitter` (0 to 1)."""
    return min(maximum, first * 2.0 ** min(tries, 16)) * (0.8 + 0.4 * jitter())


def next_lookup_delay(age: float) -> float:
    """Seconds to the next look for a submit in doubt that is `age` seconds old."""
    return min(60.0, max(3.0, 0.2 * age))
