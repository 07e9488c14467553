"""HTTP to a video service: one way to submit, one way to ask. No request is ever repeated here.

This is the boundary behind which the operator's key is unknown. Whatever the service echoes of it is replaced as the
response is read, and exceptions become outcomes here, so nothing above has to redact anything.
"""

from __future__ import annotations

import asyncio
import hashlib
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

from video.services.embedded_json import spell_out
from video.services.protocol import InDoubt, NotSent, Unanswered
from video.services.redact import Redactor, log_line

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Mapping

    from video.services.streamed_body import StreamedBody

MAX_BODY_BYTES = 8 * 1024 * 1024
"""What is read of a body at most. An error may echo both photos, about 7 MB of Base64."""
MAX_RETRY_AFTER_S = 3600.0
"""A longer Retry-After is cut to this."""
CLOCK_RESOLUTION_S = 1.0
"""A date in a header has whole seconds."""
NEVER_CONNECTED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
    httpx.InvalidURL,
)
"""Exceptions that come before a request is sent."""

_NO_REDACTION = Redactor()
_MAX_TEXT_LENGTH = 8000  # characters of a body that is no JSON


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for a service, in seconds.

    Attributes:
        connect: until a connection is made.
        submit_idle: between two chunks of a submit's body, or of its response.
        submit_total: for a whole submit.
        get_total: for a whole GET.
    """

    connect: float = 10
    submit_idle: float = 120
    submit_total: float = 600
    get_total: float = 60


@dataclass(frozen=True)
class Response:
    """An HTTP response.

    Attributes:
        status: HTTP's status code.
        headers: a mapping whose names are in lower case, or one that ignores case.
        body: the bytes as they came, keys included; not all of them if it was cut short or too long.
        received_at: Unix time in seconds.
        redactor: takes the operator's key out of `document` and `text`.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    received_at: float = 0.0
    redactor: Redactor = field(default=_NO_REDACTION, repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    @cached_property
    def document(self) -> dict[str, Any]:
        """The JSON object in the body, without the operator's key, also in embedded JSON; empty if there is none."""
        try:
            document = self.redactor.json(spell_out(json.loads(self.body)))
        except (ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}

    @property
    def text(self) -> str:
        """The beginning of the body, whatever it is, without the operator's key."""
        text = self.body[: 2 * _MAX_TEXT_LENGTH].decode(errors="replace")
        return self.redactor.text(text)[:_MAX_TEXT_LENGTH]  # a key that lies across the cut was replaced whole

    @cached_property
    def retry_after(self) -> float | None:
        """Seconds that the service asks to wait (RFC 9110, 10.2.3: a number or a date), at most an hour.

        None if it does not say, or says nonsense.
        """
        value = self.headers.get("retry-after", "").strip()
        if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value, re.ASCII):
            return min(float(value), MAX_RETRY_AFTER_S)
        moment, sent_at = parse_date(value), parse_date(self.headers.get("date", ""))
        if moment is None:
            return None
        return min(max(moment - (self.received_at if sent_at is None else sent_at), 0.0), MAX_RETRY_AFTER_S)


def parse_date(value: str) -> float | None:
    """Return the Unix time of a date in a header, None if it is none."""
    try:
        date = parsedate_to_datetime(value)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None


def _digest(url: str, secrets: Iterable[str]) -> str:
    """Return what tells one account from another, and nothing about the key."""
    return hashlib.sha256("\0".join((url, *secrets)).encode()).hexdigest()[:16]


