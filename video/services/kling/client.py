"""Kling's own effects API, as Kling or a reseller (kkiai) serves it.

What its responses mean is in `outcomes.py`, which forms they have in `response.py`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from video.services.classify import log_unknown_status
from video.services.http import Response, ServiceClient, Timeouts
from video.services.kling.body import SubmitBody, takes_duration
from video.services.kling.outcomes import (
    classify_balance,
    classify_costs,
    classify_find,
    classify_poll,
    classify_submit,
)
from video.services.protocol import EffectRequest, Failure, FailureKind, Pending, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from video.effects.prices import Price
    from video.services.kling.auth import KlingAuth
    from video.services.protocol import BalanceOutcome, FindOutcome, PollOutcome, SubmitOutcome, SubmitRequest

PATH = "/v1/videos/effects"
COSTS_PATH = "/account/costs"
"""Of the host, without the version."""
_COSTS_PERIOD_S = 400 * 86_400.0  # packs that were bought before are over


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
        """Prepare the client.

        Args:
            auth: the operator's key.
            url: where the API is: the part before `/v1/videos/effects`.
            callback_url: where Kling is to POST each new status; None for no callbacks.
            clock: Unix time in seconds.
            timeouts: how long to wait.
        """
        self._callback_url = callback_url
        self._with_duration = takes_duration(url)
        self._client = ServiceClient(
            url,
            authorization=lambda: auth.authorization(self._client.service_time()),
            secrets=auth.secrets,
            clock=clock,
            timeouts=timeouts or Timeouts(),
        )
        self.account = self._client.account

    def __repr__(self) -> str:
        return f"<KlingService {self._client.url}{PATH}>"

    @property
    def clock_skew(self) -> float | None:
        """How far the service's clock is ahead of ours, in seconds; None if no response has told it yet."""
        return self._client.clock_skew

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def submit(self, request: SubmitRequest) -> SubmitOutcome:
        """Ask for a video: one POST, never repeated, no redirect followed. Refuse image-to-video: it isn't offered."""
        if not isinstance(request.video, EffectRequest):
            return Refused(Failure(FailureKind.NOT_OFFERED, "Kling's effects know scenes only"))
        response = await self._client.post(PATH, self.body_of(request, request.video))
        return classify_submit(response) if isinstance(response, Response) else response

    def body_of(self, request: SubmitRequest, effect: EffectRequest) -> SubmitBody:
        """Return the body of a submit, as the host takes it."""
        return SubmitBody(request, effect, callback_url=self._callback_url, with_duration=self._with_duration)

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the task is doing."""
        response = await self._client.get(_task_path(service_job_id))
        outcome = classify_poll(response) if isinstance(response, Response) else response
        if isinstance(outcome, Pending) and not outcome.known:
            log_unknown_status("Kling", outcome.status)
        return outcome

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:  # noqa: ARG002 - not needed
        """Look for a submit whose response was lost: Kling takes our id in place of the task's."""
        response = await self._client.get(_task_path(client_request_id))
        return classify_find(response, client_request_id) if isinstance(response, Response) else response

    async def balance(self) -> BalanceOutcome:
        """Ask what is left in the account's resource packs, else try the key with the list of tasks. Both are free.

        Resellers have no packs to tell of. Kling itself tells of them up to 12 hours late.
        """
        now = self._client.service_time()
        period = {"start_time": now - _COSTS_PERIOD_S, "end_time": now}
        response = await self._client.get(COSTS_PATH, {name: str(int(time * 1000)) for name, time in period.items()})
        costs = classify_costs(response) if isinstance(response, Response) else response
        if costs is not None:
            return costs
        response = await self._client.get(PATH, {"pageNum": "1", "pageSize": "1"})
        return classify_balance(response) if isinstance(response, Response) else response

    async def prices(self) -> Mapping[str, Price]:
        """Return no prices: Kling has them on its pages only, one for each scene."""
        return {}


def _task_path(task_id: str) -> str:
    """Return the path of a task. Its id is one segment of it, whatever characters it has."""
    return f"{PATH}/{quote(task_id, safe='')}"
