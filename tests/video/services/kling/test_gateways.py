"""What resellers' gateways answer: their own words, and Kling's answer inside of theirs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.kling import KlingRefusal
from sandbox.kling.codes import wrapped_in_message
from video.services.http import Response
from video.services.kling.callback import read_callback
from video.services.kling.outcomes import classify_costs, classify_find, classify_poll, classify_submit
from video.services.protocol import (
    Absent,
    Accepted,
    Balance,
    Completed,
    Failed,
    FailureKind,
    InDoubt,
    Refused,
    Unanswered,
)
from video.services.spec import CallbackHint

KLINGS_BUSY = '{"code":1303,"message":"parallel task over resource pack limit","request_id":"r"}'


def response(document: object, status: int = 200) -> Response:
    """Return a response with this JSON."""
    return Response(status, {}, json.dumps(document).encode())


def wrapped(code: int, message: str = "", **options: Any) -> tuple[object, int]:
    """Return Kling's refusal in a gateway's, and its HTTP status."""
    fault = wrapped_in_message(KlingRefusal(code, message), **options)
    return fault.json, fault.status


@pytest.mark.parametrize(
    ("document", "status", "kind", "retryable"),
    [
        (*wrapped(1303), FailureKind.BUSY, True),
        (*wrapped(1302), FailureKind.BUSY, True),
        (*wrapped(1303, status=400), FailureKind.BUSY, True),
        (*wrapped(1303, status=200), FailureKind.BUSY, True),
        (*wrapped(1102), FailureKind.OUT_OF_CREDIT, False),
        (*wrapped(1100), FailureKind.ACCOUNT, False),
        (*wrapped(1304), FailureKind.ACCOUNT, False),
        (*wrapped(1300), FailureKind.MODERATED, False),
        (*wrapped(1301), FailureKind.MODERATED, False),
        (*wrapped(1201, "effect_scene value 'x' is invalid"), FailureKind.RETIRED, False),
        (*wrapped(1201, "Image pixel is invalid"), FailureKind.PHOTO_SIZE, False),
        (*wrapped(1303, word="insufficient_user_quota"), FailureKind.BUSY, True),
        ({"code": "bad_response", "message": f"status code 429: {KLINGS_BUSY} (request id: 1)"}, 429, "busy", True),
        ({"error": {"message": KLINGS_BUSY, "type": "upstream_error", "code": "x"}}, 429, "busy", True),
        ({"code": "x", "message": json.dumps({"error": {"message": KLINGS_BUSY}})}, 403, "busy", True),
        ({"code": "x", "message": json.dumps(KLINGS_BUSY)}, 429, "busy", True),
        ({"message": "parallel task over resource pack limit"}, 429, "busy", True),
        ({"code": "upstream_load_saturated", "message": "当前分组上游负载已饱和，请稍后再试"}, 403, "busy", True),
        ({"code": "x", "message": '{"code":"upstream_load_saturated","message":"…"}'}, 403, "busy", True),
        ({"code": "x", "message": "任务并发数超过资源包限制"}, 429, "busy", True),
        ({"error": {"message": "Quota exceeded: 60 requests per minute"}}, 429, "busy", True),
        ({"code": "insufficient_user_quota", "message": "用户额度不足"}, 403, "out_of_credit", False),
        ({"code": "quota_not_enough", "message": "quota is not enough"}, 403, "out_of_credit", False),
        ({"error": {"message": "该令牌额度已用尽", "type": "new_api_error"}}, 401, "out_of_credit", False),
        ({"error": {"message": "账户余额不足，请充值"}}, 429, "out_of_credit", False),
        ({"error": {"message": "无效的令牌", "type": "new_api_error"}}, 401, "bad_key", False),
        (
            {"error": {"code": "model_not_found", "message": "分组 default 下模型 kling 无可用渠道"}},
            503,
            "misconfigured",
            False,
        ),
        (
            {"error": {"message": "No available channel for model kling under group default"}},
            503,
            "misconfigured",
            False,
        ),
        ({"error": {"message": "触发平台策略"}}, 400, "moderated", False),
        ({"error": {"message": "未检测到人脸"}}, 400, "no_face", False),
        ({"error": {"message": "图片尺寸不符合要求"}}, 400, "photo_size", False),
        ({"error": {"message": "不支持的图片格式"}}, 400, "photo_unreadable", False),
    ],
)
def test_row_54_refusals_of_gateways(document: object, status: int, kind: str, retryable: bool) -> None:  # noqa: FBT001
    """A full slot that a gateway wraps is waited for, an empty account is told: the innermost code decides."""
    outcome = classify_submit(response(document, status))
    assert isinstance(outcome, Refused), outcome
    assert (outcome.failure.kind, outcome.retryable) == (kind, retryable)


@pytest.mark.parametrize(
    ("document", "status"),
    [
        wrapped(5000),
        wrapped(5002),
        wrapped(5002, status=400),
        wrapped(1201, "external_task_id already exists"),
        ({"code": "do_request_failed", "message": "context deadline exceeded"}, 500),
        ({"error": {"message": "x", "code": "internal_server_error"}}, 500),
    ],
)
def test_row_54_what_gateways_leave_open(document: object, status: int) -> None:
    """What the service behind a gateway may have taken is looked for, not sent again."""
    assert isinstance(classify_submit(response(document, status)), InDoubt)


@pytest.mark.parametrize(
    ("document", "task_id"),
    [
        ({"code": 200, "msg": "success", "data": {"task_id": 815336894036197446, "status": "submitted"}}, None),
        ({"code": "200", "data": {"task_id": "815336894036197446"}}, None),
        ({"code": 0, "data": {"task_id": 815336894036197446}}, None),
        ({"id": "t", "object": "video", "status": "queued"}, "t"),
        ({"code": 1, "msg": "提交成功", "data": {"taskId": "t"}}, "t"),
        ({"code": "success", "data": {"id": "t", "status": "queued"}}, "t"),
        ({"code": 0, "data": {"id": "t"}}, "t"),
        ({"code": 0, "data": [{"task_id": "t", "task_status": "submitted"}]}, "t"),
        ({"code": "success", "data": '{"task_id": "t", "task_status": "submitted"}'}, "t"),
        (
            {
                "task_id": "t",
                "status": "failed",
                "url": "",
                "error": {"code": 400, "message": "Image pixel is invalid"},
            },
            "t",
        ),
    ],
)
def test_row_54_accepted_in_other_forms(document: object, task_id: str | None) -> None:
    """A job whose id is a number, or whose code is 200, is made and not left in doubt."""
    assert classify_submit(response(document)) == Accepted(task_id or "815336894036197446")


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (
            {
                "task_id": "a",
                "status": "failed",
                "url": "",
                "error": {"code": 400, "message": "Image pixel is invalid"},
            },
            "photo_size",
        ),
        ({"task_id": "a", "status": "failed", "error": {"code": 1301, "message": "no"}}, "moderated"),
        ({"code": 500, "task_id": "a", "status": "failed", "error": "图片中未检测到人脸"}, "no_face"),
        ({"code": "success", "data": {"status": "FAILURE", "fail_reason": "内容审核不通过"}}, "moderated"),
        ({"code": "success", "data": {"status": "FAILURE", "fail_reason": '{"code":1301,"message":"x"}'}}, "moderated"),
        (
            {
                "code": "success",
                "data": {
                    "status": "FAILURE",
                    "fail_reason": "任务超时",
                    "data": {"data": {"task_status": "processing"}},
                },
            },
            "timed_out",
        ),
        ({"id": "t", "object": "video", "status": "failed", "error": {"message": "risk control"}}, "moderated"),
        ({"task": {"id": "t", "state": "TASK_STATUS_FAILED", "message": "two people are required"}}, "no_face"),
        ({"status": "failed", "error": {"code": 400, "message": "Image pixel is invalid"}}, "photo_size"),
    ],
)
def test_row_54_tasks_that_failed(document: object, kind: str) -> None:
    """A failed task is told at once and for its reason, whatever a code beside it looks like."""
    outcome = classify_poll(response(document))
    assert isinstance(outcome, Failed), outcome
    assert outcome.failure.kind == kind


def test_row_54_the_address_in_fail_reason() -> None:
    """In one family of gateways the video's address stands where the reason of a failure would."""
    url = "https://cdn.example.com/v.mp4"
    document = {"code": "success", "data": {"status": "SUCCESS", "progress": "100%", "fail_reason": url}}
    assert classify_poll(response(document)) == Completed(url)


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"code": "task_not_exist", "message": "task_not_exist", "data": None}, 400),
        ({"error": {"code": "task_not_exist", "message": "x"}}, 404),
        wrapped(1203),
    ],
)
def test_row_54_absent(document: object, status: int) -> None:
    """A gateway's own word that there is no such task counts as the service's."""
    assert classify_find(response(document, status), "job-1.1") == Absent()


