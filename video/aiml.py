"""The video service AIML (api.aimlapi.com): HTTP in, outcomes out. What answers mean is in `aiml_outcomes.py`."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from video.aiml_body import SubmitBody
from video.aiml_log import PAGES, ROWS, log_query, read_page
from video.aiml_outcomes import PENDING, sort_balance, sort_poll, sort_submit, tell
from video.answer import Answer, read_answer
from video.service import Pending, Unanswered

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from video.service import Balance, FindOutcome, Order, PollOutcome, Refused, SubmitOutcome

_log = logging.getLogger(__name__)
_MOST_WORDS = 50  # unknown status words remembered


@dataclass(frozen=True, slots=True)
class Patience:
    """How long AIML is waited for, in seconds.

    Attributes:
        connect: until a connection stands.
        submit: between two pieces of a submit or its answer.
        submit_whole: a submit in all.
        question: a poll or another question in all.
    """

    connect: float = 10
    submit: float = 120
    submit_whole: float = 600
    question: float = 60


class Aiml:
    """AIML as a `VideoService`. It opens no connection before the first call."""

    name = "aiml"

    def __init__(
        self,
        key: str,
        *,
        url: str = "https://api.aimlapi.com",
        path: str = "/v2/video/generations",
        clock: Callable[[], float] = time.time,
        patience: Patience | None = None,
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
        self._key = key.strip()
        if not self._key or not self._key.isascii() or not self._key.isprintable():
            raise ValueError("the AIML key must be printable ASCII")
        self._url = url.rstrip("/")
        self._path = "/" + path.lstrip("/")
        self._clock = clock
        self._patience = patience or Patience()
        self._unknown: set[str] = set()
        tls = httpx.create_ssl_context()
        # A kept connection that the service closes under a POST would leave the job in doubt.
        self._submits = self._client(tls, httpx.Limits(max_keepalive_connections=0), self._patience.submit)
        self._questions = self._client(tls, httpx.Limits(max_connections=20), self._patience.question)

    def __repr__(self) -> str:
        return f"<Aiml {self._url}{self._path}>"

    def _client(self, tls: ssl.SSLContext, limits: httpx.Limits, seconds: float) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=tls,
            limits=limits,
            timeout=httpx.Timeout(seconds, connect=self._patience.connect),
            follow_redirects=False,
            headers={
                "Authorization": f"Bearer {self._key}",
                "Accept": "application/json",
                "Accept-Encoding": "identity",  # no small answer that unpacks into a huge one
                "User-Agent": "kling-effects-bot",
            },
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._submits.aclose()
        await self._questions.aclose()

    async def submit(self, order: Order) -> SubmitOutcome:
        """Ask for a video: one POST, never repeated, no redirect followed."""
        body = SubmitBody(order)
        answer = await self._post(order, body)
        return sort_submit(answer, secret=self._key, now=self._clock(), begun=body.begun)

    async def _post(self, order: Order, body: SubmitBody) -> Answer | Exception:
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(body.length),
            "X-Client-Request-Id": order.client_request_id,
        }
        answer: Answer | None = None
        try:
            async with (
                asyncio.timeout(self._patience.submit_whole),
                self._submits.stream("POST", self._url + self._path, headers=headers, content=body) as response,
            ):
                answer = await read_answer(response)
        except Exception as error:  # noqa: BLE001 - whatever it was, the sorter decides: it may have been charged
            return answer or error
        return answer

    async def poll(self, service_job_id: str) -> PollOutcome:
        """Ask how the job is doing."""
        answer = await self._ask(self._path, {"generation_id": service_job_id})
        if isinstance(answer, Unanswered):
            return answer
        outcome = sort_poll(answer, secret=self._key, now=self._clock())
        if isinstance(outcome, Pending):
            self._note(outcome.status)
        return outcome

    async def find(self, client_request_id: str, *, submitted_at: float) -> FindOutcome:
        """Look through AIML's log for a submit whose answer was lost."""
        now = self._clock()
        for page in range(PAGES):
            answer = await self._ask("/v2/logs", log_query(submitted_at=submitted_at, now=now, offset=page * ROWS))
            if isinstance(answer, Unanswered):
                return answer
            outcome = read_page(answer, client_request_id, secret=self._key, now=now)
            if outcome is not None:
                return outcome
        return Unanswered(f"not in the first {PAGES * ROWS} rows of the log")

    async def balance(self) -> Balance | Refused | Unanswered:
        """Ask what is left on the account."""
        answer = await self._ask("/v2/billing", {})
        if isinstance(answer, Unanswered):
            return answer
        return sort_balance(answer, secret=self._key, now=self._clock())

    async def _ask(self, path: str, query: Mapping[str, str]) -> Answer | Unanswered:
        """One GET: it costs nothing and may be repeated."""
        try:
            async with (
                asyncio.timeout(self._patience.question),
                self._questions.stream("GET", self._url + path, params=query) as response,
            ):
                return await read_answer(response)
        except Exception as error:  # noqa: BLE001 - a question that failed is asked again, whatever it was
            return Unanswered(tell(error, self._key))

    def _note(self, status: str) -> None:
        """Log a status that is in no document of AIML's, once."""
        if status not in PENDING and status not in self._unknown and len(self._unknown) < _MOST_WORDS:
            self._unknown.add(status)
            _log.warning("AIML answers with an unknown status, taken as pending: %s", status)
