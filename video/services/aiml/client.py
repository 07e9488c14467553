"""The video service AIML (api.aimlapi.com): HTTP in, outcomes out. What answers mean is in `aiml_outcomes.py`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from video.services.aiml.body import SubmitBody
from video.services.aiml.logs import MAX_PAGES, ROWS_PER_PAGE, classify_page, log_query
from video.services.aiml.outcomes import PENDING_STATUSES, classify_balance, classify_poll, classify_submit, describe
from video.services.aiml.prices import PRICE_QUERY, read_prices
from video.services.classify import StrangeWords, tell_exception
from video.services.http import ServiceClient, Timeouts, header_safe
from video.services.protocol import Failure, FailureKind, Pending, Refused, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from video.effects.prices import Price
    from video.services.http import Response
    from video.services.protocol import Balance, FindOutcome, PollOutcome, SubmitOutcome, SubmitRequest


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
        """Prepare the clients.

        Args:
            key: the operator's API key.
            url: where the API is, without a path of its own calls.
            path: of submits and polls; the older `/v2/generate/video/kling/generation` works too.
            clock: Unix time in seconds.
            patience: how long to wait.

        Raises:
            ValueError: the key holds characters that no HTTP header may carry.
        """
        self._key = header_safe(key, "AIML key")
        self._path = "/" + path.lstrip("/")
        self._clock = clock
        self._strange = StrangeWords("AIML", PENDING_STATUSES)
        self._connections = ServiceClient(
            url, authorization=lambda: f"Bearer {self._key}", timeouts=timeouts or Timeouts()
        )

    def __repr__(self) -> str:
        return f"<Aiml {self._connections.url}{self._path}>"

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.aclose()

    async def submit(self, request: SubmitRequest) -> SubmitOutcome:
        """Ask for a video: one POST, never repeated, no redirect followed."""
        try:
            body = SubmitBody(request)
        except ValueError as error:
            return Refused(Failure(FailureKind.NOT_OFFERED, str(error)))
        headers = {"X-Client-Request-Id": request.client_request_id}
        answer = await self._connections.post(self._path, body, headers)
        return classify_submit(answer, secret=self._key, now=self._clock(), begun=body.started)

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the job is doing."""
        answer = await self._ask(self._path, {"generation_id": service_job_id})
        if isinstance(answer, Unanswered):
            return answer
        outcome = classify_poll(answer, secret=self._key, now=self._clock())
        if isinstance(outcome, Pending):
            self._strange.note(outcome.status)
        return outcome

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:
        """Look through AIML's log for a submit whose answer was lost."""
        now = self._clock()
        for page in range(MAX_PAGES):
            answer = await self._ask(
                "/v2/logs", log_query(submitted_at=submitted_at, now=now, offset=page * ROWS_PER_PAGE)
            )
            if isinstance(answer, Unanswered):
                return answer
            outcome = classify_page(answer, client_request_id, secret=self._key, now=now)
            if outcome is not None:
                return outcome
        return Unanswered(f"not in the first {MAX_PAGES * ROWS_PER_PAGE} rows of the log")

    async def balance(self) -> Balance | Refused | Unanswered:
        """Ask what is left on the account."""
        answer = await self._ask("/v2/billing", {})
        if isinstance(answer, Unanswered):
            return answer
        return classify_balance(answer, secret=self._key, now=self._clock())

    async def prices(self) -> Mapping[str, Price] | Unanswered:
        """Ask what our models cost."""
        answer = await self._ask("/v1/models", PRICE_QUERY)
        if isinstance(answer, Unanswered):
            return answer
        if not 200 <= answer.status < 300:
            return Unanswered(describe(answer, self._key), answer.retry_after(self._clock()))
        return read_prices(answer)

    async def _ask(self, path: str, query: Mapping[str, str]) -> Response | Unanswered:
        """One GET: it costs nothing and may be repeated."""
        answer = await self._connections.get(path, query)
        return Unanswered(tell_exception(answer, self._key)) if isinstance(answer, Exception) else answer
