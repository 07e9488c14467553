"""What Kling's answers mean, in every form in which they have been seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from video.services.http import Response
from video.services.kling.outcomes import classify_balance, classify_find, classify_poll, classify_submit
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
    Completed,
    Failed,
    FailureKind,
    Found,
    FoundFailed,
    InDoubt,
    Pending,
    Refused,
    Unanswered,
)

TASK = "815336894036197446"
URL = "https://cdn.example.com/output.mp4"


def response(document: object, status: int = 200) -> Response:
    return Response(status, {}, json.dumps(document).encode())


def official(status: str, **data: Any) -> dict[str, Any]:
    task = {"task_id": TASK, "task_status": status, "task_status_msg": "", "created_at": 1762419982549, **data}
    return {"code": 0, "message": "SUCCEED", "request_id": "r", "data": task}


def videos(url: object = URL) -> dict[str, Any]:
    return {"videos": [{"id": "8153", "url": url, "duration": "5.1"}]}


# ---------------------------------------------------------------- submit
@pytest.mark.parametrize(
    "document",
    [
        official("submitted", task_info={}),
        {**official("submitted"), "code": "0"},
        {"code": "success", "data": {"task_id": TASK, "status": "queued"}},
        {"code": "success", "message": "", "data": {"data": official("submitted")}},
        {"task_id": TASK, "status": "submitted"},
        {"data": {"task_id": TASK}},
    ],
)
def test_accepted(document: object) -> None:
    """An answer with a task's id in it is a job, whichever reseller's form it has."""
    assert classify_submit(response(document)) == Accepted(TASK)


@pytest.mark.parametrize(
    "document",
    [
        {"code": 0, "message": "SUCCEED", "data": {}},
        {"code": 0, "data": {"task_id": ""}},
        {"code": 0, "data": {"task_id": ".."}},
        {"code": 0, "data": {"task_id": 0}},
        {"code": 0, "data": {"task_id": True}},
        {"code": 9999, "message": "new"},
        {"code": True, "data": None},
        {"error": {"message": "odd"}},
        [],
    ],
)
def test_a_good_status_without_an_id(document: object) -> None:
    """What may have been charged is looked for, not sent again."""
    assert isinstance(classify_submit(response(document)), InDoubt)


@pytest.mark.parametrize("status", [200, 400, 409, 429])
def test_our_own_id_is_there_already(status: int) -> None:
    """A copy of the request that came in before, through a proxy that repeats, is found and adopted."""
    document = {"code": 1201, "message": "external_task_id already exists"}
    assert isinstance(classify_submit(response(document, status)), InDoubt)


def test_an_id_of_ours_that_is_wrong_is_a_plain_refusal() -> None:
    """A complaint about the id's form charges nothing."""
    outcome = classify_submit(response({"code": 1201, "message": "external_task_id is too long"}, 400))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is FailureKind.MISCONFIGURED


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("effect_scene value 'hug' is invalid", FailureKind.RETIRED),
        ("The effect 'hug' is not supported", FailureKind.RETIRED),
        ("unknown effect: hug", FailureKind.RETIRED),
        ("camera_control is only supported in std mode with 5s duration and kling-v1", FailureKind.MISCONFIGURED),
        ("mode is not supported by this effect_scene", FailureKind.MISCONFIGURED),
        ("The second image has no face", FailureKind.NO_FACE),
    ],
)
def test_a_general_code_is_read_by_its_sentence(message: str, kind: FailureKind) -> None:
    """Code 1201 stands for a retired effect, a bad photo, or a mistake of the bot's: the sentence tells which."""
    outcome = classify_submit(response({"code": 1201, "message": message}, 400))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind is kind


def test_which_photo() -> None:
    """Where the service says which photo it is about, so does the bot."""
    outcome = classify_submit(response({"code": 1201, "message": "The second image has no face"}, 400))
    assert isinstance(outcome, Refused)
    assert outcome.failure.photo == 2


# ---------------------------------------------------------------- poll
@pytest.mark.parametrize(
    "document",
    [
        official("succeed", task_result=videos()),
        official("succeeded", task_result=videos()),
        official("SUCCEED", task_result={"videos": [{"url": f" {URL} "}, {"url": "https://second"}]}),
        {"code": "success", "data": {"status": "succeeded", "url": URL, "error": None}},
        {"code": "success", "data": {"status": "SUCCESS", "data": official("succeed", task_result=videos())}},
        {"task_id": TASK, "status": "completed", "url": URL, "error": None},
    ],
)
def test_done(document: object) -> None:
    """A finished video is found in every form."""
    assert classify_poll(response(document)) == Completed(URL)


