"""What Kling POSTs when a task has a new status: only a hint which task to poll; nothing else of it is believed.

Kling sends `{"task_id", "task_status", "task_info": {"external_task_id"}, …}` without an envelope (Kling, "Callback
protocol"); an envelope is tolerated. For users of a reseller, callbacks are not signed.
"""

from __future__ import annotations

from video.services.http import Response
from video.services.kling.response import KlingResponse
from video.services.spec import CallbackHint


def read_callback(body: bytes) -> CallbackHint | None:
    """Return the task that a callback is about, None if it names none."""
    response = KlingResponse(Response(200, body=body))
    if response.task_id is None and response.external_task_id is None:
        return None
    return CallbackHint(response.task_id, response.external_task_id)
