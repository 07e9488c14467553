from __future__ import annotations

import base64
from typing import Any

import jwt
import pytest

from sandbox.kling.scenes import OLD_TWO_PHOTO_SCENES
from sandbox.photos import photo
from sandbox.services.scenes import scenes_of
from tests.sandbox.services.kling_client import PATH, effect_body, manual_service, submit_ok
from tests.sandbox.services.serving import Clock, served_client

COFFEE = base64.b64encode(photo("coffee")).decode()
OLD = {"model_name": "kling-v1-6", "mode": "std"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "effect_scene is required"),
        ({"effect_scene": "no_such_scene", "input": {}}, "effect_scene value 'no_such_scene' is invalid"),
        ({"effect_scene": "pet_dance"}, "input is required"),
        ({"effect_scene": "pet_dance", "input": {}}, "image is required"),
        (effect_body(image=f"data:image/jpeg;base64,{COFFEE}"), "File is not in a valid base64 format"),
        (effect_body(image="not base64!"), "File is not in a valid base64 format"),
        (effect_body(duration=5), "duration value '5' is invalid"),
        (effect_body(duration="10"), "duration value '10' is invalid"),
        (effect_body(mode="std"), "mode is not supported"),
        (effect_body("hug_pro", "ada", "ben", **OLD), "mode is not supported"),
        (effect_body("hug_pro", "ada"), "exactly 2"),
        (effect_body("hug_pro", images=[COFFEE] * 3), "exactly 2"),
        (effect_body("hug", "ada", "ben"), "model_name value is invalid"),
        (effect_body("hug", "ada", "ben", model_name="kling-v9"), "model_name value is invalid"),
        (effect_body("hug", "ada", "ben", model_name="kling-v1", mode="master"), "mode value is invalid"),
        (effect_body("fight", "ada", "ben", model_name="kling-v1"), "model_name value is invalid"),
        ({**effect_body(), "external_task_id": 7}, "external_task_id is required"),
        ({**effect_body(), "callback_url": "ftp://x"}, "callback_url value is invalid"),
    ],
)
async def test_a_body_that_breaks_the_rules(body: dict[str, Any], message: str) -> None:
    """An invalid body is refused with code 1201 and a message that says what is wrong; no task is made."""
    kling = manual_service()
    async with served_client(kling) as client:
        answer = await client.post(PATH, json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, 1201)
    assert message in answer.json()["message"]
    assert "data" not in answer.json()
    assert not kling.jobs


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'"text"'])
async def test_a_body_that_is_no_object(raw: bytes) -> None:
    """Anything but a JSON object is refused with code 1200."""
    async with served_client(manual_service()) as client:
        answer = await client.post(PATH, content=raw)
    assert (answer.status_code, answer.json()["code"]) == (400, 1200)


@pytest.mark.parametrize(
    "body",
    [
        effect_body(),
        effect_body("hug_pro", "ada", "ben"),
        effect_body("hug", "ada", "ben", **OLD, duration="10"),
        effect_body("kiss", "ada", "ben", model_name="kling-v1", mode="pro"),
        effect_body("squish"),
        effect_body("balloon_parade", image="https://h/a.jpeg"),
        {**effect_body(), "callback_url": ""},
        {"effect_scene": "pet_dance", "input": {"image": COFFEE}},
    ],
)
async def test_good_bodies(body: dict[str, Any]) -> None:
    """Every form of body in the vendor's documentation is accepted."""
    async with served_client(manual_service()) as client:
        await submit_ok(client, body)


async def test_a_retired_scene_is_unknown() -> None:
    """The catalogue's scenes and some older ones are known; a scene that is taken off the list is not."""
    kling = manual_service()
    assert kling.offered == scenes_of("kling").keys() | OLD_TWO_PHOTO_SCENES
    kling.offered.discard("squish")
    async with served_client(kling) as client:
        answer = await client.post(PATH, json=effect_body("squish"))
        await submit_ok(client, effect_body("expansion"))
    assert "effect_scene" in answer.json()["message"]


async def test_an_empty_pack_is_no_rate_limit() -> None:
    """An empty resource pack and too many tasks are both a 429, with different codes."""
    kling = manual_service()
    async with served_client(kling) as client:
        kling.balance_usd = 0
        empty = await client.post(PATH, json=effect_body())
        kling.balance_usd, kling.concurrency = 1, 0
        full = await client.post(PATH, json=effect_body())
    assert (empty.status_code, empty.json()["code"]) == (429, 1102)
    assert (full.status_code, full.json()["code"]) == (429, 1303)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({}, None),
        ({"iss": "somebody-else"}, 1000),
        ({"nbf": 60}, 1003),
        ({"exp": -1}, 1004),
    ],
)
async def test_signed_tokens(claims: dict[str, Any], code: int | None) -> None:
    """A token signed with the right keys is accepted while it is valid."""
    clock = Clock()
    kling = manual_service(clock=clock)
    times = {"exp": 1800, "nbf": -5} | {name: value for name, value in claims.items() if name != "iss"}
    token = jwt.encode(
        {"iss": claims.get("iss", kling.access_key)} | {name: int(clock.now) + later for name, later in times.items()},
        kling.secret_key,
    )
    async with served_client(kling) as client:
        answer = await client.get(PATH, headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["code"] == (code or 0)
    assert answer.status_code == (401 if code else 200)


@pytest.mark.parametrize(
    ("header", "code"),
    [("", 1001), ("Basic abc", 1002), ("Bearer", 1002), ("Bearer wrong", 1002), ("Bearer a.b.c", 1002)],
)
async def test_without_the_key(header: str, code: int) -> None:
    """A request without the key is refused."""
    async with served_client(manual_service()) as client:
        answer = await client.post(PATH, json=effect_body(), headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, code)
