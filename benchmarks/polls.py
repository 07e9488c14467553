"""How late the end of a job is noticed, for how many polls: the bot, every ten seconds, and the optimum."""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import erfc, exp, sqrt
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.table import Row
from bot.poll_schedule import SAMPLES, learn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_TYPICAL_S = 120.0
_INTERVAL_S = 2.0  # the default of POLL_INTERVAL
_LEARNT = 40  # schedules, each learnt from other jobs
_JOBS = 500  # polled by each schedule
_HORIZON_S, _STEP_S = 300.0, 0.5
_BISECTIONS = 18


@dataclass(frozen=True, slots=True)
class _Shape:
    """How long jobs take: normally distributed, or, for a share of them, evenly between 2 and 12 s."""

    spread: float
    early: float

    def draw(self, source: random.Random) -> float:
        """Return how long one job takes."""
        if source.random() < self.early:
            return source.uniform(2, 12)
        return max(0.1, source.gauss(_TYPICAL_S, self.spread))

    def ended(self, time: float) -> float:
        """Return the share of jobs that have ended by then."""
        late = 0.5 * erfc((_TYPICAL_S - time) / self.spread / sqrt(2))
        return self.early * min(1.0, max(0.0, (time - 2) / 10)) + (1 - self.early) * late


async def lateness_of_polls() -> list[Row]:
    """Simulate four shapes. The optimum knows the shape; the bot has learnt it from fifty jobs."""
    rows = []
    for spread in (12.0, 24.0):
        for early in (0.0, 0.1):
            shape = _Shape(spread, early)
            source = random.Random(1)  # noqa: S311 -- no secret
            late, polls = _mean([_learnt(shape, source) for _ in range(_LEARNT)])
            fixed = _simulate(lambda elapsed: 10.0 - elapsed % 10.0, shape, source, _JOBS * _LEARNT)
            best = _optimum(shape, polls)
            rows.append(
                Row(
                    f"lateness of polls, spread {spread:.0f} s, {early:.0%} end early",
                    f"≤ 1.25 × the optimum's {best:.1f} s",
                    f"{late:.1f} s at {polls:.1f} polls ({late / best:.2f} ×); every 10 s: "
                    f"{fixed[0]:.1f} s at {fixed[1]:.1f}",
                    late <= 1.25 * best,
                )
            )
    return rows


def _learnt(shape: _Shape, source: random.Random) -> tuple[float, float]:
    schedule = learn([shape.draw(source) for _ in range(SAMPLES)], _TYPICAL_S, _INTERVAL_S)
    return _simulate(schedule.next_delay, shape, source, _JOBS)


def _simulate(
    next_delay: Callable[[float], float], shape: _Shape, source: random.Random, jobs: int
) -> tuple[float, float]:
    """Return the mean lateness in seconds, and the mean number of polls."""
    lateness, polls = 0.0, 0
    for _ in range(jobs):
        end, time = shape.draw(source), 0.0
        while time < end:
            time += next_delay(time)
            polls += 1
        lateness += time - end
    return lateness / jobs, polls / jobs


def _mean(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(one for one, _ in pairs) / len(pairs), sum(other for _, other in pairs) / len(pairs)


def _optimum(shape: _Shape, polls: float) -> float:
    """Return the least mean lateness that anybody who knows the shape can reach with so many polls."""
    grid = np.arange(0, _HORIZON_S + _STEP_S, _STEP_S)
    ended = np.array([shape.ended(float(time)) for time in grid])
    ended[-1] = 1.0
    low, high = exp(-4), exp(6)  # the price of a poll
    for _ in range(_BISECTIONS):
        price = sqrt(low * high)
        if _evaluate(grid, ended, _cheapest(grid, ended, price))[1] > polls:
            low = price
        else:
            high = price
    return _evaluate(grid, ended, _cheapest(grid, ended, high))[0]


def _cheapest(grid: NDArray[np.float64], ended: NDArray[np.float64], price: float) -> list[int]:
    """Return the polls, as indexes of the grid, with the least lateness plus price: by dynamic programming."""
    count, least = len(grid), int(_INTERVAL_S / _STEP_S)
    moment = np.cumsum(np.diff(ended, prepend=0.0) * grid)
    costs, following = np.zeros(count), np.zeros(count, dtype=int)
    for index in range(count - 2, -1, -1):
        then = np.arange(min(index + least, count - 1), count)
        cost = grid[then] * (ended[then] - ended[index]) - (moment[then] - moment[index]) + costs[then]
        best = int(np.argmin(cost))
        costs[index] = cost[best] + price * (1 - ended[index])
        following[index] = then[best]
    polls, index = [], 0
    while index < count - 1:
        index = int(following[index])
        polls.append(index)
    return polls


def _evaluate(grid: NDArray[np.float64], ended: NDArray[np.float64], polls: Sequence[int]) -> tuple[float, float]:
    moment = np.cumsum(np.diff(ended, prepend=0.0) * grid)
    lateness, count, last = 0.0, 0.0, 0
    for index in polls:
        count += 1 - ended[last]
        lateness += grid[index] * (ended[index] - ended[last]) - (moment[index] - moment[last])
        last = index
    return float(lateness), float(count)
