"""What Kling POSTs when a task has a new status: a hint where to look, and nothing more is believed of it.

Kling sends `{"task_id", "task_status", "task_info": {"external_task_id"}, …}` without an envelope (Kling,
"Callback protocol"); an envelope is tolerated. Nobody signs it for users of a reseller.
"""

from __future__ import annotations

from dataclasses import dataclass

from video.services.http import Response
from video.services.kling.response import KlingResponse

MAX_CALLBACK_BYTES = 64 * 1024
"""Bytes of a callback; Kling's have about one thousand."""


@dataclass(frozen=True, slots=True)
class CallbackHint:
    """Which task has news, by the service's id, by ours, or both."""

    service_job_id: str | None
    client_request_id: str | None


def read_callback(body: bytes) -> CallbackHint | None:
    """The task that a callback is about; None where it names none."""
    reply = KlingResponse(Response(200, {}, body))
    if reply.task_id is None and reply.external_task_id is None:
        return None
    return CallbackHint(reply.task_id, reply.external_task_id)
