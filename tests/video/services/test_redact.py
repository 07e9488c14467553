"""What may reach a log of what a service said."""

from __future__ import annotations

import base64
import json
import os

from hypothesis import given
from hypothesis import strategies as st

from video.services.redact import MAX_LENGTH, Redactor, log_line

KEY = "sk-1234567890abcdef"
REDACTOR = Redactor((KEY,))


def test_plain_words_stay() -> None:
    """An operator reads the service's own words."""
    assert log_line(REDACTOR.text("Could not detect face in the image")) == "Could not detect face in the image"


def test_long_words_are_cut() -> None:
    """A page of HTML takes one line of the log."""
    line = log_line(REDACTOR.text("<p>\n very \t long \x00" * 500))
    assert len(line) == MAX_LENGTH
    assert line.isprintable()


def test_photos_are_left_out() -> None:
    """A photo that the service echoes is not in the log, escaped or not."""
    photo = base64.b64encode(os.urandom(5000)).decode()
    for echo in (f"bad input data:image/jpeg;base64,{photo}", f'bad "{photo}" end', json.dumps(photo), photo):
        line = log_line(REDACTOR.text(echo.replace("/", "\\/")))
        assert not any(photo[at : at + 40] in line for at in range(0, len(photo), 20))
        assert len(line) < 40


@given(st.lists(st.one_of(st.text(max_size=60), st.just(KEY), st.just("A" * 39), st.just("b+/=" * 30))))
def test_no_key_ever(parts: list[str]) -> None:
    """Whatever a service answers, the operator's key is not in the log."""
    line = log_line(REDACTOR.text("".join(parts)))
    assert KEY not in line
    assert len(line) <= MAX_LENGTH


def test_no_part_of_a_key_at_the_cut() -> None:
    """A key that lies where the words are cut leaves no part behind."""
    for before in range(3970, 4010):
        assert "sk-" not in log_line(REDACTOR.text(" " * before + KEY + " more"))
