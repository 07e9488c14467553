"""Photos that can't be fetched from Telegram or prepared: tried again with growing waits, then told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.http.faults import FOREVER, CloseBefore, RespondWith
from storage import State
from tests.assertions import is_video, says

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.http.faults import Fault
    from sandbox.telegram import Chat
    from storage import Job
    from tests.bot_under_test import BotUnderTest

ABSOLUTE = "/var/lib/telegram-bot-api/1000001:token/photos/file_0.jpg"
UNAVAILABLE = "Bad Request: wrong file_id or the file is temporarily unavailable"


def refusal(status: int, description: str) -> RespondWith:
    """Return an error of the Bot API."""
    return RespondWith(status, {"ok": False, "error_code": status, "description": description})


def file_at(path: Any) -> RespondWith:
    """Return an answer to getFile with this path; none if it is None."""
    result = {"file_id": "x", "file_unique_id": "y"} | ({} if path is None else {"file_path": path})
    return RespondWith(200, {"ok": True, "result": result})


def failed(jobs: list[Job]) -> bool:
    """Return True if all jobs have failed."""
    return bool(jobs) and all(job.state is State.FAILED for job in jobs)


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("getFile", refusal(400, UNAVAILABLE)),
        ("getFile", refusal(400, "Bad Request: file is temporarily unavailable")),
        ("getFile", refusal(403, "Forbidden: nobody may")),
        ("getFile", refusal(404, "Not Found")),
        ("getFile", refusal(500, "Internal Server Error")),
        ("getFile", CloseBefore()),
        ("getFile", RespondWith(200, body=b"<html>")),
        ("getFile", RespondWith(200, {"ok": True, "result": None})),
        ("getFile", RespondWith(200, {"ok": True, "result": {}})),
        ("getFile", RespondWith(200, {"ok": True, "result": [1]})),
        ("getFile", file_at(None)),
        ("getFile", file_at("")),
        ("getFile", file_at(5)),
        ("getFile", file_at(ABSOLUTE)),
        ("getFile", file_at("C:\\telegram\\photos\\file_0.jpg")),
        ("getFile", file_at("photos/\x00")),
        ("file", RespondWith(404, body=b"")),
        ("file", refusal(404, "Not Found")),
        ("file", RespondWith(502, body=b"Bad Gateway")),
        ("file", CloseBefore()),
    ],
)
async def test_row_38_a_photo_that_never_comes(
    bot: BotUnderTest,
    admin_chat: Chat,
    coffee: bytes,
    caplog: pytest.LogCaptureFixture,
    method: str,
    fault: Fault,
) -> None:
    """A photo that can't be fetched is tried for ten minutes; then the person reads it, and the admins do, once."""
    rule = bot.telegram.faults.add(method, fault, times=FOREVER)
    await bot.start(admin_ids=str(admin_chat.id))
    for _ in range(2):
        bot.chat.send_photo(coffee, "/squish")
    began = bot.clock()
    await bot.until(lambda jobs: len(jobs) == 2 and failed(jobs), advancing=20)
    assert all(job.finished_at is not None and job.finished_at > began + 600 for job in await bot.jobs())
    told = says("couldn't get the photo from Telegram")
    await bot.chat.wait(lambda chat: sum(map(told, chat.messages)) == 2)
    await admin_chat.wait_for(says("could not be fetched from Telegram"))
    assert rule.use_count < 2 * 14, "the waits grow"
    assert bot.aiml.submissions == []
    assert not [record for record in caplog.records if record.exc_info and record.name.startswith("bot")], (
        "no tracebacks"
    )
    await bot.stop()
    assert sum(says("could not be fetched")(seen) for seen in admin_chat.messages) == 1
    assert not any(bot.telegram.token in seen.text for seen in admin_chat.messages)


@pytest.mark.parametrize(
    ("method", "fault"), [("getFile", refusal(400, UNAVAILABLE)), ("file", RespondWith(404, body=b""))]
)
async def test_row_38_a_photo_that_comes_later(bot: BotUnderTest, coffee: bytes, method: str, fault: Fault) -> None:
    """A photo that is not there for a few minutes becomes a video after all; nobody is told anything."""
    rule = bot.telegram.faults.add(method, fault, times=5)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(lambda _: rule.use_count == 5, advancing=20)
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=20)
    assert not any(says("couldn't get")(seen) for seen in bot.chat.messages)


async def test_row_38_while_telegram_is_away_nobody_is_failed(bot: BotUnderTest, coffee: bytes) -> None:
    """While Telegram answers nothing at all, for however long, a request waits, and becomes a video afterwards."""
    away = RespondWith(502, body=b"Bad Gateway")
    await bot.start()
    bot.chat.send_text("/help")
    await bot.chat.wait_for(lambda seen: seen.sender == "bot")
    rules = [bot.telegram.faults.add(method, away, times=FOREVER) for method in ("getFile", "getMe")]
    bot.chat.send_photo(coffee, "/squish")
    began = bot.clock()
    await bot.until(lambda _: bot.clock() > began + 24 * 60, advancing=60)
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.QUEUED])
    for rule in rules:
        rule.remove()
    await bot.until(lambda jobs: jobs[0].state is State.DELIVERED, advancing=60)


async def test_row_38_a_local_servers_files(bot: BotUnderTest, coffee: bytes, tmp_path: Path) -> None:
    """With TELEGRAM_LOCAL_MODE the file is read where the local server put it, whatever that is called."""
    path = tmp_path / "1000001:token ä" / "file 0.jpg"
    path.parent.mkdir()
    path.write_bytes(coffee)
    bot.telegram.faults.add("getFile", file_at(str(path)), times=FOREVER)
    await bot.start(telegram_local_mode="true")
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)


@pytest.mark.parametrize("local_mode", ["false", "true"])
async def test_row_38_a_local_servers_files_are_out_of_reach(
    bot: BotUnderTest, admin_chat: Chat, coffee: bytes, local_mode: str
) -> None:
    """If the folder is not shared, or local mode is off, no file of the bot's machine is read, and admins read why."""
    path = ABSOLUTE if local_mode == "true" else __file__
    bot.telegram.faults.add("getFile", file_at(path), times=FOREVER)
    await bot.start(admin_ids=str(admin_chat.id), telegram_local_mode=local_mode)
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(failed, advancing=60)
    told = await admin_chat.wait_for(says("could not be fetched from Telegram"))
    assert {"true": "share the server's folder", "false": "see TELEGRAM_LOCAL_MODE"}[local_mode] in told.text
    await bot.chat.wait_for(says("couldn't get the photo from Telegram"))


async def test_row_38_a_file_that_is_too_big_on_the_disk(bot: BotUnderTest, coffee: bytes, tmp_path: Path) -> None:
    """A local server gives files of any size; one over 20 MB is refused in words at once."""
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    bot.telegram.faults.add("getFile", file_at(str(path)), times=FOREVER)
    await bot.start(telegram_local_mode="true")
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(says("bigger than 20 MB"))


async def test_row_38_no_process_for_photos(
    bot: BotUnderTest, admin_chat: Chat, coffee: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If no photo process can be started for ten minutes, the person is asked to come later, and admins read why."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    await bot.start(admin_ids=str(admin_chat.id))
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(failed, advancing=60)
    await bot.chat.wait_for(says("could not prepare the photo"))
    told = await admin_chat.wait_for(says("Photos can't be prepared"))
    assert "/nowhere/python" in told.text
    assert bot.aiml.submissions == []
