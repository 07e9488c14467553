"""How long the bot waits before it tries again."""

from __future__ import annotations

import pytest

from bot import pacing
from video.effects.models import MODELS


@pytest.mark.parametrize(
    ("model", "minutes", "deadline_minutes"),
    [("standard", 2, 15), ("pro", 2, 15), ("v1.6", 3, 20), ("v2", 5, 20), ("gone", 2, 15)],
)
def test_a_model_has_its_pace(model: str, minutes: float, deadline_minutes: float) -> None:
    """Where an effect takes two minutes, v1.6 takes three and v2 five, and both may take twenty instead of fifteen."""
    pace = pacing.of_model(model)
    assert [2 * pace.typical, 15 * pace.deadline] == pytest.approx([minutes, deadline_minutes])


def test_no_image_to_video_model_is_faster_than_an_effect() -> None:
    """Every model of the table has a pace of its own."""
    assert all(pacing.of_model(name).typical >= 1 < pacing.of_model(name).deadline for name in MODELS)


@pytest.mark.parametrize(
    ("seconds_taken", "expected"),
    [([], 120), ([10], 120), ([10, 20], 120), ([10, 20, 90], 20), ([90, 10, 20, 30], 25)],
)
def test_the_median_counts_from_three_videos_on(seconds_taken: list[float], expected: float) -> None:
    """One slow video changes no estimate, and two videos make none."""
    assert pacing.typical_seconds(seconds_taken, 120) == expected


@pytest.mark.parametrize(("typical", "interval", "expected"), [(120, 5, 48), (10, 5, 5), (0.3, 0.05, 0.12)])
def test_the_first_poll_waits_for_four_tenths(typical: float, interval: float, expected: float) -> None:
    """Nobody polls while no video can be there yet, nor sooner than POLL_INTERVAL."""
    assert pacing.first_poll_delay(typical, interval) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("elapsed", "expected"),
    [
        (0, 12),  # a tenth of the typical time
        (80, 12),
        (90, 6),  # up to the moment at which it becomes likely
        (95, 5),
        (96, 5),  # likely: as often as allowed
        (179, 5),
        (180, 10),  # late
        (899, 10),
        (900, 90),  # past the deadline
        (80_000, 90),
    ],
)
def test_polls_are_dense_around_the_typical_time(elapsed: float, expected: float) -> None:
    """A job of two minutes is polled every five seconds around its end, and seldom before and long after it."""
    assert pacing.next_poll_delay(elapsed, typical=120, interval=5, deadline=900) == pytest.approx(expected)


@pytest.mark.parametrize("elapsed", [0, 50, 100, 200, 1000, 90_000])
def test_no_poll_comes_sooner_than_the_interval(elapsed: float) -> None:
    """POLL_INTERVAL holds at every age of a job, however short its typical time."""
    assert pacing.next_poll_delay(elapsed, typical=20, interval=60, deadline=900) >= 60


def test_polls_after_a_long_deadline_stay_within_five_minutes() -> None:
    """However long the deadline, a late video is noticed within five minutes."""
    assert pacing.next_poll_delay(20_000, typical=120, interval=5, deadline=10_000) == 300


@pytest.mark.parametrize(("tries", "expected"), [(0, 5), (1, 10), (2, 20), (5, 160), (6, 300), (7, 300), (5000, 300)])
def test_backoff_doubles_up_to_its_maximum(tries: int, expected: float) -> None:
    """The delay doubles with each failure, up to five minutes, and no number of failures overflows it."""
    assert pacing.backoff(tries, lambda: 0.5) == pytest.approx(expected)


@pytest.mark.parametrize(("jitter", "factor"), [(0.0, 0.8), (0.5, 1.0), (1.0, 1.2)])
def test_backoff_is_spread(jitter: float, factor: float) -> None:
    """Jobs that failed together come back at different times, a fifth sooner or later."""
    assert pacing.backoff(3, lambda: jitter, first=1.0, maximum=30.0) == pytest.approx(8 * factor)


@pytest.mark.parametrize(("age", "expected"), [(0, 3), (10, 3), (15, 3), (100, 20), (300, 60), (9000, 60)])
def test_lookups_get_rarer(age: float, expected: float) -> None:
    """A submit in doubt is looked for after three seconds, and after some minutes once a minute."""
    assert pacing.next_lookup_delay(age) == pytest.approx(expected)
