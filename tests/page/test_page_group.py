"""Ada, Ben and the real bot in groups on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from sandbox.aiml import FakeAiml
from tests.page.page_actions import open_chat_as, send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox
    from tests.page.page_actions import Picture

pytestmark = pytest.mark.usefixtures("bot")


async def test_two_people_give_a_photo_each(page: Page, sandbox: Sandbox) -> None:
    """Ben asks for a hug with his photo, Ada replies to the bot's question with hers, and the hug has both."""
    await open_chat_as(page, "Ben", "Weekend")
    await send(page, "/hug@kling_sandbox_bot", "ben")
    question = page.locator(".row.bot", has_text="send me the other one")
    await question.wait_for()
    await page.get_by_role("radio", name="Ada").check()
    await expect(page.locator("#reply-bar")).to_be_hidden()
    await question.get_by_role("button", name="Reply", exact=True).click()
    await send(page, "", "ada")
    await page.locator("video").wait_for()
    (submission,) = sandbox.service(FakeAiml).submissions
    assert (submission.scene, len(submission.photos)) == ("hug", 2)


async def test_failover_to_the_other_service(page: Page, sandbox: Sandbox) -> None:
    """If AIML is out of credit, Kling makes the video, and the sandbox panel shows the charge."""
    await page.get_by_role("button", name="Sandbox").click()
    await page.get_by_label("What AIML API does").select_option("Is out of credit")
    await send(page, "/hug", "ada", "ben")
    await page.locator("video").wait_for()
    bill = page.get_by_role("complementary", name="Sandbox").locator("section")
    await expect(bill.filter(has_text="AIML API")).to_contain_text("nothing charged yet")
    await expect(bill.filter(has_text="Kling")).to_contain_text("1 video, $")
    assert sandbox.service(FakeAiml).ledger == []


async def test_a_profile_photo_needs_consent(page: Page, picture: Picture) -> None:
    """Ada replies to Ben with /hug for his profile photo: only his press on Accept brings the video."""
    await open_chat_as(page, "Ben", "Weekend")
    await send(page, "Good morning")
    await page.get_by_role("radio", name="Ada").check()
    await page.locator(".row.person").get_by_role("button", name="Reply", exact=True).click()
    await send(page, "/hug@kling_sandbox_bot")
    await page.get_by_role("button", name="Accept").click()
    await expect(page.locator("#toast")).to_have_text("Only Ben can answer this.")
    await page.get_by_role("radio", name="Ben").check()
    await picture(page, "consent")
    await page.get_by_role("button", name="Accept").click()
    await page.locator("video").wait_for()
    await expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    await expect(page.get_by_text("Your Hug is ready.").first).to_be_visible()
    await picture(page, "group")
