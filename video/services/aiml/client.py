"""The video service AIML (api.aimlapi.com). What its responses mean is in `outcomes.py`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from video.services.aiml.body import SubmitBody
from video.services.aiml.logs import CLOCK_SKEW_S, MAX_PAGES, ROWS_PER_PAGE, classify_page, log_query
from video.services.aiml.outcomes import (
    classify_balance,
    classify_poll,
    classify_submit,
    describe,
    inference_id,
)
from video.services.aiml.prices import PRICE_QUERY, read_prices
from video.services.classify import log_unknown_status
from video.services.http import Response, ServiceClient, Timeouts, header_safe
from video.services.protocol import Absent, Accepted, Failure, FailureKind, InDoubt, Pending, Refused, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from video.effects.prices import Price
    from video.services.protocol import BalanceOutcome, FindOutcome, PollOutcome, SubmitOutcome, SubmitRequest


class AimlService:
    """AIML as a `VideoService`. It opens no connection before the first call."""

    name = "aiml"

    def __init__(
        self,
        key: str,
        *,
        url: str = "https://api.aimlapi.com",
        path: str = "/v2/video/generations",
        clock: Callable[[], float] = time.time,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Prepare the client.

        Args:
            key: the operator's API key.
            url: where the API is, without the paths of calls.
            path: of submits and polls; the older `/v2/generate/video/kling/generation` works too.
            clock: Unix time in seconds.
            timeouts: how long to wait.

        Raises:
            ValueError: the key holds characters that no HTTP header may carry.
        """
        key = header_safe(key, "AIML key")
        self._path = "/" + path.lstrip("/")
        self._client = ServiceClient(
            url, authorization=lambda: f"Bearer {key}", secrets=[key], clock=clock, timeouts=timeouts or Timeouts()
        )
        self.account = self._client.account

    def __repr__(self) -> str:
        return f"<AimlService {self._client.url}{self._path}>"

    @property
    def clock_skew(self) -> float | None:
        """How far the service's clock is ahead of ours, in seconds; None if no response has told it yet."""
        return self._client.clock_skew

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def submit(self, request: SubmitRequest) -> SubmitOutcome:
        """Ask for a video: one POST, never repeated, no redirect followed.

        If the response leaves open whether there is a job, and has its id in a header, ask for that job at once.
        """
        try:
            body = SubmitBody(request)
        except ValueError as error:
            return Refused(Failure(FailureKind.NOT_OFFERED, str(error)))
        headers = {"X-Client-Request-Id": request.client_request_id}
        response = await self._client.post(self._path, body, headers)
        if not isinstance(response, Response):
            return response
        outcome = classify_submit(response)
        if isinstance(outcome, InDoubt) and (service_job_id := inference_id(response)) is not None:
            known = await self.poll(service_job_id)
            return outcome if isinstance(known, Unanswered) else Accepted(service_job_id)
        return outcome

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the job is doing."""
        response = await self._client.get(self._path, {"generation_id": service_job_id})
        outcome = classify_poll(response) if isinstance(response, Response) else response
        if isinstance(outcome, Pending) and not outcome.known:
            log_unknown_status("AIML", outcome.status)
        return outcome

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:
        """Look through AIML's log for a submit whose response was lost."""
        skew = self.clock_skew or 0.0
        outcome = await self._find(client_request_id, submitted_at=submitted_at + skew)
        if not isinstance(outcome, Absent) or abs((self.clock_skew or 0.0) - skew) < CLOCK_SKEW_S / 2:
            return outcome
        return await self._find(client_request_id, submitted_at=submitted_at + (self.clock_skew or 0.0))

    async def _find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:
        """Look through the log. `submitted_at` is by AIML's clock."""
        now = self._client.service_time()
        for page in range(MAX_PAGES):
            query = log_query(submitted_at=submitted_at, now=now, offset=page * ROWS_PER_PAGE)
            response = await self._client.get("/v2/logs", query)
            if isinstance(response, Unanswered):
                return response
            outcome = classify_page(response, client_request_id)
            if outcome is not None:
                return outcome
        return Unanswered(f"not in the first {MAX_PAGES * ROWS_PER_PAGE} rows of the log")

    async def balance(self) -> BalanceOutcome:
        """Ask what is left on the account."""
        response = await self._client.get("/v2/billing")
        return classify_balance(response) if isinstance(response, Response) else response

    async def prices(self) -> Mapping[str, Price] | Unanswered:
        """Ask what our models cost."""
        response = await self._client.get("/v1/models", PRICE_QUERY)
        if isinstance(response, Unanswered):
            return response
        if not response.is_success:
            return Unanswered(describe(response), response.retry_after)
        return read_prices(response)
