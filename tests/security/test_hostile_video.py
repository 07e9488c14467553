"""Videos that are none, have no end, or lie where the bot must not look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.http.faults import FOREVER, IncomingRequest, RespondWith
from storage import State
from tests.assertions import is_video, says
from tests.security.hostile_host import GIGABYTE, EndlessFile, inner, point_to, redirect, serve
from tests.security.open_files import OpenFiles

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

MIB = 1024 * 1024
NO_CONTENT = {"ok": False, "error_code": 400, "description": "Bad Request: failed to get HTTP URL content"}


async def given_up(bot: BotUnderTest, coffee: bytes) -> None:
    """Ask for a video, and check that the bot says it could not fetch it."""
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.until(bool)
    await bot.until(lambda jobs: jobs[0].state is State.UNDELIVERABLE, seconds=20, advancing=100)
    await bot.chat.wait_for(says("couldn't fetch it"))
    assert not any(is_video(seen) for seen in bot.chat.history)


@pytest.mark.parametrize("path", ["/video.mp4", "/latest/meta-data/"])
async def test_an_address_inside_the_network(bot: BotUnderTest, coffee: bytes, path: str) -> None:
    """A result inside the network is neither fetched, nor handed to Telegram, nor shown as a link."""
    async with inner() as host:
        url = point_to(bot, host.url + path)
        await given_up(bot, coffee)
    assert host.asked == []
    assert bot.params_of("editMessageMedia") == []
    assert url not in str([seen.raw for seen in bot.chat.history])


async def test_a_redirect_into_the_network(bot: BotUnderTest, coffee: bytes) -> None:
    """A result that redirects into the network is not followed there."""
    async with inner() as host:
        redirect(bot, host.url + "/secret.mp4")
        bot.telegram.faults.add("editMessageMedia", RespondWith(400, NO_CONTENT), times=FOREVER)
        await given_up(bot, coffee)
    assert host.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "https://169.254.169.254/", "ftp://x/", "//localhost/x.mp4"])
async def test_a_redirect_elsewhere(bot: BotUnderTest, coffee: bytes, target: str) -> None:
    """A result that redirects to a file, another scheme or a private address is given up in words."""
    redirect(bot, target)
    bot.telegram.faults.add("editMessageMedia", RespondWith(400, NO_CONTENT), times=FOREVER)
    await given_up(bot, coffee)


@pytest.mark.parametrize("path", ["/told", "/untold"])
async def test_a_gigabyte(bot: BotUnderTest, coffee: bytes, path: str) -> None:
    """Of a video of a gigabyte at most 50 MB are taken, none where its length is told, and a link comes instead."""
    tap, files = EndlessFile(), OpenFiles()
    url = serve(bot, path, tap)
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    told = await bot.chat.wait_for(says("too big for Telegram"))
    assert told.buttons[0][0].url == url
    await bot.until_state(State.DELIVERED)
    assert files.new() == []
    assert tap.poured <= (8 * MIB if path == "/told" else 64 * MIB) < GIGABYTE


async def test_the_link_has_no_marks_of_html(bot: BotUnderTest, coffee: bytes) -> None:
    """The message with the link shows the effect's name, and no HTML."""
    serve(bot, "/told", EndlessFile())
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    told = await bot.chat.wait_for(says("too big for Telegram"))
    assert "<b>" not in told.text


async def test_the_file_of_an_upload(bot: BotUnderTest, coffee: bytes) -> None:
    """While a video is uploaded it lies in one file that has no name and is its owner's only; then it is gone."""
    found: list[tuple[int, int]] = []
    files = OpenFiles()

    def look(incoming: IncomingRequest, moment: str) -> None:
        if moment == "before" and incoming.method == "editMessageMedia" and "Upload" in str(incoming.params):
            found.extend(files.new())

    bot.aiml.faults.add("GET /files", RespondWith(403))
    bot.telegram.faults.on_request = look
    await bot.start()
    bot.chat.send_photo(coffee, "/squish")
    await bot.chat.wait_for(is_video)
    await bot.until_state(State.DELIVERED)
    assert found == [(len(bot.video.data), 0o600)]
    assert files.new() == []
