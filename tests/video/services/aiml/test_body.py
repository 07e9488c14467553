"""The body of a submit, as it leaves."""

from __future__ import annotations

import base64
import json
import os
import tracemalloc
from typing import Any

import pytest

from video.effects.models import MODELS, ImageToVideoModel, Quality
from video.services.aiml.body import SubmitBody
from video.services.protocol import EffectRequest, ImageToVideoRequest, SubmitRequest


def new_request(*photos: bytes, scene: str = "hug", quality: Quality = Quality.STANDARD) -> SubmitRequest:
    return SubmitRequest("job-1", EffectRequest(scene, quality), 5, photos)


async def sent(body: SubmitBody) -> bytes:
    return b"".join([piece async for piece in body])


async def read(new_request: SubmitRequest) -> dict[str, Any]:
    body = SubmitBody(new_request)
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
    document = await read(new_request(photo, scene="let's_ride", quality=Quality.PRO))
    assert photo_in(document.pop("image_url")) == photo
    assert document == {
        "model": "klingai/kling-video-v1.6-pro-effects",
        "effect_scene": "let's_ride",
        "duration": 5,
    }


async def test_two_photos() -> None:
    """Two photos travel as an array, the left person first."""
    left, right = os.urandom(70_000), os.urandom(50_001)
    document = await read(new_request(left, right))
    assert [photo_in(url) for url in document["image_url"]] == [left, right]
    assert document["model"] == "klingai/kling-video-v1.6-standard-effects"


def animated(
    *photos: bytes, model: ImageToVideoModel = MODELS["v1.6"], duration: int = 5, **more: Any
) -> SubmitRequest:
    return SubmitRequest(
        "job-1", ImageToVideoRequest(model, "die Katze \u201ewinkt\u201c \U0001f44b\n", **more), duration, photos
    )


async def test_an_animation_of_one_photo() -> None:
    """A photo set in motion travels with its prompt, whatever signs are in it, and without a scene."""
    photo = os.urandom(100_000)
    document = await read(animated(photo))
    assert photo_in(document.pop("image_url")) == photo
    assert document == {
        "model": "kling-video/v1.6/pro/image-to-video",
        "prompt": "die Katze \u201ewinkt\u201c \U0001f44b\n",
        "duration": 5,
    }


async def test_an_animation_of_two_photos() -> None:
    """The second photo of an animation is its last frame."""
    first, last = os.urandom(50_000), os.urandom(49_152)
    document = await read(animated(first, last, duration=10, negative_prompt="blur", cfg_scale=0.0))
    assert photo_in(document["image_url"]) == first
    assert photo_in(document["tail_image_url"]) == last
    assert (document["duration"], document["negative_prompt"], document["cfg_scale"]) == (10, "blur", 0.0)


async def test_an_animation_by_v2() -> None:
    """The other model has a name of its own and the same fields."""
    document = await read(animated(b"x", model=MODELS["v2"], cfg_scale=0.7))
    assert document["model"] == "klingai/v2-master-image-to-video"
    assert document["cfg_scale"] == 0.7


@pytest.mark.parametrize(
    "impossible", [animated(b"x", b"y", model=MODELS["v2"]), animated(), new_request(), new_request(b"x", b"y", b"z")]
)
def test_a_number_of_photos_that_the_model_does_not_take(impossible: SubmitRequest) -> None:
    """No body is made for more photos than the model takes, nor for none."""
    with pytest.raises(ValueError, match="photos"):
        SubmitBody(impossible)


async def test_pieces_are_small() -> None:
    """Two photos of 10 MB are sent in pieces of 64 KiB and never held a second time."""
    body = SubmitBody(new_request(bytes(10_000_000), bytes(10_000_000)))
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
    body = SubmitBody(new_request(b"x"))
    assert not body.started
    await sent(body)
    assert body.started
