"""axe-core finds nothing serious on the page, in light and in dark, wide and on a phone."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.async_api import expect

from sandbox.photos import photo
from tests.page.page_actions import ada_chat, send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox
    from tests.page.page_actions import Call

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
RULES = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 1100), ("light", 390), ("dark", 390)])
async def test_axe_finds_nothing(
    page: Page, sandbox: Sandbox, call: Call, scheme: Literal["light", "dark"], width: int
) -> None:
    """People who see badly, or use a screen reader, meet no obstacle that axe-core knows: WCAG 2.1 A and AA."""
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.set_viewport_size({"width": width, "height": 800})
    await send(page, "/hug for us", "ada", "ben")
    chat = ada_chat(sandbox)
    chat.send_photo(photo("cat"))
    keyboard = {"inline_keyboard": [[{"text": "Again", "callback_data": "a"}]]}
    answer = {"text": "Hello <b>you</b>, /help", "parse_mode": "HTML", "reply_markup": keyboard}
    await call("sendMessage", chat_id=chat.id, **answer)
    await expect(page.get_by_role("button", name="Again")).to_be_visible()
    await page.evaluate(AXE)
    found = (await page.evaluate(RULES))["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
