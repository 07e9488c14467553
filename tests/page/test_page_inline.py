"""Inline mode and guest mode on the page, with the real bot, in the group that it is not in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from sandbox.aiml import FakeAiml
from sandbox.photos import photo
from tests.page.page_actions import group_named, open_chat_as, send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox
    from tests.page.page_actions import Picture

BEN = 700_000_002
BOT = "@kling_sandbox_bot"

pytestmark = pytest.mark.usefixtures("bot")


@pytest.mark.parametrize("feedback", [True, False], ids=["feedback", "no feedback"])
async def test_a_choice_becomes_a_video(page: Page, sandbox: Sandbox, picture: Picture, *, feedback: bool) -> None:
    """A hug chosen inline for photos sent to the bot becomes the video, after a press on Start if it must."""
    sandbox.telegram.account.inline_feedback = feedback
    await send(page, "", "ada", "ben")
    await page.locator(".row.bot").wait_for()
    group = group_named(sandbox, "Just us")
    group.send_photo(photo("cat"), "Look who is here! And what have you got?", by=sandbox.telegram.people[BEN])
    await page.locator("#chats").get_by_role("button", name="Just us").click()
    box = page.get_by_label("Message", exact=True)
    await box.press_sequentially(f"{BOT} hug")
    await expect(page.get_by_role("option", name="Hug").first).to_contain_text("two photos")
    await picture(page, "inline")
    await box.press("Tab")
    placed = page.locator(".row.mine")
    await expect(placed).to_contain_text(f"via {BOT}")
    if not feedback:
        await placed.get_by_role("button", name="Start").click()
    await placed.locator("video").wait_for()
    assert [submission.scene for submission in sandbox.service(FakeAiml).submissions] == ["hug"]


async def test_a_guest_message_becomes_a_video(page: Page, sandbox: Sandbox) -> None:
    """The bot answers its name and an effect in reply to Ben's photo there, and the answer becomes the video."""
    await open_chat_as(page, "Ben", "Just us")
    await send(page, "my coffee", "coffee")
    await page.get_by_role("radio", name="Ada").check()
    await page.get_by_role("button", name="Reply", exact=True).click()
    await send(page, f"{BOT} squish")
    await page.locator(".row.bot video").wait_for()
    assert [submission.scene for submission in sandbox.service(FakeAiml).submissions] == ["squish"]


async def test_a_video_is_shared(page: Page, sandbox: Sandbox) -> None:
    """Share under a video and a chosen chat send the same video there, and nothing is charged again."""
    await send(page, "/squish", "coffee")
    await page.get_by_role("button", name="Share").click()
    await page.get_by_role("dialog").get_by_role("button", name="Just us").click()
    await page.locator("#suggestions video").click()
    await page.locator(".row.mine video").wait_for()
    assert len(sandbox.service(FakeAiml).submissions) == 1
