from __future__ import annotations

from typing import Any

import httpx
import pytest

from sandbox.http.faults import CloseAfter, CloseBefore, HandleThen, RespondWith, TruncateResponse
from tests.sandbox.services.aiml_client import (
    PATH,
    V2,
    data_uri,
    effect_body,
    image_to_video_body,
    manual_service,
    submit,
    submit_ok,
)
from tests.sandbox.services.serving import served_client

FIELDS = {"message", "path", "requestId", "statusCode", "timestamp"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"effect_scene": "moonwalk"}, "effect_scene: Invalid enum value. Expected '"),
        ({"model": "klingai/v9"}, "model: Invalid enum value"),
        ({"duration": "5"}, "duration: Expected number"),
        ({"duration": 7}, "duration: Invalid enum value. Expected 5 | 10, received '7'"),
        ({"duration": True}, "duration: Expected number"),
        ({"image_url": 3}, "image_url: Expected string"),
        ({"image_url": "/9j/4AAQSkZJRg=="}, "image_url: Invalid url"),
        ({"image_url": "data:image/jpeg;base64,%%%%"}, "image_url: Invalid url"),
        ({"image_url": [data_uri(b"a"), data_uri(b"b")]}, "image_url: Array must contain exactly 1"),
        ({"effect_scene": "hug"}, "image_url: Array must contain exactly 2"),
    ],
)
async def test_a_body_against_the_schema_is_refused(changes: dict[str, Any], message: str) -> None:
    """An invalid field is refused with 400 and a message about that field."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        answer = await submit(client, effect_body(**changes))
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("Body validation error")
    assert message in answer.json()["message"]
    assert [submission.accepted for submission in aiml.submissions] == [False]


@pytest.mark.parametrize("field", ["model", "image_url", "effect_scene"])
async def test_a_required_field_is_missed(field: str) -> None:
    """A body without a required field is refused with the field's name."""
    async with served_client(manual_service()) as client:
        body = effect_body()
        del body[field]
        assert f"{field}: Required" in (await submit(client, body)).json()["message"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"duration": "5"}, "duration: Expected number, received string"),
        ({"duration": 7}, "duration: Invalid enum value. Expected 5 | 10, received '7'"),
        ({"prompt": None}, "prompt: Expected string, received null"),
        ({"negative_prompt": ["blur"]}, "negative_prompt: Expected string, received array"),
        ({"cfg_scale": "0.5"}, "cfg_scale: Expected number, received string"),
        ({"cfg_scale": 1.5}, "cfg_scale: Number must be less than or equal to 1"),
        ({"cfg_scale": -0.1}, "cfg_scale: Number must be greater than or equal to 0"),
        ({"image_url": [data_uri(b"a")]}, "image_url: Expected string, received array"),
        ({"tail_image_url": "a.jpg"}, "tail_image_url: Invalid url"),
    ],
)
async def test_an_animation_against_the_schema_is_refused(changes: dict[str, Any], message: str) -> None:
    """An invalid field of an image-to-video body is refused with 400 and a message about that field."""
    async with served_client(manual_service()) as client:
        answer = await submit(client, image_to_video_body(**changes))
    assert answer.status_code == 400
    assert answer.json()["message"] == f"Body validation error. {message}"


async def test_the_newer_model_passes_over_a_last_frame() -> None:
    """The model whose schema has no last frame ignores it."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        await submit_ok(client, image_to_video_body("ada", "ben"))
        await submit_ok(client, image_to_video_body("ada", "ben", model=V2))
    assert [len(submission.photos) for submission in aiml.submissions] == [2, 1]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
async def test_what_is_no_json_object_is_refused(raw: bytes) -> None:
    """Anything but a JSON object is refused without a crash."""
    async with served_client(manual_service()) as client:
        assert (await client.post(PATH, content=raw)).status_code == 400


async def test_duration_may_be_left_out() -> None:
    """A body without a duration gets five seconds, as documented."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        body = effect_body()
        del body["duration"]
        await submit_ok(client, body)
    assert aiml.submissions[0].duration == 5


