"""The one port that the bot may open, and strangers who knock there."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import psutil

from storage import State
from tests.assertions import says
from tests.crash.bot_process import BotProcess
from tests.free_ports import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from storage import Job
    from tests.bot_under_test import BotUnderTest

LIMIT = 64 * 1024
BODIES = {
    "nothing": b"",
    "no JSON": b"task_status=succeed",
    "a list": b"[1, 2]",
    "a bomb": b"[" * 60_000,
    "no text": bytes(range(256)),
    "no task": b'{"task_status": "succeed"}',
    "a task of nobody": b'{"task_id": "815336894036197446", "task_status": "succeed"}',
    "a task that is an object": b'{"task_id": {"$ne": null}}',
    "SQL": b'{"task_id": "\' OR 1=1 --"}',
    "a giant id": json.dumps({"task_id": "x" * 60_000}).encode(),
}


async def listening(bot_with_kling: BotUnderTest, *, port: int) -> str:
    """Start a bot that listens for callbacks on this port and polls seldom; return the secret path."""
    await bot_with_kling.start(
        video_service="kling",
        listen=f"127.0.0.1:{port}",
        kling_callback_url=f"http://127.0.0.1:{port}",
        poll_interval="60",
    )
    await bot_with_kling.telegram.wait(lambda telegram: any(call.method == "getMe" for call in telegram.calls))
    with closing(sqlite3.connect(f"file:{bot_with_kling.database}?mode=ro", uri=True)) as connection:
        (secret,) = connection.execute("SELECT value FROM installation WHERE name = 'callback_path'").fetchone()
    return f"/kling/{secret}"


async def knock(port: int, request: bytes) -> bytes:
    """Send these bytes, and return the first line of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        await writer.drain()
        async with asyncio.timeout(60):
            return (await reader.readline()).strip()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def post(path: str, body: bytes) -> bytes:
    """Return the bytes of a POST request."""
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def being_made(bot_with_kling: BotUnderTest, photos: list[bytes]) -> Job:
    """Start a job that is polled only minutes later."""
    bot_with_kling.kling.callbacks.copies = 0
    bot_with_kling.chat.send_album(photos, "/hug")
    return await bot_with_kling.until_state(State.GENERATING)


async def test_paths_that_nobody_was_told(bot_with_kling: BotUnderTest) -> None:
    """Without the path there is nothing to find, and nothing is read."""
    port = free_port()
    own = await listening(bot_with_kling, port=port)
    for path in ("/", "/kling", "/kling/", "/kling/guess", f"/kling/..{own}", "/aiml/x", "/%00", own[:-1], own + "/"):
        for request in (post(path, b"{}"), f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()):
            status = (await knock(port, request)).split(b" ")[1:2]
            assert status in ([b"404"], [b"405"], [b"400"]), path


async def test_bodies_that_mean_nothing(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """Whatever stands in a callback, it moves no job and costs no question where it names no job of ours."""
    port = free_port()
    path = await listening(bot_with_kling, port=port)
    before = await being_made(bot_with_kling, [ada, ben])
    asked = bot_with_kling.kling.faults.request_count
    for what, body in BODIES.items():
        for _ in range(2):
            assert b" 200 " in await knock(port, post(path, body)), what
    after = await bot_with_kling.job()
    assert (after.state, after.due_at, after.version) == (State.GENERATING, before.due_at, before.version)
    assert bot_with_kling.kling.faults.request_count == asked


async def test_bodies_that_are_too_long(bot_with_kling: BotUnderTest) -> None:
    """More than 64 KiB is not read, whether its length is told, told wrong, or not told."""
    port = free_port()
    path = await listening(bot_with_kling, port=port)
    start = f"POST {path} HTTP/1.1\r\nHost: x\r\n"
    huge = b" " * (LIMIT + 1)
    chunked = f"{start}Transfer-Encoding: chunked\r\n\r\n{len(huge):x}\r\n".encode() + huge + b"\r\n0\r\n\r\n"
    assert b" 413 " in await knock(port, post(path, huge))
    assert b" 413 " in await knock(port, chunked)
    assert b" 413 " in await knock(port, f"{start}Content-Length: 99999999999999\r\n\r\n".encode())
    for strange in ("Content-Length: -1\r\n\r\n", f"Content-Length: {'9' * 99}\r\n\r\n", f"X: {'x' * 20_000}"):
        assert b" 400 " in await knock(port, f"{start}{strange}".encode())
    assert b" 200 " in await knock(port, post(path, b" " * LIMIT))


async def test_who_never_comes_to_an_end(bot_with_kling: BotUnderTest) -> None:
    """Who sends a part of a request and no more is sent away, and nobody waits for them."""
    port = free_port()
    path = await listening(bot_with_kling, port=port)
    started = asyncio.get_running_loop().time()
    half = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{{".encode()
    slow, silent = (asyncio.create_task(knock(port, request)) for request in (half, b"POST /"))
    assert b" 200 " in await knock(port, post(path, b"{}"))
    assert b" 408 " in await slow
    assert await silent == b""
    assert asyncio.get_running_loop().time() - started < 45


async def test_strangers_who_keep_connections_open(bot_with_kling: BotUnderTest, ada: bytes, ben: bytes) -> None:
    """However many connections strangers hold, the bot goes on with its work, and they are closed in the end."""
    port = free_port()
    await listening(bot_with_kling, port=port)
    strangers = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
    bot_with_kling.chat.send_text("/help")
    await bot_with_kling.chat.wait_for(says("I turn one or two photos"))
    await being_made(bot_with_kling, [ada, ben])
    async with asyncio.timeout(60):
        for reader, writer in strangers:
            with suppress(ConnectionError):
                assert await reader.read() == b""
            writer.close()


async def test_only_that_port_is_open(bot_with_kling: BotUnderTest, tmp_path: Path) -> None:
    """With callbacks the bot listens on the port that the operator named, and on no other; SIGTERM ends it in time."""
    port = free_port()
    settings = {"LISTEN": f"127.0.0.1:{port}", "KLING_CALLBACK_URL": "https://bot.example.org"}
    process = BotProcess(bot_with_kling.sandbox.bot_environment(tmp_path / "bot.db", **settings), tmp_path)
    before = set(psutil.Process().children())
    await process.start()
    (ours,) = set(psutil.Process().children()) - before
    bot_with_kling.chat.send_text("/help")
    await bot_with_kling.chat.wait_for(says("I turn one or two photos"))
    _, stranger = await asyncio.open_connection("127.0.0.1", port)
    open_ones = {one.laddr.port for one in ours.net_connections() if one.status == psutil.CONN_LISTEN}
    assert open_ones == {port}
    process.terminate()
    assert await process.wait_ended() == 0
    stranger.close()
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        (secret,) = connection.execute("SELECT value FROM installation").fetchone()
    assert secret not in process.log_text
