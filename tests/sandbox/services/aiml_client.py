"""A client of the fake AIML."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from sandbox.aiml import FakeAiml
from sandbox.photos import photo
from tests.sandbox.services.serving import VIDEO

if TYPE_CHECKING:
    import httpx

PATH = "/v2/video/generations"
STANDARD = "klingai/kling-video-v1.6-standard-effects"
V1_6 = "kling-video/v1.6/pro/image-to-video"
V2 = "klingai/v2-master-image-to-video"


def manual_service(**settings: Any) -> FakeAiml:
    """Return a service whose jobs move by hand only, with one short video for all of them."""
    return FakeAiml(**{"job_seconds": None, "video": VIDEO, "face_scenes": (), **settings})


def data_uri(data: bytes) -> str:
    """Return the data URI of a JPEG."""
    return "data:image/jpeg;base64," + base64.b64encode(data).decode()


def effect_body(scene: str = "squish", *names: str, **changes: Any) -> dict[str, Any]:
    """Return a valid body for `scene` with the bundled photos of these names, with `changes` applied."""
    links = [data_uri(photo(name)) for name in names or ("coffee",)]
    image_url = links if len(links) > 1 else links[0]
    body = {"model": STANDARD, "effect_scene": scene, "image_url": image_url, "duration": 5}
    return {**body, **changes}


def image_to_video_body(*names: str, **changes: Any) -> dict[str, Any]:
    """Return a valid image-to-video body with the bundled photos of these names, with `changes` applied."""
    links = [data_uri(photo(name)) for name in names or ("coffee",)]
    body = {"model": V1_6, "prompt": "steam rises", "duration": 5, "image_url": links[0]}
    tail = {"tail_image_url": links[1]} if len(links) > 1 else {}
    return {**body, **tail, **changes}


async def submit(client: httpx.AsyncClient, body: dict[str, Any], client_id: str = "") -> httpx.Response:
    """POST `body`, with `client_id` as its X-Client-Request-Id if given."""
    headers = {"X-Client-Request-Id": client_id} if client_id else {}
    return await client.post(PATH, json=body, headers=headers)


async def submit_ok(client: httpx.AsyncClient, body: dict[str, Any], client_id: str = "") -> str:
    """POST `body` and return the id of its job."""
    answer = await submit(client, body, client_id)
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def get_job(client: httpx.AsyncClient, generation_id: str) -> dict[str, Any]:
    """Return the response to a query for a job."""
    answer = await client.get(PATH, params={"generation_id": generation_id})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def get_status(client: httpx.AsyncClient, generation_id: str) -> str:
    """Return the status of a job."""
    return str((await get_job(client, generation_id))["status"])
