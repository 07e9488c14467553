"""A client of the fake Kling."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from sandbox.kling import FakeKling
from sandbox.kling.service import EFFECTS_PATH, RESELLER_PREFIX
from sandbox.photos import photo
from tests.sandbox.services.serving import VIDEO

if TYPE_CHECKING:
    import httpx

PATH = RESELLER_PREFIX + EFFECTS_PATH


def manual_service(**settings: Any) -> FakeKling:
    """Return a service whose tasks move by hand only, with one short video for all of them."""
    return FakeKling(**{"job_seconds": None, "video": VIDEO, "face_scenes": (), **settings})


def effect_body(scene: str = "pet_dance", *names: str, **changes: Any) -> dict[str, Any]:
    """Return a valid body for `scene` with the bundled photos of these names, with `changes` applied to its input."""
    pictures = [base64.b64encode(photo(name)).decode() for name in names or ("coffee",)]
    fields = {"images": pictures} if len(pictures) > 1 else {"image": pictures[0]}
    return {"effect_scene": scene, "input": {"duration": "5", **fields, **changes}}


async def submit_ok(client: httpx.AsyncClient, body: dict[str, Any], client_id: str = "") -> str:
    """POST `body`, with `client_id` as its external_task_id if given, and return the id of its task."""
    answer = await client.post(PATH, json=body | ({"external_task_id": client_id} if client_id else {}))
    assert answer.is_success, answer.text
    return str(answer.json()["data"]["task_id"])


async def get_task(client: httpx.AsyncClient, task_id: str) -> dict[str, Any]:
    """Return the response to a query for a task."""
    answer = await client.get(f"{PATH}/{task_id}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def get_status(client: httpx.AsyncClient, task_id: str) -> str:
    """Return the status of a task."""
    return str((await get_task(client, task_id))["data"]["task_status"])
