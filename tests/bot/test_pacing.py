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


def test_polls_after_a_long_deadline_stay_within_five_minutes() -> None:
    """However long the deadline, a late video is noticed within five minutes."""
    assert pacing.late_poll_delay(10_000) == 300
    assert pacing.late_poll_delay(900) == 90


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
