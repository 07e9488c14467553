"""Every kind of video is made on the page, with the real bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from sandbox.aiml import FakeAiml
from sandbox.kling import FakeKling
from tests.page.page_actions import send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox

pytestmark = pytest.mark.usefixtures("bot")


async def choose(page: Page, name: str) -> None:
    """Choose an option in the message of /settings, and wait until it is marked as chosen."""
    keys = page.locator(".keyboard", has_text="Standard")
    await keys.get_by_role("button", name=name, exact=True).click()
    await expect(keys.get_by_role("button", name=f"✓ {name}")).to_be_visible()


async def taken(sandbox: Sandbox, jobs: int) -> None:
    """Wait until AIML has this many jobs, so that later choices do not apply to them."""
    await sandbox.telegram.wait(lambda _: len(sandbox.service(FakeAiml).jobs) == jobs)


async def test_all_five_kinds_of_videos(page: Page, sandbox: Sandbox) -> None:
    """Effects in standard and pro quality, both image-to-video models, and Kling's own effects each make a video."""
    await send(page, "/settings")
    await send(page, "/squish", "coffee")
    await taken(sandbox, 1)
    await choose(page, "Pro")
    await send(page, "/squish", "cat")
    await taken(sandbox, 2)
    await send(page, "/animate --model v1.6 the cat yawns", "cat")
    await taken(sandbox, 3)
    await send(page, "/animate --model v2 steam rises", "coffee")
    await taken(sandbox, 4)
    await choose(page, "Kling")
    await send(page, "/hug", "ada", "ben")
    await expect(page.locator("video")).to_have_count(5)
    assert [job.submission.model for job in sandbox.service(FakeAiml).jobs.values()] == [
        "klingai/kling-video-v1.6-standard-effects",
        "klingai/kling-video-v1.6-pro-effects",
        "kling-video/v1.6/pro/image-to-video",
        "klingai/v2-master-image-to-video",
    ]
    assert [job.submission.scene for job in sandbox.service(FakeKling).jobs.values()] == ["hug_pro"]
