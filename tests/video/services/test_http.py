"""Answers of services as they come over HTTP: long, cut short, or no JSON at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from video.services.http import MAX_BODY_BYTES, MAX_RETRY_AFTER_S, Response, read_body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOON = 1_800_000_000.0  # Fri, 15 Jan 2027 08:00:00 GMT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("999999", MAX_RETRY_AFTER_S),
        ("Fri, 15 Jan 2027 08:00:20 GMT", 20.0),
        ("Fri, 15 Jan 2027 08:00:20 -0000", 20.0),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0.0),
        ("Fri, 15 Jan 2099 07:00:00 GMT", MAX_RETRY_AFTER_S),
        ("-5", None),
        ("soon", None),
        ("nan", None),
        ("1e9", None),
        ("٣٠", None),
        ("", None),
        ("9" * 400, None),
        ("Fri, 99 Foo 2027 99:00:20 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    """A service that asks to wait is obeyed for an hour at most, and nonsense is passed over."""
    assert Response(429, {"retry-after": value}, received_at=NOON).retry_after == seconds


@pytest.mark.parametrize("received_at", [NOON, NOON - 86_400, NOON + 86_400, 0.0])
def test_row_37_retry_after_by_the_services_clock(received_at: float) -> None:
    """A date until which to wait is compared with the date of the same response, not with a clock that may be wrong."""
    headers = {"retry-after": "Fri, 15 Jan 2027 08:00:20 GMT", "date": "Fri, 15 Jan 2027 08:00:00 GMT"}
    assert Response(429, headers, received_at=received_at).retry_after == 20


def test_no_retry_after() -> None:
    """A service that does not say how long to wait is not quoted."""
    assert Response(429, received_at=NOON).retry_after is None


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[1]", b'"x"', b"null", b"<html>", b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000, b"1" * 5000],
)
def test_no_json_object(body: bytes) -> None:
    """An answer that holds no JSON object counts as an empty one, however strange."""
    assert Response(200, {}, body).document == {}


async def test_giant_body() -> None:
    """Of an endless answer 8 MiB are read, and no more."""
    pieces = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal pieces
        while True:
            pieces += 1
            yield b"x" * 65536

    body = await read_body(httpx.Response(200, content=endless()))
    assert len(body) == MAX_BODY_BYTES
    assert pieces <= MAX_BODY_BYTES // 65536 + 1


async def test_body_cut_short() -> None:
    """Of an answer that breaks off, what came is kept: the status may say enough."""

    async def broken() -> AsyncIterator[bytes]:
        yield b'{"id": '
        raise httpx.ReadError("gone")

    assert await read_body(httpx.Response(401, content=broken())) == b'{"id": '