@pytest.mark.parametrize(
    "document",
    [
        {"id": "t", "status": "succeeded", "external_id": "job-1.1"},
        {"task_id": "t", "task_status": "succeed", "task_info": {"external_task_id": "job-1.1"}},
        {"data": {"id": "t", "status": "succeeded", "external_id": "job-1.1"}},
    ],
)
def test_row_54_callbacks_of_both_designs(document: object) -> None:
    """A callback is understood in Kling's older form and in its newer one: the video comes without waiting."""
    assert read_callback(json.dumps(document).encode()) == CallbackHint("t", "job-1.1")


def pack(left: object, status: str = "online") -> dict[str, object]:
    """Return a resource pack as Kling lists it."""
    return {"total_quantity": 1000, "remaining_quantity": left, "status": status}


@pytest.mark.parametrize(
    ("packs", "usd", "units"),
    [
        ([pack(100.0)], 14.0, 100.0),
        ([pack("2.5"), pack(1)], 0.49, 3.5),
        ([pack(100, "expired"), pack(1, "Online"), pack(50, "toBeOnline")], 0.14, 1.0),
        ([pack(0, "runOut")], 0.0, 0.0),
        ([pack(None)], 0.0, 0.0),
    ],
)
def test_row_54_what_is_left_in_the_packs(packs: list[dict[str, object]], usd: float, units: float) -> None:
    """The operator reads what is left in the packs that count, in units and by Kling's list price."""
    document = {"code": 0, "data": {"code": 0, "resource_pack_subscribe_infos": packs}}
    assert classify_costs(response(document)) == Balance(usd, units)


