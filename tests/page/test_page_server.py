"""The page's server, without a browser."""

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
async def http(page_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=page_url, timeout=60) as http:
        yield http


async def first_news(http: httpx.AsyncClient) -> dict[str, Any]:
    async with http.stream("GET", "/events") as response:
        line = await anext(response.aiter_lines())
    news: dict[str, Any] = json.loads(line.removeprefix("data: "))
    return news


async def test_other_websites_are_refused(http: httpx.AsyncClient) -> None:
    """A website that resolves its own name to this computer, or posts from its own page, is refused."""
    assert (await http.get("/", headers={"Host": "evil.example:8080"})).status_code == 403
    assert (await http.post("/messages", headers={"Origin": "http://evil.example"})).status_code == 403
    assert (await http.get("/")).status_code == 200
    port = http.base_url.port
    assert (await http.get("/", headers={"Host": f"localhost:{port}"})).status_code == 200


async def test_the_page_may_load_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    """The browser is told to load and run nothing but the page's own files."""
    assert "default-src 'self'" in (await http.get("/")).headers["Content-Security-Policy"]


async def test_a_new_page_gets_everything(http: httpx.AsyncClient, sandbox: Sandbox) -> None:
    """A page that is opened or reconnects first gets all chats and messages."""
    ada = ada_chat(sandbox)
    ada.send_text("/help")
    news = await first_news(http)
    assert news["fresh"]
    assert [chat["title"] for chat in news["chats"]] == ["Kling", "Kling", "Kling", "Weekend", "Road trip", "Just us"]
    assert [message["text"] or message["event"] for message in news["messages"]] == [
        "/help",
        "Ada added Kling",
        "Ada opened the topic Photos",
    ]


async def test_an_open_page_does_not_delay_the_end(sandbox: Sandbox) -> None:
    """An open page does not delay the end of the demo."""
    async with httpx.AsyncClient(timeout=60) as http, asyncio.timeout(60):
        async with Server(create_app(sandbox)) as server:
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
    """A player that requests a part of a video gets that part, with its position."""
    response = file_response(b"\xff\xd8234567", asked)
    assert (response.status_code, response.headers.get("Content-Range")) == (status, where)
    assert response.body == body


def test_only_pictures_and_videos_are_shown() -> None:
    """An HTML page or an SVG that was sent as a file can only be saved, so that it never runs as part of the page."""
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
async def test_what_cannot_be_sent(
    http: httpx.AsyncClient, sandbox: Sandbox, fields: dict[str, Any], words: str
) -> None:
    """Messages that Telegram's app would not send are refused with a reason."""
    ada = ada_chat(sandbox)
    response = await http.post("/messages", data={"chat": ada.id, "by": ada.id, **fields})
    assert response.status_code == 422
    assert words in response.json()["error"]
    assert ada.messages == []


async def test_no_picture(http: httpx.AsyncClient, sandbox: Sandbox) -> None:
    """A text file sent as a photo is refused, and the person reads what to do."""
    ada = ada_chat(sandbox)
    files = {"photo": ("notes.txt", b"no picture")}
    response = await http.post("/messages", data={"chat": ada.id, "by": ada.id}, files=files)
    assert "send it as a file" in response.json()["error"]


async def test_what_is_not_there(http: httpx.AsyncClient) -> None:
    """A photo or a file that does not exist is a 404."""
    for path in ("/bundled/dog.jpg", "/faces/1", "/media/nothing", "/nowhere"):
        assert (await http.get(path)).status_code == 404


async def test_serving(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    """The demo prints where the page is and how to stop it, and opens a browser there."""
    opened, shown = asyncio.Event(), list[str]()
    serving = asyncio.create_task(serve_page(sandbox, 0, ready=opened, open_url=shown.append))
    async with asyncio.timeout(60):
        await opened.wait()
    (url,) = shown
    assert capsys.readouterr().out == f"The chat is at {url} (Ctrl-C stops it).\n"
    async with httpx.AsyncClient(timeout=60) as http:
        assert "Sandbox chat" in (await http.get(url)).text
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_a_port_in_use(sandbox: Sandbox, page_url: str) -> None:
    """If the port is in use, the operator reads which one and how to choose another."""
    port = int(page_url.rpartition(":")[2])
    with pytest.raises(PortUnavailable, match=rf"Port {port} cannot be used .*PORT="):
        await serve_page(sandbox, port, open_url=print)


def test_screens() -> None:
    """A browser is opened only if there is a screen."""
    assert has_screen("darwin", {})
    assert has_screen("linux", {"DISPLAY": ":0"})
    assert has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not has_screen("linux", {"DISPLAY": ""})
