"""Whatever AIML or the network may answer: one meaning each, and no second charge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.video.services.any_response import HARMLESS, REDACTOR, answers, detail_of, errors, hold, may_be_logged
from video.services.aiml.outcomes import classify_balance, classify_poll, classify_submit
from video.services.http import Response, classify_exception
from video.services.protocol import Balance, Completed, Failed, Pending, Refused, Unanswered


@given(st.one_of(answers, errors), st.booleans())
def test_row_24_any_answer_to_a_submit(came: Response | Exception, begun: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever comes back falls into one class; a new POST is only possible where nothing can have been charged."""
    if isinstance(came, Response):
        outcome = classify_submit(came)
    else:
        outcome = classify_exception(came, REDACTOR, body_started=begun)
    hold(outcome, came, begun=begun)
    if isinstance(outcome, Refused):
        assert isinstance(came, Response)
        assert came.status in HARMLESS
        assert outcome.retryable == (came.status in {429, 503})


@given(answers)
def test_any_answer_to_a_question(came: Response) -> None:
    """Whatever a poll or the balance brings, there is an outcome that can be logged."""
    outcome = classify_poll(came)
    assert isinstance(outcome, Pending | Completed | Failed | Unanswered)
    assert may_be_logged(detail_of(outcome))
    balance = classify_balance(came)
    assert isinstance(balance, Balance | Refused | Unanswered)
    assert may_be_logged(detail_of(balance))
