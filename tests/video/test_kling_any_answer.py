"""Whatever Kling, a reseller or the network may answer: one meaning each, and no second charge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.video.any_answer import HARMLESS, KEY, answers, detail_of, errors, hold, may_be_logged
from video.services.http import Answer
from video.services.kling.failures import CODES, GENERAL
from video.services.kling.outcomes import sort_balance, sort_find, sort_poll, sort_submit
from video.services.kling.response import Reply
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
def test_row_24_any_answer_of_klings_to_a_submit(came: Answer | Exception, begun: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever comes back falls into one class; a new POST is only possible where nothing can have been charged."""
    outcome = sort_submit(came, (KEY,), now=1.8e9, begun=begun)
    hold(outcome, came, begun=begun)
    match outcome:
        case Refused(_, again, _):
            assert isinstance(came, Answer)
            code = Reply(came).code
            assert code not in UNCLEAR
            assert came.status in HARMLESS or code in {*CODES, *GENERAL}
            assert again == (code in LATER or (again and code not in {*CODES, *GENERAL} and came.status in {429, 503}))
        case Accepted(service_job_id):
            assert service_job_id.strip(".")


@given(answers)
def test_any_answer_to_a_question(came: Answer) -> None:
    """Whatever a poll, a search or the account brings, there is an outcome that can be logged."""
    poll = sort_poll(came, (KEY,), now=1.8e9)
    assert isinstance(poll, Pending | Completed | Failed | Unanswered)
    find = sort_find(came, "job-1.1", (KEY,), now=1.8e9)
    assert isinstance(find, Found | FoundFailed | Absent | Unanswered)
    balance = sort_balance(came, (KEY,), now=1.8e9)
    assert isinstance(balance, Balance | Refused | Unanswered)
    assert all(may_be_logged(detail_of(outcome)) for outcome in (poll, find, balance))


@given(answers)
def test_a_lost_submit_is_never_called_absent_lightly(came: Answer) -> None:
    """Only the service's own word that there is no such task counts as one."""
    if isinstance(sort_find(came, "job-1.1"), Absent):
        assert Reply(came).code in GENERAL