class ServiceClient:
    """Two httpx clients: each submit has a connection of its own, GETs share theirs. None is opened before a call.

    Attributes:
        url: where the service is, without the paths of calls.
        clock_skew: how far the service's clock is ahead of ours, in seconds; None if no response has told it yet.
    """

    def __init__(
        self,
        url: str,
        *,
        authorization: Callable[[], str],
        secrets: Iterable[str],
        clock: Callable[[], float],
        timeouts: Timeouts,
    ) -> None:
        """Prepare the clients.

        Args:
            url: where the service is, without the paths of calls.
            authorization: makes the Authorization header's value, anew for each request.
            secrets: what no response and no outcome may contain.
            clock: Unix time in seconds.
            timeouts: how long to wait.
        """
        self.url = url.rstrip("/")
        self.account = _digest(self.url, secrets)
        self.clock_skew: float | None = None
        self._authorization = authorization
        self._redactor = Redactor(secrets)
        self._clock = clock
        self._timeouts = timeouts
        tls = httpx.create_ssl_context()
        # If the service closed a kept connection under a POST, the job would be in doubt.
        self._submits = self._client(tls, httpx.Limits(max_keepalive_connections=0), timeouts.submit_idle)
        self._gets = self._client(tls, httpx.Limits(max_keepalive_connections=20), timeouts.get_total)

    def _client(self, tls: ssl.SSLContext, limits: httpx.Limits, seconds: float) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            verify=tls,
            limits=limits,
            timeout=httpx.Timeout(seconds, connect=self._timeouts.connect),
            follow_redirects=False,
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "identity",  # no small response that unpacks into a huge one
                "User-Agent": "kling-effects-bot",
            },
        )

    def service_time(self) -> float:
        """Return Unix time in seconds by the service's clock; by ours if the service has not told its time yet."""
        return self._clock() + (self.clock_skew or 0.0)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._submits.aclose()
        await self._gets.aclose()

    async def post(
        self, path: str, body: StreamedBody, headers: Mapping[str, str] | None = None
    ) -> Response | NotSent | InDoubt:
        """Make one POST, and follow no redirect. Return the response, or what it means that there is none."""
        sent = {
            "Authorization": self._authorization(),
            "Content-Type": "application/json",
            "Content-Length": str(body.length),
            **(headers or {}),
        }
        response: Response | None = None
        try:
            async with (
                asyncio.timeout(self._timeouts.submit_total),
                self._submits.stream("POST", self.url + path, headers=sent, content=body) as stream,
            ):
                response = await self._read(stream)
        except Exception as error:  # noqa: BLE001 - any exception has a meaning: the submit may have been charged
            return response or classify_exception(error, self._redactor, body_started=body.started)
        return response

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Response | Unanswered:
        """Make one GET, which costs nothing."""
        sent = {"Authorization": self._authorization()}
        try:
            async with (
                asyncio.timeout(self._timeouts.get_total),
                self._gets.stream("GET", self.url + path, params=query or {}, headers=sent) as stream,
            ):
                return await self._read(stream)
        except Exception as error:  # noqa: BLE001 - whatever happened, the caller asks again later
            return Unanswered(_describe_exception(error, self._redactor))

    async def _read(self, stream: httpx.Response) -> Response:
        date = parse_date(stream.headers.get("date", ""))
        if date is not None:
            self.clock_skew = date + CLOCK_RESOLUTION_S / 2 - self._clock()
        body = await read_body(stream)
        return Response(stream.status_code, stream.headers, body, self._clock(), self._redactor)


def classify_exception(error: Exception, redactor: Redactor, *, body_started: bool) -> NotSent | InDoubt:
    """Return what an exception means that came instead of the response to a submit.

    `body_started` tells whether any of the body had left.
    """
    detail = _describe_exception(error, redactor)
    if isinstance(error, NEVER_CONNECTED) or (isinstance(error, httpx.LocalProtocolError) and not body_started):
        return NotSent(detail)
    return InDoubt(detail)


def _describe_exception(error: Exception, redactor: Redactor) -> str:
    return log_line(redactor.text(f"{type(error).__name__}: {error}".removesuffix(": ")))


def header_safe(key: str, name: str) -> str:
    """Return the key without spaces around it. `name` is what the error calls it.

    Raises:
        ValueError: it holds characters that no HTTP header may carry.
    """
    key = key.strip()
    if not key or not key.isascii() or not key.isprintable():
        raise ValueError(f"the {name} must be printable ASCII")
    return key


async def read_body(stream: httpx.Response) -> bytes:
    """Read the body of a streamed response. Keep what came of one that is cut short or too long."""
    body = bytearray()
    decode = _decoder(stream.headers.get("content-encoding", ""))
    with suppress(httpx.HTTPError, zlib.error):
        async for chunk in stream.aiter_raw():
            body += decode(chunk, MAX_BODY_BYTES - len(body))
            if len(body) >= MAX_BODY_BYTES:
                break
    return bytes(body)


def _decoder(encoding: str) -> Callable[[bytes, int], bytes]:
    """Return what decodes a chunk into at most so many bytes; into none if the encoding is unknown, or a double one."""
    match encoding.strip().lower():
        case "" | "identity":
            return lambda chunk, limit: chunk[:limit]
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(wbits=47).decompress  # 32 + 15: gzip or zlib, as the data says
        case _:
            return lambda *_: b""
