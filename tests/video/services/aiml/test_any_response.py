"""Any response of AIML or the network has one meaning, and leads to no second charge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.video.services.any_response import (
    REDACTOR,
    REFUSAL_STATUSES,
    check_submit_outcome,
    detail_of,
    errors,
    is_loggable,
    responses,
)
from video.services.aiml.outcomes import classify_balance, classify_poll, classify_submit
from video.services.http import Response, classify_exception
from video.services.protocol import Balance, Completed, Failed, FailureKind, NoVideo, Pending, Refused, Unanswered


@given(st.one_of(responses, errors), st.booleans())
def test_row_24_any_answer_to_a_submit(result: Response | Exception, body_started: bool) -> None:  # noqa: FBT001 - drawn
    """Every response has one meaning; a new POST is possible only if nothing can have been charged."""
    if isinstance(result, Response):
        outcome = classify_submit(result)
    else:
        outcome = classify_exception(result, REDACTOR, body_started=body_started)
    check_submit_outcome(outcome, result, body_started=body_started)
    if isinstance(outcome, Refused):
        assert isinstance(result, Response)
        assert result.status in REFUSAL_STATUSES
        assert not outcome.retryable or outcome.failure.kind in {FailureKind.BUSY, FailureKind.DOWN}


@given(responses)
def test_any_answer_to_a_question(result: Response) -> None:
    """Any response to a poll or about the balance has an outcome that can be logged."""
    outcome = classify_poll(result)
    assert isinstance(outcome, Pending | Completed | NoVideo | Failed | Unanswered)
    assert is_loggable(detail_of(outcome))
    balance = classify_balance(result)
    assert isinstance(balance, Balance | Refused | Unanswered)
    assert is_loggable(detail_of(balance))
