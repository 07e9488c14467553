"""When a job is polled, by how long earlier jobs took."""

from __future__ import annotations

import random
from statistics import mean

import pytest

from bot.poll_schedule import FIRST_POLL_S, PollSchedule, learn

INTERVAL = 2.0


def polls_of(schedule: PollSchedule, end: float) -> list[float]:
    """Return the times of the polls of a job that ends after so many seconds; the last one sees the end."""
    times = [schedule.next_delay(0.0)]
    while times[-1] < end:
        times.append(times[-1] + schedule.next_delay(times[-1]))
    return times


def draw(source: random.Random, spread: float, early: float) -> float:
    """Return how long a job takes: about two minutes, unless it fails in the first seconds."""
    return source.uniform(2, 12) if source.random() < early else max(15.0, source.gauss(120, spread))


@pytest.mark.parametrize("early", [0.0, 0.1])
@pytest.mark.parametrize(("spread", "lateness"), [(12, 2.2), (24, 3.1)])
def test_few_polls_and_little_lateness(spread: float, lateness: float, early: float) -> None:
    """Learnt from 50 jobs, about twelve polls a job find its end within a few seconds on average."""
    source = random.Random(1)  # noqa: S311 -- no secret
    polls, late = [], []
    for _ in range(12):
        schedule = learn([draw(source, spread, early) for _ in range(50)], 120.0, INTERVAL)
        for _ in range(300):
            end = draw(source, spread, early)
            times = polls_of(schedule, end)
            polls.append(len(times))
            late.append(times[-1] - end)
    assert mean(polls) <= 12.5
    assert mean(late) <= lateness


@pytest.mark.parametrize("taken", [[], [120.0] * 50, [5.0] * 10 + [120.0] * 40, [60.0, 120.0, 240.0] * 16])
@pytest.mark.parametrize("end", [0.0, 1.0, 2.0, 4.9])
def test_an_end_in_the_first_seconds(taken: list[float], end: float) -> None:
    """A photo without a face, refused within five seconds, is told of within five seconds, whatever was learnt."""
    assert polls_of(learn(taken, 120.0, INTERVAL), end)[-1] - end <= FIRST_POLL_S + 0.6


def test_before_anything_was_measured() -> None:
    """The first jobs of a kind are polled around the usual time, widely spread, and no more often than later ones."""
    schedule = learn([], 300.0, INTERVAL)
    assert schedule.typical == 300
    late = [polls_of(schedule, end)[-1] - end for end in range(150, 600, 7)]
    assert max(late) <= 60
    assert max(len(polls_of(schedule, end)) for end in (240, 300, 360)) <= 20


@pytest.mark.parametrize(
    ("taken", "typical"),
    [([], 120), ([60.0, 61.0], 120), ([60.0, 61.0, 62.0], 61), ([2.0] * 30 + [90.0, 100.0, 110.0], 100)],
)
def test_the_usual_time(taken: list[float], typical: float) -> None:
    """People read the median of the videos that were made; two make no median, and failures in seconds don't count."""
    assert learn(taken, 120.0, INTERVAL).typical == typical


def test_what_was_noticed_a_day_late_teaches_nothing() -> None:
    """Jobs that ended while the bot was off don't spread the polls of others over the day."""
    usual = [100.0 + number for number in range(40)]
    times = polls_of(learn([*usual, 86_400.0, 90_000.0], 120.0, INTERVAL), 120.0)
    assert times[-1] - 120 <= 10


@pytest.mark.parametrize("interval", [2.0, 8.0, 60.0])
@pytest.mark.parametrize("elapsed", [0.0, 60.0, 119.0, 121.0, 400.0, 90_000.0])
def test_no_poll_comes_sooner_than_the_interval(elapsed: float, interval: float) -> None:
    """POLL_INTERVAL holds at every age of a job."""
    assert learn([120.0] * 20, 120.0, interval).next_delay(elapsed) >= interval


def test_a_job_without_end_is_polled_for_ever() -> None:
    """Past all that was learnt, a job is polled now and then."""
    schedule = learn([120.0] * 20, 120.0, INTERVAL)
    assert INTERVAL <= schedule.next_delay(10_000.0) <= 60


def test_callbacks_leave_few_polls() -> None:
    """A service that sends callbacks is polled a quarter as often."""
    source = random.Random(2)  # noqa: S311 -- no secret
    taken = [draw(source, 24, 0) for _ in range(50)]
    polls = [len(polls_of(learn(taken, 120.0, 8.0, 3.0), draw(source, 24, 0))) for _ in range(40)]
    assert mean(polls) <= 4
