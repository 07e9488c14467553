"""Whatever Kling, a reseller or the network may answer: one meaning each, and no second charge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.video.services.any_response import HARMLESS, REDACTOR, answers, detail_of, errors, hold, may_be_logged
from video.services.http import Response, classify_exception
from video.services.kling.failures import GENERAL_CODES, KINDS_BY_CODE
from video.services.kling.outcomes import classify_balance, classify_find, classify_poll, classify_submit
from video.services.kling.response import KlingResponse
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
    Completed,
    Failed,
    Found,
    FoundFailed,
    Pending,
    Refused,
    Unanswered,
)

UNCLEAR = {5000, 5002}
LATER = {1302, 1303, 5001}


@given(st.one_of(answers, errors), st.booleans())
def test_row_24_any_answer_of_klings_to_a_submit(came: Response | Exception, begun: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever comes back falls into one class; a new POST is only possible where nothing can have been charged."""
    if isinstance(came, Response):
        outcome = classify_submit(came)
    else:
        outcome = classify_exception(came, REDACTOR, body_started=begun)
    hold(outcome, came, begun=begun)
    match outcome:
        case Refused(_, again, _):
            assert isinstance(came, Response)
            code = KlingResponse(came).code
            assert code not in UNCLEAR
            assert came.status in HARMLESS or code in {*KINDS_BY_CODE, *GENERAL_CODES}
            assert again == (
                code in LATER or (again and code not in {*KINDS_BY_CODE, *GENERAL_CODES} and came.status in {429, 503})
            )
        case Accepted(service_job_id):
            assert service_job_id.strip(".")


@given(answers)
def test_any_answer_to_a_question(came: Response) -> None:
    """Whatever a poll, a search or the account brings, there is an outcome that can be logged."""
    poll = classify_poll(came)
    assert isinstance(poll, Pending | Completed | Failed | Unanswered)
    find = classify_find(came, "job-1.1")
    assert isinstance(find, Found | FoundFailed | Absent | Unanswered)
    balance = classify_balance(came)
    assert isinstance(balance, Balance | Refused | Unanswered)
    assert all(may_be_logged(detail_of(outcome)) for outcome in (poll, find, balance))


@given(answers)
def test_a_lost_submit_is_never_called_absent_lightly(came: Response) -> None:
    """Only the service's own word that there is no such task counts as one."""
    if isinstance(classify_find(came, "job-1.1"), Absent):
        assert KlingResponse(came).code in GENERAL_CODES
