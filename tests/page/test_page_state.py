"""What the page keeps in its address, and what it does for whoever reads and types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.page.page_actions import ada_chat, open_chat_as, send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox


async def test_a_reload_keeps_person_chat_and_draft(page: Page) -> None:
    """After a reload one is still Ben in the group, with what was written; Back leads to the chat before."""
    await open_chat_as(page, "Ben", "Weekend")
    await page.get_by_label("Message", exact=True).fill("half a thought")
    await page.reload()
    await expect(page.get_by_role("heading", name="Weekend")).to_be_visible()
    await expect(page.get_by_role("radio", name="Ben")).to_be_checked()
    await expect(page.get_by_label("Message", exact=True)).to_have_value("half a thought")
    await page.go_back()
    await expect(page.get_by_role("heading", name="Kling")).to_be_visible()


async def test_the_composer_has_the_focus(page: Page) -> None:
    """Whoever opens the page can type at once, and so can whoever has just read messages."""
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await page.locator("#log").focus()
    await page.keyboard.type("hi")
    await expect(page.get_by_label("Message", exact=True)).to_have_value("hi")


async def test_the_newest_message(page: Page, sandbox: Sandbox) -> None:
    """Whoever reads older messages is shown how many came meanwhile, and a button leads there."""
    chat = ada_chat(sandbox)
    for number in range(40):
        chat.send_text(f"message {number}")
    await expect(page.locator(".row.mine")).to_have_count(40)
    await page.locator("#log").evaluate("log => log.scrollTo(0, 0)")
    newest = page.get_by_role("button", name="To the newest message")
    await expect(newest).to_be_visible()
    await newest.click()
    await expect(newest).to_be_hidden()
    await expect(page.locator(".row", has_text="message 39")).to_be_in_viewport()


async def test_a_photo_opens_large(page: Page) -> None:
    """A photo in a message opens over the whole page, and Escape closes it."""
    await send(page, "look", "ada")
    await page.get_by_role("button", name="Open the photo").click()
    await expect(page.get_by_role("dialog", name="Photo")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Photo")).to_be_hidden()


async def test_the_guide(page: Page) -> None:
    """The first step fills in a hug, and sending it brings the next one; a closed guide stays closed."""
    guide = page.get_by_role("complementary", name="First steps")
    await expect(guide).to_contain_text("1 of 4")
    await guide.get_by_role("button", name="Fill it in").click()
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(guide).not_to_contain_text("1 of 4")
    await guide.get_by_role("button", name="Close the guide").click()
    await page.reload()
    await expect(page.get_by_role("heading", name="Kling")).to_be_visible()
    await expect(guide).to_be_hidden()
