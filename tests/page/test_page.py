from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.page.page_actions import send

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from tests.page.page_actions import Picture

pytestmark = pytest.mark.usefixtures("bot")


async def plays(video: Locator) -> None:
    """Wait until a video has a picture and plays by itself."""
    await video.wait_for()
    width = await video.evaluate(
        """video => new Promise(done => {
            const look = () => video.currentTime > 0.2 && done(video.videoWidth);
            video.addEventListener("timeupdate", look);
            look();
        })"""
    )
    assert width > 0


async def test_a_photo_becomes_a_video(page: Page) -> None:
    """A photo sent with /squish becomes a video that plays; Again says so in a toast and makes another one."""
    await send(page, "/squish", "ada")
    status = page.locator(".row.bot", has_text="Squish").first
    await expect(status).to_contain_text(re.compile("in the queue|sending|being made"))
    await plays(page.locator("video").first)
    await page.get_by_role("button", name="Again").first.click()
    await expect(page.locator("#toast")).to_contain_text("Squish")
    await plays(page.locator("video").nth(1))
    assert await page.locator(".row.mine").count() == 1


async def test_an_album_becomes_a_hug(page: Page, picture: Picture) -> None:
    """Two photos sent together with /hug are shown as one album and become one video with its buttons."""
    await send(page, "/hug", "ada", "ben")
    album = page.locator(".row.mine")
    await expect(album).to_have_count(1)
    await expect(album.locator("img")).to_have_count(2)
    await plays(page.locator("video"))
    await expect(page.get_by_role("button", name="Swap sides")).to_be_visible()
    await expect(page.get_by_text("Your Hug is ready.").first).to_be_visible()
    await picture(page, "demo")


async def test_no_face(page: Page) -> None:
    """If no face is found in the photos for a hug, the person reads so and gets other effects as buttons."""
    await send(page, "/hug", "coffee", "cat")
    answer = page.locator(".row.bot", has_text="couldn't find a face")
    await answer.wait_for()
    await expect(answer.get_by_role("button", name="Squish")).to_be_visible()
    assert await page.locator("video").count() == 0


async def test_start(page: Page) -> None:
    """The Start button of the empty chat brings the greeting, and a command in it can be clicked."""
    await expect(page.locator(".empty")).to_contain_text("Send me a photo")
    await page.get_by_role("button", name="Start", exact=True).click()
    greeting = page.locator(".row.bot").first
    await greeting.get_by_role("button", name="/effects", exact=True).click()
    await expect(page.locator(".row.bot").nth(1)).to_contain_text("Choose one, or a theme")
    await expect(page.locator(".empty")).to_have_count(0)


async def test_the_menu(page: Page) -> None:
    """A slash suggests the bot's commands, and the chosen one is sent."""
    box = page.get_by_label("Message", exact=True)
    await box.press_sequentially("/he")
    offered = page.get_by_role("option")
    await expect(offered).to_have_count(2)
    await expect(offered.first).to_contain_text("/heart")
    await box.press("ArrowUp")
    await box.press("Enter")
    await expect(page.locator(".row.mine")).to_contain_text("/help")
    await expect(offered).to_have_count(0)


async def test_a_group(page: Page) -> None:
    """In a group Ben sends one photo for a hug; when the bot asks for the other one, his composer replies to it."""
    await page.get_by_role("button", name="Weekend").click()
    await page.get_by_role("radio", name="Ben").click()
    await send(page, "/hug@kling_sandbox_bot", "ben")
    await expect(page.locator("#reply-bar")).to_contain_text("Reply to Kling")
    await send(page, "", "ada")
    await expect(page.locator("#reply-bar")).to_be_hidden()
    await plays(page.locator("video"))
    await page.get_by_role("radio", name="Ada").click()
    await page.get_by_role("button", name="Again").click()
    await expect(page.locator("#toast")).to_contain_text("Only the person who asked")
