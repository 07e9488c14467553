"""When to poll a job, learnt from how long earlier jobs of its kind took. Pure functions; every time is in seconds.

The rule is that of J. B. Keller for inspections ("Optimum checking schedules for systems subject to random failure",
Management Science 21, 1974): where jobs end at the rate h(t), the next gap is sqrt(2 c / h(t)), and c is the price of a
poll, in seconds of lateness. After this gap, the lateness to be expected since the last poll has grown to c, which is
how it is computed here: that also holds where the rate changes within a gap.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from statistics import mean, median, quantiles, stdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES = 50
"""So many of the latest jobs are learnt from."""
MAX_POLLS = 12.0
"""How often a job is polled on average, at most."""
FIRST_POLL_S = 5.0
"""A job is polled after so many seconds at the latest: a photo without a face is refused within the first seconds."""

_MIN_SAMPLES = 3  # jobs that succeeded, before their times count
_EARLY = 1 / 3  # of the typical time; what ends before is a failure that its service noticed at once
_EARLY_SHARE = 0.1  # of the jobs, before it has been measured
_EARLY_WEIGHT = 4  # as many jobs as this share counts for
_EARLY_MEAN = 1 / 15  # of the typical time, before it has been measured
_EARLY_WIDTH = 1 / 60  # of the typical time, by which measured early ends are smoothed
_WIDE_SHARE = 0.1  # of the jobs is spread wide, whatever the latest ones took
_WIDE = 1.6  # times the spread that was measured
_NORMAL_SHARE = 0.6  # of the rest follows a normal distribution; what remains, the times that were measured
_UNMEASURED_SPREAD = 0.35  # of the logarithm of the time
_OUTLIER = 5  # times the typical time; what took longer was noticed late, because the bot was off
_HORIZON = 2.5  # times the typical time, or more if jobs took longer
_STEPS = 700
_MAX_GAP = 0.5  # of the typical time
_LATE_GAP = 0.1  # of the typical time, when all that is known has passed
_BISECTIONS = 24


@dataclass(frozen=True, slots=True)
class PollSchedule:
    """When a job is polled.

    Attributes:
        typical: the usual time of a job; half of those that succeed take longer.
        interval: the shortest time between two polls.
        times: of the polls, since the service took the job.
    """

    typical: float
    interval: float
    times: tuple[float, ...]

    def next_delay(self, elapsed: float) -> float:
        """Return the delay to the next poll of a job that the service took `elapsed` seconds ago."""
        index = bisect_right(self.times, elapsed + self.interval / 2)
        due = self.times[index] if index < len(self.times) else elapsed + _LATE_GAP * self.typical
        return max(self.interval, due - elapsed)


def learn(seconds_taken: Sequence[float], usual: float, interval: float, max_polls: float = MAX_POLLS) -> PollSchedule:
    """Return the schedule for jobs like those that took these times.

    Args:
        seconds_taken: how long the latest jobs took until they ended, whichever their end was.
        usual: how long a job takes as far as anybody knows; this counts until some have been measured.
        interval: the shortest time between two polls.
        max_polls: how often a job is polled on average, at most.
    """
    typical = _typical(seconds_taken, usual)
    early = [taken for taken in seconds_taken if taken <= _EARLY * typical]
    late = [taken for taken in seconds_taken if _EARLY * typical < taken <= _OUTLIER * typical]
    step = max(_HORIZON * typical, 1.5 * max(late, default=0.0)) / _STEPS
    ended = _ended_shares(early, late, typical, [step * index for index in range(_STEPS + 1)])

    def times_at(price: float) -> tuple[float, ...]:
        return _times(ended, step, price, interval, _MAX_GAP * typical)

    low, high = typical * 1e-6, typical * 1e3
    for _ in range(_BISECTIONS):
        price = math.sqrt(low * high)
        if _mean_polls(ended, step, times_at(price)) > max_polls:
            low = price
        else:
            high = price
    return PollSchedule(typical, interval, times_at(high))


def _typical(seconds_taken: Sequence[float], usual: float) -> float:
    """Return the median of the jobs that did not end early, or `usual` if these are too few."""
    late = [taken for taken in seconds_taken if taken > _EARLY * usual]
    if len(late) < _MIN_SAMPLES:
        return usual
    middle = median(late)
    return median(taken for taken in seconds_taken if taken > _EARLY * middle)


def _ended_shares(early: Sequence[float], late: Sequence[float], typical: float, grid: Sequence[float]) -> list[float]:
    """Return the estimated share of jobs that have ended at each time of the grid."""
    early_share = (len(early) + _EARLY_SHARE * _EARLY_WEIGHT) / (len(early) + len(late) + _EARLY_WEIGHT)
    measured = len(late) >= _MIN_SAMPLES
    width, spread = (_bandwidth(late, typical), max(stdev(late), 0.01 * typical)) if measured else (1.0, 1.0)
    middle = mean(late) if measured else typical

    def of_early(time: float) -> float:
        measured_ends = sum(_normal((time - one) / (_EARLY_WIDTH * typical)) for one in early)
        return (measured_ends + 1 - math.exp(-time / (_EARLY_MEAN * typical))) / (len(early) + 1)

    def of_late(time: float) -> float:
        if not measured:
            return _normal(math.log(time / typical) / _UNMEASURED_SPREAD) if time > 0 else 0.0
        measured_ends = sum(_normal((time - one) / width) for one in late) / len(late)
        close = _NORMAL_SHARE * _normal((time - middle) / spread) + (1 - _NORMAL_SHARE) * measured_ends
        return (1 - _WIDE_SHARE) * close + _WIDE_SHARE * _normal((time - typical) / (_WIDE * spread))

    return [early_share * of_early(time) + (1 - early_share) * of_late(time) for time in grid]


def _bandwidth(samples: Sequence[float], typical: float) -> float:
    """Return the width by which to smooth the samples (B. W. Silverman's rule of thumb, 1986)."""
    first, _, third = quantiles(samples, n=4)
    spread = min(stdev(samples), (third - first) / 1.34) or stdev(samples)
    return max(0.01 * typical, 0.9 * spread / math.pow(len(samples), 0.2))


def _normal(deviation: float) -> float:
    """Return the share of a normal distribution that lies below so many standard deviations."""
    return 0.5 * math.erfc(-deviation / math.sqrt(2))


def _times(ended: Sequence[float], step: float, price: float, interval: float, max_gap: float) -> tuple[float, ...]:
    """Return the times of the polls if one is worth `price` seconds of lateness."""
    times: list[float] = []
    lateness, last, before = 0.0, 0.0, ended[0]
    for index in range(1, len(ended)):
        alive = 1 - before
        if alive < 1e-6:
            break
        lateness += step * (ended[index] - before) / alive
        now = index * step
        latest = last + max_gap if times else min(max_gap, FIRST_POLL_S)
        if now - last >= interval and (lateness >= price or now >= latest):
            times.append(now)
            lateness, last, before = 0.0, now, ended[index]
    return tuple(times)


def _mean_polls(ended: Sequence[float], step: float, times: Sequence[float]) -> float:
    """Return how often a job is polled on average until it has ended."""
    before = (0.0, *times[:-1])
    return sum(1 - ended[round(time / step)] for time in before)
