"""The body of a submit, as it leaves."""

from __future__ import annotations

import base64
import json
import os
import tracemalloc
from typing import Any

import pytest

from video.aiml_body import SubmitBody
from video.service import Order, Play, Quality


def order(*photos: bytes, scene: str = "hug", quality: Quality = Quality.STANDARD) -> Order:
    return Order("job-1", Play(scene, quality), 5, photos)


async def sent(body: SubmitBody) -> bytes:
    return b"".join([piece async for piece in body])


async def read(an_order: Order) -> dict[str, Any]:
    body = SubmitBody(an_order)
    raw = await sent(body)
    assert len(raw) == body.length
    document = json.loads(raw)
    assert isinstance(document, dict)
    return document


def photo_in(url: str) -> bytes:
    start, _, rest = url.partition(",")
    assert start == "data:image/jpeg;base64"
    return base64.b64decode(rest, validate=True)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 49151, 49152, 49153, 150_000])
async def test_one_photo(size: int) -> None:
    """One photo of any length travels as one string, whole."""
    photo = os.urandom(size)
    document = await read(order(photo, scene="let's_ride", quality=Quality.PRO))
    assert photo_in(document.pop("image_url")) == photo
    assert document == {
        "model": "klingai/kling-video-v1.6-pro-effects",
        "effect_scene": "let's_ride",
        "duration": 5,
    }


async def test_two_photos() -> None:
    """Two photos travel as an array, the left person first."""
    left, right = os.urandom(70_000), os.urandom(50_001)
    document = await read(order(left, right))
    assert [photo_in(url) for url in document["image_url"]] == [left, right]
    assert document["model"] == "klingai/kling-video-v1.6-standard-effects"


async def test_pieces_are_small() -> None:
    """Two photos of 10 MB are sent in pieces of 64 KiB and never held a second time."""
    body = SubmitBody(order(bytes(10_000_000), bytes(10_000_000)))
    tracemalloc.start()
    try:
        longest = 0
        async for piece in body:
            longest = max(longest, len(piece))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert longest == 65536
    assert peak < 1_000_000


async def test_begun() -> None:
    """It is known whether any of the body was handed over."""
    body = SubmitBody(order(b"x"))
    assert not body.begun
    await sent(body)
    assert body.begun
