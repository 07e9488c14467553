"""What a person does on the page, and what the tests have at hand there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox
    from sandbox.telegram import Chat

Call = Callable[..., Awaitable[Any]]
"""A Bot API method by its name, with its parameters."""
Picture = Callable[["Page", str], Awaitable[None]]
"""Takes a picture of the conversation, if it is asked for."""

LONG = 60_000.0  # milliseconds: two videos are drawn at once at most


async def send(page: Page, text: str, *photos: str) -> None:
    """Pick photos, write a text and send both."""
    for name in photos:
        await page.get_by_role("button", name=f"Photo: {name}").click()
    await page.get_by_label("Message", exact=True).fill(text)
    await page.get_by_role("button", name="Send", exact=True).click()


async def open_chat_as(page: Page, person: str, chat: str) -> None:
    """Be this person, in this chat."""
    await page.get_by_role("radio", name=person).check()
    await page.locator("#chats").get_by_role("button", name=chat).click()


def ada_chat(stage: Sandbox) -> Chat:
    """The chat that is open at first: Ada's with the bot."""
    return next(room for room in stage.telegram.chats.values() if room.kind == "private")


def group_named(stage: Sandbox, title: str) -> Chat:
    """The group with this title."""
    return next(room for room in stage.telegram.chats.values() if room.title == title)