@pytest.mark.parametrize(
    ("document", "status"),
    [({}, 404), ({"error": {"message": "Invalid URL"}}, 404), ({"error": {"message": "x"}}, 500), ({"code": 0}, 200)],
)
def test_row_54_a_reseller_does_not_tell_what_is_left(document: object, status: int) -> None:
    """A reseller that knows no packs says nothing about the key; it is tried in another way."""
    assert classify_costs(response(document, status)) is None


def test_row_54_a_poll_that_is_refused_says_nothing_of_the_task() -> None:
    """A query that a full gateway refuses is made again: the task goes on."""
    for document in (wrapped(1302)[0], {"status": "error", "message": "x", "code": 429}, {"error": {"message": "x"}}):
        assert isinstance(classify_poll(response(document)), Unanswered)


@pytest.mark.parametrize(
    ("fields", "usd", "by_list"),
    [
        ({"final_unit_deduction": "2"}, 0.28, True),
        ({"final_unit_deduction": 3.5}, 0.49, True),
        (
            {"final_unit_deduction": "2", "final_balance_deduction": {"quota": "0.21", "list_price": "0.28"}},
            0.21,
            False,
        ),
        ({"final_balance_deduction": {"list_price": 0.28}}, 0.28, False),
        ({"final_unit_deduction": "many"}, None, False),
        ({"final_unit_deduction": "1e9"}, None, False),
        ({"final_unit_deduction": "-1", "final_balance_deduction": {"quota": None}}, None, False),
        ({"final_unit_deduction": "nan", "final_balance_deduction": []}, None, False),
    ],
)
def test_row_54_what_a_video_cost(fields: dict[str, Any], usd: float | None, by_list: bool) -> None:  # noqa: FBT001
    """The operator reads what Kling took for each video: money, or units at their list price."""
    task = {"task_id": "1", "task_status": "succeed", "task_result": {"videos": [{"url": "https://x/v.mp4"}]}, **fields}
    outcome = classify_poll(response({"code": 0, "data": task}))
    assert isinstance(outcome, Completed)
    assert (outcome.usd, outcome.by_list) == (usd, by_list)
