"""Every video system makes a video on the page, with the real bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.page.page_actions import send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox

pytestmark = pytest.mark.usefixtures("bot")


async def choose(page: Page, name: str) -> None:
    """Choose something in the message of /settings, and wait until it is chosen."""
    keys = page.locator(".keyboard", has_text="Standard")
    await keys.get_by_role("button", name=name, exact=True).click()
    await expect(keys.get_by_role("button", name=f"✓ {name}")).to_be_visible()


async def taken(stage: Sandbox, jobs: int) -> None:
    """AIML took so many jobs: what is chosen from now on is not for them."""
    await stage.telegram.wait(lambda _: len(stage.aiml.jobs) == jobs)


async def test_all_five_systems(page: Page, stage: Sandbox) -> None:
    """Effects standard and pro, both models that set a photo in motion, and Kling's own: each makes a video."""
    await send(page, "/settings")
    await send(page, "/squish", "coffee")
    await taken(stage, 1)
    await choose(page, "Pro")
    await send(page, "/squish", "cat")
    await taken(stage, 2)
    await send(page, "/animate --model v1.6 the cat yawns", "cat")
    await taken(stage, 3)
    await send(page, "/animate --model v2 steam rises", "coffee")
    await taken(stage, 4)
    await choose(page, "Kling")
    await send(page, "/hug", "ada", "ben")
    await expect(page.locator("video")).to_have_count(5)
    assert stage.kling is not None
    assert [job.submission.model for job in stage.aiml.jobs.values()] == [
        "klingai/kling-video-v1.6-standard-effects",
        "klingai/kling-video-v1.6-pro-effects",
        "kling-video/v1.6/pro/image-to-video",
        "klingai/v2-master-image-to-video",
    ]
    assert [job.submission.scene for job in stage.kling.jobs.values()] == ["hug_pro"]
