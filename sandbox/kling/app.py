"""The service's addresses: effects, one by one and as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response

from sandbox.desk import question, submit
from sandbox.kling.codes import Refusal
from sandbox.kling.views import envelope, fields, view

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import Route

    from sandbox.kling.service import Kling
    from sandbox.kling.task import Task

PREFIX: Final = "/kling"
"""What a reseller puts before the vendor's paths."""
EFFECTS: Final = "/v1/videos/effects"


def routes(kling: Kling) -> list[Route]:
    """All but the videos: the vendor's paths as they are, and behind the reseller's prefix."""
    found = []
    for prefix in ("", PREFIX):
        found += [
            submit(kling, prefix + EFFECTS, EFFECTS),
            question(kling, prefix + EFFECTS, _list, EFFECTS),
            question(kling, f"{prefix}{EFFECTS}/{{task_id}}", _query, f"{EFFECTS}/*"),
        ]
    return found


async def _query(kling: Kling, request: Request) -> Response:
    task = kling.find(request.path_params["task_id"])
    if task is None:
        raise Refusal(1203, "The task does not exist")
    task.tick(kling.clock())
    return JSONResponse(shown(kling, task, request))


async def _list(kling: Kling, request: Request) -> Response:
    try:
        number = int(request.query_params.get("pageNum", "1"))
        size = int(request.query_params.get("pageSize", "30"))
    except ValueError as error:
        raise Refusal(1200) from error
    if not (1 <= number <= 1000 and 1 <= size <= 500):
        raise Refusal(1201, "pageNum or pageSize is out of range")
    newest = list(kling.jobs.values())[::-1][(number - 1) * size : number * size]
    return JSONResponse(envelope([fields(task, kling.address(task, request)) for task in newest]))


def shown(kling: Kling, task: Task, request: Request) -> dict[str, Any]:
    """A task as its owner sees it, in the shape that is set."""
    answer = view(task, kling.address(task, request), kling.shape)
    return answer | {"code": str(answer["code"])} if kling.codes_as_words and "code" in answer else answer
