from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from sandbox.http.faults import (
    FOREVER,
    CloseAfter,
    CloseBefore,
    Delay,
    DropConnection,
    HandleThen,
    Hang,
    RespondWith,
    TruncateResponse,
)
from sandbox.http.server import Server
from sandbox.telegram import FakeTelegram
from tests.sandbox.telegram.minimal_bot import next_request

if TYPE_CHECKING:
    from sandbox.http.faults import IncomingRequest, Phase
    from tests.sandbox.telegram.minimal_bot import MinimalBot


async def test_closes_at_once_with_a_long_poll_open(caplog: pytest.LogCaptureFixture) -> None:
    """The server stops without delay and without log messages while a bot waits for updates."""
    tg = FakeTelegram()
    async with httpx.AsyncClient(timeout=60) as http:
        async with Server(tg.app) as server:
            arrived = next_request(tg)
            poll = asyncio.create_task(http.get(f"{server.url}/bot{tg.token}/getUpdates?timeout=50"))
            await arrived.wait()
            begun = time.monotonic()
        assert time.monotonic() - begun < 25  # seconds; the poll has fifty
        with pytest.raises(httpx.HTTPError):
            await poll
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_listens_again_on_the_same_port() -> None:
    """The server can be stopped and started again on the same port."""
    tg = FakeTelegram()
    async with Server(tg.app) as first:
        port = int(first.url.rpartition(":")[2])
    async with httpx.AsyncClient(timeout=60) as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(f"{first.url}/bot{tg.token}/getMe")
        async with Server(tg.app, port=port) as second:
            assert second.url == first.url
            assert (await http.get(f"{second.url}/bot{tg.token}/getMe")).is_success


async def test_replies_instead_of_handling(tg: FakeTelegram, bot: MinimalBot) -> None:
    """With RespondWith the given response is sent, and the request is not handled."""
    chat = tg.private_chat(tg.add_person("Ada"))
    tg.faults.add(
        "sendMessage", RespondWith(502, body=b"<html>"), RespondWith(500, json={"ok": False}, headers={"x-a": "b"})
    )
    first = await bot.post("sendMessage", chat_id=chat.id, text="one")
    second = await bot.post("sendMessage", chat_id=chat.id, text="two")
    assert (first.status_code, first.content) == (502, b"<html>")
    assert (second.status_code, second.json(), second.headers["x-a"]) == (500, {"ok": False}, "b")
    assert chat.messages == []
    await bot("sendMessage", chat_id=chat.id, text="three")
    assert [message.text for message in chat.messages] == ["three"]


async def test_closes_before_handling(tg: FakeTelegram, bot: MinimalBot) -> None:
    """With CloseBefore the connection breaks, and the request is not handled."""
    chat = tg.private_chat(tg.add_person("Ada"))
    tg.faults.add("sendMessage", CloseBefore())
    with pytest.raises(httpx.RemoteProtocolError):
        await bot("sendMessage", chat_id=chat.id, text="lost")
    assert chat.messages == []


async def test_loses_the_response(tg: FakeTelegram, bot: MinimalBot) -> None:
    """With CloseAfter the request is handled, and the connection breaks."""
    chat = tg.private_chat(tg.add_person("Ada"))
    tg.faults.add("sendMessage", CloseAfter())
    with pytest.raises(httpx.RemoteProtocolError):
        await bot("sendMessage", chat_id=chat.id, text="done")
    assert [message.text for message in chat.messages] == ["done"]


@pytest.mark.parametrize("kept", [0, 9])
async def test_truncates_the_response(tg: FakeTelegram, bot: MinimalBot, kept: int) -> None:
    """With TruncateResponse the client gets the beginning of the response, and the connection breaks."""
    chat = tg.private_chat(tg.add_person("Ada"))
    tg.faults.add("sendMessage", TruncateResponse(kept))
    with pytest.raises(httpx.RemoteProtocolError, match=f"received {kept} bytes"):
        await bot("sendMessage", chat_id=chat.id, text="done")
    assert len(chat.messages) == 1


async def test_handles_and_responds_otherwise(tg: FakeTelegram, bot: MinimalBot) -> None:
    """With HandleThen the request is handled, but the response is another one."""
    chat = tg.private_chat(tg.add_person("Ada"))
    tg.faults.add("sendMessage", HandleThen(RespondWith(504)))
    assert (await bot.post("sendMessage", chat_id=chat.id, text="done")).status_code == 504
    assert len(chat.messages) == 1


async def test_delays_a_request(tg: FakeTelegram, bot: MinimalBot) -> None:
    """With Delay the request is handled once the event is set."""
    release = asyncio.Event()
    tg.faults.add("getMe", Delay(release))
    arrived = next_request(tg)
    slow = asyncio.create_task(bot("getMe"))
    await arrived.wait()
    await bot("getMyCommands")
    assert not slow.done()
    release.set()
    assert (await slow)["is_bot"] is True


async def test_hangs_until_the_client_leaves(tg: FakeTelegram, bot: MinimalBot) -> None:
    """With Hang the client runs into its own timeout."""
    tg.faults.add("getMe", Hang())
    with pytest.raises(httpx.ReadTimeout):
        await bot.http.get(f"/bot{tg.token}/getMe", timeout=0.05)
    assert (await bot("getMe"))["is_bot"] is True


async def test_faults_by_predicate_and_times(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A fault can apply to some requests only, hold for ever, and be removed."""
    rule = tg.faults.add(lambda request: request.params.get("text") == "x", RespondWith(500), times=FOREVER)
    chat = tg.private_chat(tg.add_person("Ada"))
    codes = [(await bot.post("sendMessage", chat_id=chat.id, text=text)).status_code for text in "xyxx"]
    assert codes == [500, 200, 500, 500]
    assert rule.use_count == 3
    tg.faults.clear()
    assert (await bot.post("sendMessage", chat_id=chat.id, text="x")).status_code == 200
    with pytest.raises(ValueError, match="at least one answer"):
        tg.faults.add("getMe")


async def test_the_hook_is_called_in_each_phase(tg: FakeTelegram, bot: MinimalBot) -> None:
    """The hook is called before a request is handled, once it is handled, and once it is answered."""
    phases: list[tuple[int, str, str]] = []
    answered = asyncio.Event()

    async def hook(request: IncomingRequest, moment: Phase) -> None:
        phases.append((request.number, request.method, moment))
        if moment == "answered":
            answered.set()

    tg.faults.on_request = hook
    await bot("getMe")
    await answered.wait()
    assert phases == [(1, "getMe", "before"), (1, "getMe", "handled"), (1, "getMe", "answered")]
    assert tg.faults.request_count == 1


@pytest.mark.parametrize(("at", "visible"), [("before", 0), ("handled", 1)])
async def test_hook_drops_the_connection(tg: FakeTelegram, bot: MinimalBot, at: str, visible: int) -> None:
    """The hook can break the connection before or after the request is handled."""
    chat = tg.private_chat(tg.add_person("Ada"))

    def hook(_: IncomingRequest, moment: Phase) -> None:
        if moment == at:
            raise DropConnection

    tg.faults.on_request = hook
    with pytest.raises(httpx.RemoteProtocolError):
        await bot("sendMessage", chat_id=chat.id, text="hello")
    assert len(chat.messages) == visible
