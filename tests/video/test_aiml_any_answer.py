"""Whatever AIML or the network may answer: one meaning each, and no second charge."""

from __future__ import annotations

import json
import os
from base64 import b64encode

import httpx
from hypothesis import given
from hypothesis import strategies as st

from video.aiml_outcomes import sort_balance, sort_poll, sort_submit
from video.answer import Answer
from video.service import (
    Accepted,
    Balance,
    Completed,
    Failed,
    InDoubt,
    NotSent,
    Pending,
    Refused,
    Unanswered,
)

KEY = "sk-1234567890abcdef"
HARMLESS = {400, 401, 402, 403, 404, 405, 413, 422, 429, 503, *range(300, 400)}
BEFORE = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
    httpx.InvalidURL,
)
AFTER = (
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.RemoteProtocolError,
    httpx.LocalProtocolError,
    httpx.DecodingError,
    TimeoutError,
    OSError,
    ValueError,
)
PHOTO = b64encode(os.urandom(300)).decode()
words = st.one_of(
    st.text(max_size=40), st.sampled_from([KEY, PHOTO, "effect_scene", "credits", "face", f"data:x;base64,{PHOTO}"])
)
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), words),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                st.sampled_from(
                    ["id", "generation_id", "status", "message", "error", "detail", "type", "msg", "loc", "video"]
                ),
                words,
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)
bodies = st.one_of(
    st.binary(max_size=60),
    documents.map(lambda document: json.dumps(document).encode()),
    words.map(lambda text: text.encode("utf-8", "surrogatepass")),
)
headers = st.dictionaries(st.just("retry-after"), st.one_of(st.text(max_size=30), st.integers().map(str)))
answers = st.builds(
    Answer, st.one_of(st.integers(100, 599), st.sampled_from([200, 400, 403, 429, 500])), headers, bodies
)
errors = st.builds(lambda kind, text: kind(text), st.sampled_from(BEFORE + AFTER), words)


def detail_of(outcome: object) -> str:
    match outcome:
        case NotSent(detail) | InDoubt(detail) | Unanswered(detail):
            return detail
        case Refused(failure) | Failed(failure):
            return failure.detail
        case Pending(status):
            return status
    return ""


def may_be_logged(detail: str) -> bool:
    pieces = (PHOTO[at : at + 40] for at in range(len(PHOTO) - 40))
    return len(detail) <= 200 and KEY not in detail and not any(piece in detail for piece in pieces)


@given(st.one_of(answers, errors), st.booleans())
def test_row_24_any_answer_to_a_submit(came: Answer | Exception, begun: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever comes back falls into one class; a new POST is only possible where nothing can have been charged."""
    outcome = sort_submit(came, secret=KEY, now=1.8e9, begun=begun)
    assert isinstance(outcome, Accepted | NotSent | Refused | InDoubt)
    assert may_be_logged(detail_of(outcome))
    match outcome:
        case NotSent():
            assert isinstance(came, BEFORE) or (isinstance(came, httpx.LocalProtocolError) and not begun)
        case Refused(_, again, retry_after):
            assert isinstance(came, Answer)
            assert came.status in HARMLESS
            assert again == (came.status in {429, 503})
            assert retry_after is None or 0 <= retry_after <= 3600
        case Accepted(service_job_id):
            assert isinstance(came, Answer)
            assert 200 <= came.status < 300
            assert 0 < len(service_job_id) <= 512
            assert service_job_id.encode()


@given(answers)
def test_any_answer_to_a_question(came: Answer) -> None:
    """Whatever a poll or the balance brings, there is an outcome that can be logged."""
    outcome = sort_poll(came, secret=KEY, now=1.8e9)
    assert isinstance(outcome, Pending | Completed | Failed | Unanswered)
    assert may_be_logged(detail_of(outcome))
    balance = sort_balance(came, secret=KEY, now=1.8e9)
    assert isinstance(balance, Balance | Refused | Unanswered)
    assert may_be_logged(detail_of(balance))
