"""The HTTP connections to a video service: one way to submit, one way to ask. Nothing is ever repeated here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from video.answer import Answer, read_answer

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from video.streamed_body import StreamedBody


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a service is waited for, in seconds.

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


class Connections:
    """Two clients: submits have a connection each, questions share theirs. None is opened before the first call."""

    def __init__(self, url: str, *, authorization: Callable[[], str], patience: Patience) -> None:
        """Prepare the clients.

        Args:
            url: where the service is, without the paths of calls.
            authorization: makes the header's value, anew for each request.
            patience: how long to wait.
        """
        self.url = url.rstrip("/")
        self._authorization = authorization
        self._patience = patience
        tls = httpx.create_ssl_context()
        # A kept connection that the service closes under a POST would leave the job in doubt.
        self._submits = self._client(tls, httpx.Limits(max_keepalive_connections=0), patience.submit)
        self._questions = self._client(tls, httpx.Limits(max_connections=20), patience.question)

    def _client(self, tls: ssl.SSLContext, limits: httpx.Limits, seconds: float) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=tls,
            limits=limits,
            timeout=httpx.Timeout(seconds, connect=self._patience.connect),
            follow_redirects=False,
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "identity",  # no small answer that unpacks into a huge one
                "User-Agent": "kling-effects-bot",
            },
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._submits.aclose()
        await self._questions.aclose()

    async def post(self, path: str, body: StreamedBody, headers: Mapping[str, str] | None = None) -> Answer | Exception:
        """One POST, no redirect followed: the answer, or whatever came instead."""
        sent = {
            "Authorization": self._authorization(),
            "Content-Type": "application/json",
            "Content-Length": str(body.length),
            **(headers or {}),
        }
        answer: Answer | None = None
        try:
            async with (
                asyncio.timeout(self._patience.submit_whole),
                self._submits.stream("POST", self.url + path, headers=sent, content=body) as response,
            ):
                answer = await read_answer(response)
        except Exception as error:  # noqa: BLE001 - whatever it was, the sorter decides: it may have been charged
            return answer or error
        return answer

    async def ask(self, path: str, query: Mapping[str, str] | None = None) -> Answer | Exception:
        """One GET, which costs nothing: the answer, or whatever came instead."""
        sent = {"Authorization": self._authorization()}
        try:
            async with (
                asyncio.timeout(self._patience.question),
                self._questions.stream("GET", self.url + path, params=query or {}, headers=sent) as response,
            ):
                return await read_answer(response)
        except Exception as error:  # noqa: BLE001 - a question that failed is asked again, whatever it was
            return error


def header_safe(key: str, name: str) -> str:
    """The key without spaces around it.

    Raises:
        ValueError: it holds characters that no HTTP header may carry.
    """
    key = key.strip()
    if not key or not key.isascii() or not key.isprintable():
        raise ValueError(f"the {name} must be printable ASCII")
    return key