@pytest.mark.parametrize(
    "document",
    [
        official("failed", task_status_msg="Failure to pass the risk control system"),
        {"code": "success", "data": {"status": "failed", "error": {"message": "risk control", "code": "x"}}},
        {"code": "success", "data": {"status": "failed", "error": {"message": "sorry", "code": 1301}}},
        {"code": "success", "data": {"status": "FAILED", "fail_reason": "risk control", "data": {}}},
        {"task_id": TASK, "status": "failed", "error": "content policy"},
    ],
)
def test_failed(document: object) -> None:
    """A failed task, which comes with HTTP 200 and a good code, tells its reason in every form."""
    outcome = classify_poll(response(document))
    assert isinstance(outcome, Failed)
    assert outcome.failure.kind is FailureKind.MODERATED


@pytest.mark.parametrize("word", ["submitted", "processing", "dreaming"])
def test_pending(word: str) -> None:
    """Any other word is a task being made."""
    assert classify_poll(response(official(word))) == Pending(word)


def test_the_nested_form_while_it_is_made() -> None:
    """A reseller's capitals are no other words."""
    outer = {"status": "PROCESSING", "progress": "50%", "fail_reason": "", "data": official("processing")}
    assert classify_poll(response({"code": "success", "data": outer})) == Pending("processing")


def test_a_giant_address_is_cut_short() -> None:
    """An address of megabytes is kept just long enough to be refused."""
    outcome = classify_poll(response(official("succeed", task_result=videos("https://x/" + "a" * 5_000_000))))
    assert isinstance(outcome, Completed)
    assert len(outcome.url) < 5000


def test_a_task_in_a_task_in_a_task() -> None:
    """Depth without end is not followed."""
    document: dict[str, Any] = official("succeed", task_result=videos())
    for _ in range(200):
        document = {"code": 0, "data": document}
    assert isinstance(classify_poll(response(document)), Unanswered)


# ---------------------------------------------------------------- find
def test_found_by_our_own_id() -> None:
    """A lost submit is adopted under the service's id, also if the response does not repeat ours."""
    info = {"external_task_id": "job-1.1"}
    assert classify_find(response(official("processing", task_info=info)), "job-1.1") == Found(TASK)
    assert classify_find(response(official("succeed")), "job-1.1") == Found(TASK)


def test_another_task_is_not_adopted() -> None:
    """An answer about another task is no answer."""
    info = {"external_task_id": "job-1.2"}
    assert isinstance(classify_find(response(official("processing", task_info=info)), "job-1.1"), Unanswered)


def test_an_answer_of_many_words_is_told_in_few() -> None:
    """However much stands in an answer that is none, one line of the log holds it."""
    outcome = classify_find(response({"code": 0, "data": ["word"] * 500}), "job-1.1")
    assert isinstance(outcome, Unanswered)
    assert len(outcome.detail) <= 200


def test_found_as_failed() -> None:
    """A task that the service broke may be sent again; one that the photos broke is adopted, to tell the person why."""
    broken = official("failed", task_status_msg="Server internal error")
    assert classify_find(response(broken), "job-1.1") == FoundFailed("Server internal error")
    faceless = official("failed", task_status_msg="No face is detected in the input image")
    assert classify_find(response(faceless), "job-1.1") == Found(TASK)


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"code": 1203, "message": "The requested resource does not exist"}, 404),
        ({"code": "1203", "message": "?"}, 404),
        ({"code": 1201, "message": "Task not found"}, 400),
        ({"code": 1200, "message": "the task does not exist"}, 400),
    ],
)
def test_absent(document: object, status: int) -> None:
    """The service's own word that there is no such task."""
    assert classify_find(response(document, status), "job-1.1") == Absent()


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"error": {"message": "not found"}}, 404),
        ({"code": 1002, "message": "Authorization is invalid"}, 401),
        ({"code": 5000, "message": "The task does not exist"}, 500),
        ({"code": 1201, "message": "invalid parameters"}, 400),
        ({}, 404),
    ],
)
def test_not_absent(document: object, status: int) -> None:
    """A wrong address, a wrong key or a broken service say nothing of a task."""
    assert isinstance(classify_find(response(document, status), "job-1.1"), Unanswered)


# ---------------------------------------------------------------- the account
def test_a_key_that_works() -> None:
    """The list of tasks is answered: the key works, and nobody knows what is left."""
    assert classify_balance(response({"code": 0, "data": []})) == Balance(None)
    assert classify_balance(response({"data": []})) == Balance(None)


@pytest.mark.parametrize(("code", "kind"), [(1002, "bad_key"), (1101, "out_of_credit"), (1304, "account")])
def test_a_key_that_does_not(code: int, kind: str) -> None:
    """Where the account is refused the operator learns why."""
    outcome = classify_balance(response({"code": code, "message": "no"}, 429))
    assert isinstance(outcome, Refused)
    assert outcome.failure.kind == kind


def test_a_page_that_is_no_answer() -> None:
    """A login page in front of the service is not taken for a working key."""
    assert isinstance(classify_balance(Response(200, {}, b"<html>")), Unanswered)
    assert isinstance(classify_balance(response({"code": 1303, "message": "later"}, 429)), Unanswered)
