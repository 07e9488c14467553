"""Kling's own effects API, as Kling or a reseller (kkiai) serves it: HTTP in, outcomes out.

What answers mean is in `kling_outcomes.py`, which shapes they have in `kling_reply.py`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from video.services.classify import StrangeWords, tell_exception
from video.services.http import ServiceClient, Timeouts
from video.services.kling.body import SubmitBody
from video.services.kling.outcomes import (
    PENDING_STATUSES,
    classify_balance,
    classify_find,
    classify_poll,
    classify_submit,
)
from video.services.protocol import EffectRequest, Failure, FailureKind, Pending, Refused, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from video.effects.prices import Price
    from video.services.http import Response
    from video.services.kling.auth import KlingAuth
    from video.services.protocol import Balance, FindOutcome, PollOutcome, SubmitOutcome, SubmitRequest

PATH = "/v1/videos/effects"


class KlingService:
    """Kling as a `VideoService`. It opens no connection before the first call."""

    name = "kling"

    def __init__(
        self,
        auth: KlingAuth,
        *,
        url: str,
        callback_url: str | None = None,
        clock: Callable[[], float] = time.time,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Prepare the clients.

        Args:
            key: the operator's.
            url: where the API is: the part before `/v1/videos/effects`.
            callback_url: where Kling tells of each new status; None for nowhere.
            clock: Unix time in seconds.
            patience: how long to wait.
        """
        self._secrets = auth.secrets
        self._callback_url = callback_url
        self._clock = clock
        self._strange = StrangeWords("Kling", PENDING_STATUSES)
        self._connections = ServiceClient(
            url, authorization=lambda: auth.authorization(clock()), timeouts=timeouts or Timeouts()
        )

    def __repr__(self) -> str:
        return f"<Kling {self._connections.url}{PATH}>"

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()

    async def submit(self, request: SubmitRequest) -> SubmitOutcome:
        """Ask for a video: one POST, never repeated, no redirect followed. An animation is refused: none is offered."""
        if not isinstance(request.video, EffectRequest):
            return Refused(Failure(FailureKind.NOT_OFFERED, "Kling's effects know scenes only"))
        body = SubmitBody(request, request.video, self._callback_url)
        answer = await self._connections.post(PATH, body)
        return classify_submit(answer, self._secrets, now=self._clock(), begun=body.started)

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the task is doing."""
        answer = await self._ask(_task(service_job_id))
        if isinstance(answer, Unanswered):
            return answer
        outcome = classify_poll(answer, self._secrets, now=self._clock())
        if isinstance(outcome, Pending):
            self._strange.note(outcome.status)
        return outcome

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:  # noqa: ARG002 - not needed
        """Look for a submit whose answer was lost: our id stands where the task's id does."""
        answer = await self._ask(_task(client_request_id))
        if isinstance(answer, Unanswered):
            return answer
        return classify_find(answer, client_request_id, self._secrets, now=self._clock())

    async def balance(self) -> Balance | Refused | Unanswered:
        """Try the key, at no cost, with the list of tasks; Kling does not tell what is left."""
        answer = await self._ask(PATH, {"pageNum": "1", "pageSize": "1"})
        if isinstance(answer, Unanswered):
            return answer
        return classify_balance(answer, self._secrets, now=self._clock())

    async def prices(self) -> Mapping[str, Price]:
        """None: Kling's prices are on its pages only, a scene's each by itself."""
        return {}

    async def _ask(self, path: str, query: Mapping[str, str] | None = None) -> Response | Unanswered:
        """One GET: it costs nothing and may be repeated."""
        answer = await self._connections.get(path, query)
        return Unanswered(tell_exception(answer, *self._secrets)) if isinstance(answer, Exception) else answer


def _task(task_id: str) -> str:
    """The address of a task; its id is one part of the path, whatever it holds."""
    return f"{PATH}/{quote(task_id, safe='')}"
