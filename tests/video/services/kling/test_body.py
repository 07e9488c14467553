"""The body of a submit to Kling, as it leaves."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

import pytest

from video.effects.models import Quality
from video.services.kling.auth import KlingAuth
from video.services.kling.body import SubmitBody
from video.services.kling.client import KlingService
from video.services.protocol import EffectRequest, SubmitRequest


async def read(*photos: bytes, scene: str = "pet_dance", quality: Quality = Quality.STANDARD, **more: Any) -> Any:
    effect = EffectRequest(scene, quality)
    request = SubmitRequest("job-1.2", effect, more.pop("duration", 5), photos)
    return await document_of(
        SubmitBody(
            request,
            effect,
            callback_url=more.pop("callback_url", None),
            with_duration=more.pop("with_duration", True),
        )
    )


async def document_of(body: SubmitBody) -> Any:
    raw = b"".join([piece async for piece in body])
    assert len(raw) == body.length
    return json.loads(raw)


@pytest.mark.parametrize("size", [1, 2, 3, 49152, 150_000])
async def test_one_photo(size: int) -> None:
    """One photo travels as bare Base64 without any prefix, under our own id; no model, no mode, no callback."""
    photo = os.urandom(size)
    document = await read(photo)
    assert base64.b64decode(document["input"].pop("image"), validate=True) == photo
    assert document == {"effect_scene": "pet_dance", "external_task_id": "job-1.2", "input": {"duration": "5"}}


async def test_two_photos() -> None:
    """Two photos travel as an array, the left person first."""
    left, right = os.urandom(70_000), os.urandom(50_001)
    document = await read(left, right, scene="hug_pro")
    assert [base64.b64decode(one, validate=True) for one in document["input"].pop("images")] == [left, right]
    assert document["input"] == {"duration": "5"}


@pytest.mark.parametrize("scene", ["hug", "kiss", "heart_gesture", "fight"])
@pytest.mark.parametrize(("quality", "mode"), [(Quality.STANDARD, "std"), (Quality.PRO, "pro")])
async def test_the_older_scenes_of_two_people(scene: str, quality: Quality, mode: str) -> None:
    """The four older scenes say which model and which mode, and may last ten seconds."""
    document = await read(b"a", b"b", scene=scene, quality=quality, duration=10)
    del document["input"]["images"]
    assert document["input"] == {"duration": "10", "model_name": "kling-v1-6", "mode": mode}


async def test_quality_where_a_scene_knows_none() -> None:
    """A scene that has one quality is asked for as it is, whatever a person prefers."""
    assert "mode" not in (await read(b"a", quality=Quality.PRO))["input"]


async def test_a_callback() -> None:
    """Where the bot listens, the service is told the address."""
    document = await read(b"a", callback_url="https://bot.example.org/kling/abc")
    assert document["callback_url"] == "https://bot.example.org/kling/abc"


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://api-singapore.klingai.com", False),
        ("https://api-beijing.klingai.com/", False),
        ("https://API.KlingAI.com:443", False),
        ("https://klingai.com", False),
        ("https://kling.ai", False),
        ("https://api.kling.ai.", False),
        ("https://www.kkiai.com/kling", True),
        ("https://klingai.com.example.org", True),
        ("https://notklingai.com", True),
        ("https://example.org/klingai.com", True),
        ("http://127.0.0.1:8080/kling", True),
        ("http://[", True),
    ],
)
async def test_row_56_no_duration_to_klings_own_hosts(url: str, *, sent: bool) -> None:
    """An operator with an account at Kling itself is not refused for a field that Kling has dropped."""
    service = KlingService(KlingAuth.bearer("key"), url=url)
    effect = EffectRequest("pet_dance", Quality.STANDARD)
    document = await document_of(service.body_of(SubmitRequest("job-1.2", effect, 5, (b"photo",)), effect))
    await service.aclose()
    assert document["input"].keys() == ({"image", "duration"} if sent else {"image"})
    assert document["input"].get("duration") == ("5" if sent else None)


async def test_row_56_older_scenes_at_klings_own_hosts() -> None:
    """A scene of two people from the older list keeps its model and mode there."""
    document = await read(b"a", b"b", scene="hug", with_duration=False)
    assert document["input"].keys() == {"images", "model_name", "mode"}
