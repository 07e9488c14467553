"""What people do on the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox
    from sandbox.telegram import Chat

Call = Callable[..., Awaitable[Any]]
"""Calls a Bot API method by its name, with its parameters."""
Picture = Callable[["Page", str], Awaitable[None]]
"""Takes a screenshot of the page under a name, if screenshots are asked for."""

LONG = 60_000.0  # milliseconds: two videos are drawn at once at most


async def send(page: Page, text: str, *photos: str) -> None:
    """Choose photos, write a text and send both."""
    for name in photos:
        await page.get_by_role("button", name=f"Photo: {name}").click()
    await page.get_by_label("Message", exact=True).fill(text)
    await page.get_by_role("button", name="Send", exact=True).click()


async def open_chat_as(page: Page, person: str, chat: str) -> None:
    """Switch to this person and open this chat."""
    await page.get_by_role("radio", name=person).check()
    await page.locator("#chats").get_by_role("button", name=chat).click()


def ada_chat(sandbox: Sandbox) -> Chat:
    """Return Ada's chat with the bot, which is open at first."""
    return next(chat for chat in sandbox.telegram.chats.values() if chat.kind == "private")


def group_named(sandbox: Sandbox, title: str) -> Chat:
    """Return the group with this title."""
    return next(chat for chat in sandbox.telegram.chats.values() if chat.title == title)
