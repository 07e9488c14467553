"""Whatever AIML or the network may answer: one meaning each, and no second charge."""

from __future__ import annotations

import httpx
from hypothesis import given
from hypothesis import strategies as st

from tests.video.any_answer import BEFORE, HARMLESS, KEY, answers, detail_of, errors, may_be_logged
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
