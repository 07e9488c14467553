from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from sandbox.http.server import Server
from tests.sandbox.services.kling_client import effect_body, manual_service, submit_ok
from tests.sandbox.services.serving import served_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[str, list[Any]]]:
    """Serve a callback URL; yield it with the list of the bodies that it received."""
    received: list[Any] = []

    async def take(request: Request) -> Response:
        received.append(await request.json())
        return Response(status_code=204)

    async with Server(Starlette(routes=[Route("/news", take, methods=["POST"])])) as server:
        yield f"{server.url}/news", received


async def test_each_new_status_is_told() -> None:
    """Each new status is sent without an envelope: the fields of a response, at the top level."""
    kling = manual_service()
    async with listening() as (url, received), served_client(kling) as client:
        task = await submit_ok(client, {**effect_body(), "callback_url": url, "external_task_id": "job-1.1"})
        kling.jobs[task].show_status("processing")
        await kling.callbacks.wait_idle()
        kling.jobs[task].finish()
        await kling.callbacks.wait_idle()
    assert [body["task_status"] for body in received] == ["processing", "succeed"]
    assert received[1]["task_id"] == task
    assert received[1]["task_info"] == {"external_task_id": "job-1.1"}
    assert received[1]["task_result"]["videos"][0]["url"].endswith(f"/files/{task}.mp4")
    assert [callback.status for callback in kling.callbacks.sent] == [204, 204]


async def test_lost_and_repeated() -> None:
    """A callback can be lost or sent twice."""
    kling = manual_service()
    async with listening() as (url, received), served_client(kling) as client:
        for copies in (0, 2):
            kling.callbacks.copies = copies
            task = await submit_ok(client, {**effect_body(), "callback_url": url})
            kling.jobs[task].finish()
            await kling.callbacks.wait_idle()
            assert len(received) == copies


async def test_forged() -> None:
    """Anyone can post anything to the callback URL."""
    kling = manual_service()
    async with listening() as (url, received):
        assert await kling.callbacks.send(url, {"task_id": "1", "task_status": "succeed"}) == 204
    assert received == [{"task_id": "1", "task_status": "succeed"}]


async def test_nobody_listens() -> None:
    """A callback without a response changes nothing for the task."""
    kling = manual_service()
    async with served_client(kling) as client:
        task = await submit_ok(client, {**effect_body(), "callback_url": "http://127.0.0.1:9/news"})
        kling.jobs[task].finish()
        await kling.callbacks.wait_idle()
        assert kling.jobs[task].succeeded
    assert [callback.status for callback in kling.callbacks.sent] == [None]


async def test_nobody_is_told_without_an_address() -> None:
    """A task without a callback_url has no callbacks."""
    kling = manual_service()
    async with served_client(kling) as client:
        kling.jobs[await submit_ok(client, effect_body())].finish()
        await kling.callbacks.wait_idle()
    assert kling.callbacks.sent == []
