"""Any response of Kling, a reseller or the network has one meaning, and leads to no second charge."""

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
from video.services.failure_codes import ABSENT_CODES, GENERAL_CODES, is_known
from video.services.http import Response, classify_exception
from video.services.kling.outcomes import classify_balance, classify_find, classify_poll, classify_submit
from video.services.kling.response import KlingResponse
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
    Completed,
    Failed,
    FailureKind,
    Found,
    FoundFailed,
    NoVideo,
    Pending,
    Refused,
    Unanswered,
)

UNCLEAR = {5000, 5002}
LATER = {1302, 1303, 5001}


@given(st.one_of(responses, errors), st.booleans())
def test_row_24_any_answer_of_klings_to_a_submit(result: Response | Exception, body_started: bool) -> None:  # noqa: FBT001 - drawn
    """Every response has one meaning; a new POST is possible only if nothing can have been charged."""
    if isinstance(result, Response):
        outcome = classify_submit(result)
    else:
        outcome = classify_exception(result, REDACTOR, body_started=body_started)
    check_submit_outcome(outcome, result, body_started=body_started)
    match outcome:
        case Refused(failure, retryable, _):
            assert isinstance(result, Response)
            code = KlingResponse(result).code
            assert code not in UNCLEAR
            assert result.status in REFUSAL_STATUSES or is_known(code)
            assert code not in LATER or retryable
            assert not retryable or code == 5001 or failure.kind is FailureKind.BUSY or result.status in {429, 503}
        case Accepted(service_job_id):
            assert service_job_id.strip(".")


@given(responses)
def test_any_answer_to_a_question(result: Response) -> None:
    """Any response to a poll, a search or about the account has an outcome that can be logged."""
    poll = classify_poll(result)
    assert isinstance(poll, Pending | Completed | NoVideo | Failed | Unanswered)
    find = classify_find(result, "job-1.1")
    assert isinstance(find, Found | FoundFailed | Absent | Unanswered)
    balance = classify_balance(result)
    assert isinstance(balance, Balance | Refused | Unanswered)
    assert all(is_loggable(detail_of(outcome)) for outcome in (poll, find, balance))


@given(responses)
def test_a_lost_submit_is_never_called_absent_lightly(result: Response) -> None:
    """Only the service's own word that there is no such task counts as one."""
    if isinstance(classify_find(result, "job-1.1"), Absent):
        assert KlingResponse(result).code in {*GENERAL_CODES, *ABSENT_CODES}
