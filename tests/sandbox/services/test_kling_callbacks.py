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
    """An address that takes callbacks, and what came there."""
    came: list[Any] = []

    async def take(request: Request) -> Response:
        came.append(await request.json())
        return Response(status_code=204)

    async with Server(Starlette(routes=[Route("/news", take, methods=["POST"])])) as server:
        yield f"{server.url}/news", came


async def test_each_new_status_is_told() -> None:
    """Callbacks are flat, without an envelope: the same fields as in an answer, at the top."""
    kling = manual_service()
    async with listening() as (url, came), served_client(kling) as client:
        task = await submit_ok(client, {**effect_body(), "callback_url": url, "external_task_id": "job-1.1"})
        kling.jobs[task].show_status("processing")
        await kling.callbacks.wait_idle()
        kling.jobs[task].finish()
        await kling.callbacks.wait_idle()
    assert [body["task_status"] for body in came] == ["processing", "succeed"]
    assert came[1]["task_id"] == task
    assert came[1]["task_info"] == {"external_task_id": "job-1.1"}
    assert came[1]["task_result"]["videos"][0]["url"].endswith(f"/files/{task}.mp4")
    assert [letter.status for letter in kling.callbacks.sent] == [204, 204]


async def test_lost_and_repeated() -> None:
    """A callback may be lost on the way, or come twice."""
    kling = manual_service()
    async with listening() as (url, came), served_client(kling) as client:
        for copies in (0, 2):
            kling.callbacks.copies = copies
            task = await submit_ok(client, {**effect_body(), "callback_url": url})
            kling.jobs[task].finish()
            await kling.callbacks.wait_idle()
            assert len(came) == copies


async def test_forged() -> None:
    """Anybody can post anything to such an address."""
    kling = manual_service()
    async with listening() as (url, came):
        assert await kling.callbacks.send(url, {"task_id": "1", "task_status": "succeed"}) == 204
    assert came == [{"task_id": "1", "task_status": "succeed"}]


async def test_nobody_listens() -> None:
    """A callback that nobody takes changes nothing for the task."""
    kling = manual_service()
    async with served_client(kling) as client:
        task = await submit_ok(client, {**effect_body(), "callback_url": "http://127.0.0.1:9/news"})
        kling.jobs[task].finish()
        await kling.callbacks.wait_idle()
        assert kling.jobs[task].succeeded
    assert [letter.status for letter in kling.callbacks.sent] == [None]


async def test_nobody_is_told_without_an_address() -> None:
    """A task without a callback_url is told of to nobody."""
    kling = manual_service()
    async with served_client(kling) as client:
        kling.jobs[await submit_ok(client, effect_body())].finish()
        await kling.callbacks.wait_idle()
    assert kling.callbacks.sent == []