async def test_a_refusal_has_the_documented_fields() -> None:
    """A refusal has message, path, requestId, statusCode and timestamp."""
    async with served_client(manual_service()) as client:
        body = (await submit(client, effect_body(duration=7))).json()
    assert set(body) == FIELDS
    assert (body["path"], body["statusCode"]) == (PATH, 400)


@pytest.mark.parametrize("path", [PATH, "/v2/logs", "/v2/billing", "/v1/models"])
async def test_a_wrong_key_is_refused_everywhere(path: str) -> None:
    """With a wrong key every path responds with 401 and says where keys come from."""
    async with served_client(manual_service()) as client:
        answer = await client.get(path, headers={"Authorization": "Bearer stolen"})
    assert answer.status_code == 401
    assert "aimlapi.com/app/keys" in answer.json()["message"]


async def test_an_empty_account_is_refused() -> None:
    """An empty balance is a 403 with the documented message, and no job is made."""
    aiml = manual_service()
    aiml.balance_usd = 0
    async with served_client(aiml) as client:
        answer = await submit(client, effect_body())
    assert answer.status_code == 403
    assert answer.json()["message"].startswith("You've run out of credits.")
    assert aiml.jobs == {}


async def test_the_balance_goes_down_with_each_video() -> None:
    """A completed video is charged once, and the balance shows it."""
    aiml = manual_service()
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body())
        aiml.jobs[job].finish()
        aiml.jobs[job].finish()
        billing = (await client.get("/v2/billing")).json()
    assert billing == {"current_balance": 99.775, "currency": "USD"}
    assert len(aiml.ledger) == 1


async def test_too_many_at_once() -> None:
    """Beyond its limit of concurrent jobs the service responds with 429, until one is done."""
    aiml = manual_service()
    aiml.concurrency = 1
    async with served_client(aiml) as client:
        job = await submit_ok(client, effect_body())
        assert (await submit(client, effect_body())).status_code == 429
        aiml.jobs[job].finish()
        assert (await submit(client, effect_body())).status_code == 200


async def test_an_unknown_job() -> None:
    """A query for an unknown job is a 404; a query without an id is a 400."""
    async with served_client(manual_service()) as client:
        assert (await client.get(PATH, params={"generation_id": "nobody"})).status_code == 404
        assert (await client.get(PATH)).status_code == 400


async def test_an_answer_that_is_lost_after_the_job_was_taken() -> None:
    """The connection can close although the job was accepted, which must never lead to a second charge."""
    aiml = manual_service()
    aiml.faults.add(
        f"POST {PATH}", CloseAfter(), TruncateResponse(9), HandleThen(RespondWith(502, body=b"Bad Gateway"))
    )
    async with served_client(aiml) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await submit(client, effect_body(), "job-1")
        with pytest.raises(httpx.RemoteProtocolError):
            await submit(client, effect_body(), "job-2")
        assert (await submit(client, effect_body(), "job-3")).status_code == 502
    assert sorted(str(client_id) for client_id in aiml.accepted_ids) == ["job-1", "job-2", "job-3"]


async def test_a_connection_that_closes_before_reading() -> None:
    """The connection can close before the job is accepted, and a predicate can choose by the body."""
    aiml = manual_service()
    aiml.faults.add(lambda incoming: incoming.params.get("effect_scene") == "squish", CloseBefore())
    async with served_client(aiml) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await submit(client, effect_body())
        assert (await submit(client, effect_body("expansion"))).status_code == 200
    assert [submission.scene for submission in aiml.submissions] == ["expansion"]


async def test_the_price_list() -> None:
    """The models are listed, with prices on request."""
    async with served_client(manual_service()) as client:
        every = (await client.get("/v1/models")).json()["data"]
        one = (await client.get("/v1/models", params={"include": "pricing", "id": every[1]["id"]})).json()
    assert len(every) == 4
    assert one["data"][0]["pricing"] == {"kind": "fixed", "units": [{"price": 0.098, "unit": "second", "per": 1}]}
