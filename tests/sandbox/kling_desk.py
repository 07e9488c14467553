"""A pretend Kling service on a real socket, and a client who orders videos from it."""

from __future__ import annotations

import base64
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx

from sandbox.kling import Kling
from sandbox.kling.app import EFFECTS, PREFIX
from sandbox.photos import photo
from sandbox.serve import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PATH = PREFIX + EFFECTS
VIDEO = b"\x00\x00\x00\x18ftypmp42 a video, as far as this test cares"


@asynccontextmanager
async def served(kling: Kling) -> AsyncIterator[httpx.AsyncClient]:
    """A client, with the right key, of `kling` on a real socket."""
    async with Server(kling.app) as server:
        kling.public_url = server.url
        headers = {"Authorization": f"Bearer {kling.key}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=20) as client:
            yield client


def by_hand(**settings: Any) -> Kling:
    """A service whose tasks move only by hand, with one short video for all."""
    return Kling(**{"seconds": None, "video": VIDEO, "needs_face": (), **settings})


def order(scene: str = "pet_dance", *names: str, **changes: Any) -> dict[str, Any]:
    """A good body for `scene` with the bundled photos of these names, and then `changes` of its input."""
    pictures = [base64.b64encode(photo(name)).decode() for name in names or ("coffee",)]
    wanted = {"images": pictures} if len(pictures) > 1 else {"image": pictures[0]}
    return {"effect_scene": scene, "input": {"duration": "5", **wanted, **changes}}


async def ordered(client: httpx.AsyncClient, body: dict[str, Any]) -> str:
    """POST `body`, and return the id of its task."""
    answer = await client.post(PATH, json=body)
    assert answer.is_success, answer.text
    return str(answer.json()["data"]["task_id"])


async def look(client: httpx.AsyncClient, task_id: str) -> dict[str, Any]:
    """Ask how a task is doing; the whole answer."""
    answer = await client.get(f"{PATH}/{task_id}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body
