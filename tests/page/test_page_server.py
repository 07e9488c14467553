"""The page's server, asked without a browser."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sandbox.http.server import Server
from sandbox.page import PortUnavailable, create_app, serve_page
from sandbox.page.file_response import file_response, media_type
from sandbox.page.launch import has_screen
from sandbox.photos import photo
from tests.page.page_actions import ada_chat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.environment import Sandbox


@pytest.fixture
async def http(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        yield http


async def first_news(http: httpx.AsyncClient) -> dict[str, Any]:
    async with http.stream("GET", "/events") as response:
        line = await anext(response.aiter_lines())
    news: dict[str, Any] = json.loads(line.removeprefix("data: "))
    return news


async def test_other_websites_are_refused(http: httpx.AsyncClient) -> None:
    """A website that points its own name here, or posts from its own page, gets nothing."""
    assert (await http.get("/", headers={"Host": "evil.example:8080"})).status_code == 403
    assert (await http.post("/messages", headers={"Origin": "http://evil.example"})).status_code == 403
    assert (await http.get("/")).status_code == 200
    port = http.base_url.port
    assert (await http.get("/", headers={"Host": f"localhost:{port}"})).status_code == 200


async def test_the_page_may_load_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    """The browser is told to load and run nothing that is not the page's own."""
    assert "default-src 'self'" in (await http.get("/")).headers["Content-Security-Policy"]


async def test_whoever_comes_is_told_everything(http: httpx.AsyncClient, stage: Sandbox) -> None:
    """A page that is opened, or comes back, starts with all chats and messages that there are."""
    ada = ada_chat(stage)
    ada.send_text("/help")
    news = await first_news(http)
    assert news["fresh"]
    assert [chat["title"] for chat in news["chats"]] == ["Kling", "Kling", "Weekend", "Road trip", "Just us"]
    assert [message["text"] or message["event"] for message in news["messages"]] == [
        "/help",
        "Ada added Kling",
        "Ada opened the topic Photos",
    ]


async def test_an_open_page_does_not_delay_the_end(stage: Sandbox) -> None:
    """Ctrl-C ends the demo at once, though a page listens."""
    async with httpx.AsyncClient(timeout=60) as http, asyncio.timeout(60):
        async with Server(create_app(stage)) as server:
            request = http.build_request("GET", f"{server.url}/events")
            response = await http.send(request, stream=True)
        with pytest.raises(httpx.RemoteProtocolError):
            await response.aread()


@pytest.mark.parametrize(
    ("asked", "status", "where", "body"),
    [
        (None, 200, None, b"\xff\xd8234567"),
        ("bytes=0-", 206, "bytes 0-7/8", b"\xff\xd8234567"),
        ("bytes=2-3", 206, "bytes 2-3/8", b"23"),
        ("bytes=6-99", 206, "bytes 6-7/8", b"67"),
        ("bytes=-3", 206, "bytes 5-7/8", b"567"),
        ("bytes=8-", 416, "bytes */8", b""),
        ("bytes=-0", 416, "bytes */8", b""),
        ("bytes=1-2,4-5", 200, None, b"\xff\xd8234567"),
        ("lines=1-2", 200, None, b"\xff\xd8234567"),
    ],
)
def test_ranges(asked: str | None, status: int, where: str | None, body: bytes) -> None:
    """A player that asks for a part of a video gets that part, and is told where it lies."""
    response = file_response(b"\xff\xd8234567", asked)
    assert (response.status_code, response.headers.get("Content-Range")) == (status, where)
    assert response.body == body


def test_only_pictures_and_videos_are_shown() -> None:
    """A web page or an SVG that was sent as a file can only be saved: it never opens as a part of this page."""
    for data in (b"<html><script>1</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        response = file_response(data, None)
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.media_type == "application/octet-stream"
    assert media_type(photo("ada")) == "image/jpeg"
    assert media_type(b"\0\0\0\x18ftypheic") is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": " "}, "nothing to send"),
        ({"text": "x", "chat": "5"}, "no such chat"),
        ({"text": "x", "by": "5"}, "not in this chat"),
        ({"text": "x", "reply_to": "5"}, "not there any more"),
        ({"photo": "dog"}, "no such picture"),
        ({"photo": ["ada"] * 11}, "10 pictures at most"),
    ],
)
async def test_what_cannot_be_sent(http: httpx.AsyncClient, stage: Sandbox, fields: dict[str, Any], words: str) -> None:
    """What Telegram's app would not let anybody send is refused in a sentence."""
    ada = ada_chat(stage)
    response = await http.post("/messages", data={"chat": ada.id, "by": ada.id, **fields})
    assert response.status_code == 422
    assert words in response.json()["error"]
    assert ada.messages == []


async def test_no_picture(http: httpx.AsyncClient, stage: Sandbox) -> None:
    """A text file sent as a photo is refused, and the person is told what to do."""
    ada = ada_chat(stage)
    files = {"photo": ("notes.txt", b"no picture")}
    response = await http.post("/messages", data={"chat": ada.id, "by": ada.id}, files=files)
    assert "send it as a file" in response.json()["error"]


async def test_what_is_not_there(http: httpx.AsyncClient) -> None:
    """A picture, a face or a file that does not exist is not found."""
    for path in ("/bundled/dog.jpg", "/faces/1", "/media/nothing", "/nowhere"):
        assert (await http.get(path)).status_code == 404


async def test_serving(stage: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever starts the demo reads where the page is and how to stop it, and a browser opens there."""
    opened, shown = asyncio.Event(), list[str]()
    serving = asyncio.create_task(serve_page(stage, 0, ready=opened, open_url=shown.append))
    async with asyncio.timeout(60):
        await opened.wait()
    (url,) = shown
    assert capsys.readouterr().out == f"The chat is at {url} (Ctrl-C stops it).\n"
    async with httpx.AsyncClient(timeout=60) as http:
        assert "Sandbox chat" in (await http.get(url)).text
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_a_port_in_use(stage: Sandbox, address: str) -> None:
    """Where something else listens on the port, the operator reads which one, and how to choose another."""
    port = int(address.rpartition(":")[2])
    with pytest.raises(PortUnavailable, match=rf"Port {port} cannot be used .*PORT="):
        await serve_page(stage, port, open_url=print)


def test_screens() -> None:
    """A browser opens only where there is a screen to show it."""
    assert has_screen("darwin", {})
    assert has_screen("linux", {"DISPLAY": ":0"})
    assert has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not has_screen("linux", {"DISPLAY": ""})
