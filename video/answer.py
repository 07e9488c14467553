"""An HTTP answer read with care: never more than 8 MiB of it, whatever JSON or none."""

from __future__ import annotations

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
    from collections.abc import Callable, Mapping

MAX_BODY = 8 * 1024 * 1024
"""Bytes. An error may echo both photos, some 7 MB of Base64; more than this is not read."""
LONGEST_WAIT = 3600.0
"""Seconds: the most that a Retry-After is believed."""


@dataclass(frozen=True)
class Answer:
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
            return min(float(value), LONGEST_WAIT)
        try:
            date = parsedate_to_datetime(value)
            moment = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            return None
        return min(max(moment - now, 0.0), LONGEST_WAIT)


async def read_answer(response: httpx.Response) -> Answer:
    """Read the body of a streamed response. A body cut short or too long is kept as far as it came."""
    body = bytearray()
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    with suppress(httpx.HTTPError, zlib.error):
        async for piece in response.aiter_raw():
            body += unpack(piece, MAX_BODY - len(body))
            if len(body) >= MAX_BODY:
                break
    return Answer(response.status_code, response.headers, bytes(body))


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """What gives at most so many bytes of a piece, unpacked; nothing of what is packed in an unknown way, or twice."""
    match encoding.strip().lower():
        case "" | "identity":
            return lambda piece, most: piece[:most]
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(wbits=47).decompress  # 32 + 15: gzip or zlib, as the data says
        case _:
            return lambda *_: b""
