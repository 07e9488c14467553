"""A task in the vendor's form, in the forms of its resellers, and in callbacks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sandbox.kling.scenes import USD_PER_UNIT, units

if TYPE_CHECKING:
    from sandbox.kling.task import KlingTask


class ResponseShape(StrEnum):
    """The form of the responses about a task."""

    VENDOR = "vendor"
    """`{"code": 0, "data": {"task_id", "task_status", "task_result"}}`."""
    PLAIN = "plain"
    """`{"code": "success", "data": {"status": "succeeded", "url", "error"}}`."""
    NESTED = "nested"
    """`{"code": "success", "data": {"status": "SUCCESS", "fail_reason", "data": {the vendor's}}}`."""
    FLAT = "flat"
    """`{"task_id", "status": "completed", "url", "error"}`."""
    FAIL_REASON = "fail_reason"
    """`{"code": "success", "data": {"status": "SUCCESS", "fail_reason": the URL}}`, without the vendor's own."""
    OBJECT = "object"
    """`{"id", "object": "video", "status": "completed", "metadata": {"url"}}`."""
    CODED = "coded"
    """`{"code": 200, "data": {"task_id": a number, "status", "output": {"video_url"}}}`."""


_PLAIN_STATUS: Final = {"submitted": "queued", "succeed": "succeeded"}
_NESTED_STATUS: Final = {"submitted": "SUBMITTED", "processing": "PROCESSING", "succeed": "SUCCESS", "failed": "FAILED"}
_FLAT_STATUS: Final = {"succeed": "completed"}


def task_response(task: KlingTask, url: str, shape: ResponseShape, discount: float | None = None) -> dict[str, Any]:
    """Return the response to a query, in this form. `url` is where the video is or will be."""
    video_url = url if task.succeeded else None
    match shape:
        case ResponseShape.VENDOR:
            return envelope(task_fields(task, url, discount))
        case ResponseShape.PLAIN:
            error = {"message": task.error, "code": "task_failed"} if task.error else None
            status = _PLAIN_STATUS.get(task.status, task.status)
            return {"code": "success", "data": {"task_id": task.id, "status": status, "url": video_url, "error": error}}
        case ResponseShape.NESTED:
            fields = {"task_id": task.id, "status": _NESTED_STATUS.get(task.status, task.status), "progress": "50%"}
            fields |= {"fail_reason": task.error or ""}
            return {
                "code": "success",
                "message": "",
                "data": fields | {"data": envelope(task_fields(task, url, discount))},
            }
        case ResponseShape.FLAT:
            status = _FLAT_STATUS.get(task.status, task.status)
            refused = {"code": 400, "message": task.error} if task.error else None
            return {"task_id": task.id, "status": status, "url": video_url or "", "error": refused}
        case ResponseShape.FAIL_REASON:
            status = {"failed": "FAILURE"}.get(task.status) or _NESTED_STATUS.get(task.status, task.status)
            fields = {"task_id": task.id, "status": status, "progress": "100%" if task.done else "50%"}
            return {"code": "success", "data": fields | {"fail_reason": video_url or task.error or ""}}
        case ResponseShape.OBJECT:
            status = _PLAIN_STATUS.get(task.status, task.status)
            status = "completed" if task.succeeded else status
            error = {"message": task.error, "code": ""} if task.error else None
            return {"id": task.id, "object": "video", "status": status, "metadata": {"url": video_url}, "error": error}
        case ResponseShape.CODED:
            output = {"video_url": video_url} if video_url else {}
            coded = {"task_id": int(task.id), "status": task.status, "output": output, "reason": task.error}
            return {"code": 200, "msg": "success", "data": coded}


def envelope(data: Any) -> dict[str, Any]:
    """Return the vendor's envelope of a successful response."""
    return {"code": 0, "message": "SUCCEED", "request_id": str(uuid4()), "data": data}


def task_fields(task: KlingTask, url: str, discount: float | None = None) -> dict[str, Any]:
    """Return the task itself: the `data` of a response, and the body of a callback.

    `discount` is the part of the list price that is taken off if the account pays in money; None if it has units.
    """
    data: dict[str, Any] = {
        "task_id": task.id,
        "task_status": task.status,
        "task_status_msg": task.error or "",
        "task_info": {},
        "created_at": round(task.submission.at * 1000),
        "updated_at": round(task.updated_at * 1000),
    }
    if task.submission.client_request_id:
        data["task_info"] = {"external_task_id": task.submission.client_request_id}
    if task.succeeded:
        videos = [{"id": str(uuid4()), "url": url, "duration": f"{task.request.duration}.1"}]
        data["task_result"] = {"videos": videos}
        deducted = units(task.request.mode, task.request.duration)
        data["final_unit_deduction"] = f"{deducted:g}"
        if discount is not None:
            price = deducted * USD_PER_UNIT
            data["final_balance_deduction"] = {"quota": f"{price * (1 - discount):.4f}", "list_price": f"{price:.4f}"}
    return data
