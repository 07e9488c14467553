"""The HTTP connections to a video service: one way to submit, one way to ask. Nothing is ever repeated here."""

from __future__ import annotations

import asyncio
import json
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from video.services.streamed_body import StreamedBody


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a service is waited for, in seconds.

    Attributes:
        connect: until a connection stands.
        submit: between two pieces of a submit or its answer.
        submit_whole: a submit in all.
        question: a poll or another question in all.
    """

    connect: float = 10
    submit_idle: float = 120
    submit_total: float = 600
    get_total: float = 60


class ServiceClient:
    """Two clients: submits have a connection each, questions share theirs. None is opened before the first call."""

    def __init__(self, url: str, *, authorization: Callable[[], str], timeouts: Timeouts) -> None:
        """Prepare the clients.

        Args:
            url: where the service is, without the paths of calls.
            authorization: makes the header's value, anew for each request.
            patience: how long to wait.
        """
        self.url = url.rstrip("/")
        self._authorization = authorization
        self._patience = timeouts
        tls = httpx.create_ssl_context()
        # A kept connection that the service closes under a POST would leave the job in doubt.
        self._submits = self._client(tls, httpx.Limits(max_keepalive_connections=0), timeouts.submit_idle)
        self._questions = self._client(tls, httpx.Limits(max_connections=20), timeouts.get_total)

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

    async def post(
        self, path: str, body: StreamedBody, headers: Mapping[str, str] | None = None
    ) -> Response | Exception:
        """One POST, no redirect followed: the answer, or whatever came instead."""
        sent = {
            "Authorization": self._authorization(),
            "Content-Type": "application/json",
            "Content-Length": str(body.length),
            **(headers or {}),
        }
        answer: Response | None = None
        try:
            async with (
                asyncio.timeout(self._patience.submit_total),
                self._submits.stream("POST", self.url + path, headers=sent, content=body) as response,
            ):
                answer = await read_response(response)
        except Exception as error:  # noqa: BLE001 - whatever it was, the sorter decides: it may have been charged
            return answer or error
        return answer

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Response | Exception:
        """One GET, which costs nothing: the answer, or whatever came instead."""
        sent = {"Authorization": self._authorization()}
        try:
            async with (
                asyncio.timeout(self._patience.get_total),
                self._questions.stream("GET", self.url + path, params=query or {}, headers=sent) as response,
            ):
                return await read_response(response)
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


MAX_BODY_BYTES = 8 * 1024 * 1024
"""Bytes. An error may echo both photos, some 7 MB of Base64; more than this is not read."""
MAX_RETRY_AFTER_S = 3600.0
"""Seconds: the most that a Retry-After is believed."""


@dataclass(frozen=True)
class Response:
    """What came back.

    Attributes:
        status: of HTTP.
        headers: names in lower case, or a mapping that does not mind.
        body: bytes; less than all of it where it was cut short or too long.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def document(self) -> dict[str, Any]:
        """The JSON object in the body; empty where there is none."""
        try:
            document = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}

    def text(self) -> str:
        """The beginning of the body, whatever it is."""
        return self.body[:8000].decode(errors="replace")

    def retry_after(self, now: float) -> float | None:
        """Seconds that it asks to wait (RFC 9110, 10.2.3: a number or a date), at most an hour.

        `now` is a Unix time in seconds. None where it does not say, or says nonsense.
        """
        value = self.headers.get("retry-after", "").strip()
        if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value, re.ASCII):
            return min(float(value), MAX_RETRY_AFTER_S)
        try:
            date = parsedate_to_datetime(value)
            moment = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            return None
        return min(max(moment - now, 0.0), MAX_RETRY_AFTER_S)


async def read_response(response: httpx.Response) -> Response:
    """Read the body of a streamed response. A body cut short or too long is kept as far as it came."""
    body = bytearray()
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    with suppress(httpx.HTTPError, zlib.error):
        async for piece in response.aiter_raw():
            body += unpack(piece, MAX_BODY_BYTES - len(body))
            if len(body) >= MAX_BODY_BYTES:
                break
    return Response(response.status_code, response.headers, bytes(body))


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """What gives at most so many bytes of a piece, unpacked; nothing of what is packed in an unknown way, or twice."""
    match encoding.strip().lower():
        case "" | "identity":
            return lambda piece, most: piece[:most]
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(wbits=47).decompress  # 32 + 15: gzip or zlib, as the data says
        case _:
            return lambda *_: b""
