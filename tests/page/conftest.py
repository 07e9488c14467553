"""The page in a real browser, with the real bot behind it."""

from __future__ import annotations

import asyncio
import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.async_api import async_playwright, expect

from bot.app import run
from bot.settings import Settings
from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from sandbox.http.server import Server
from sandbox.kling import FakeKling
from sandbox.page import create_app
from sandbox.render import render

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import ConsoleMessage, Page

    from tests.page.page_actions import Call, Picture

PACE: dict[str, Any] = {
    "poll_interval": 0.2,
    "status_interval": 0.3,
    "usual_seconds": 3,
    "album_wait": 0.4,
    "rate_per_chat": 600,
    "user_active_limit": 5,
    "log_level": "WARNING",
}
PICTURES = os.environ.get("PICTURES")
"""A folder for the documentation's screenshots: `PICTURES=docs pytest tests/page` takes them again."""
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE_MS = 90_000
"""The longest wait for anything on the page; a busy machine is slow."""
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Run all fake servers; a job takes a second plus the time to render its video, which is short and small here."""
    video = partial(render, fast=PICTURES is None)
    aiml, kling = FakeAiml(job_seconds=1.0, video=video), FakeKling(job_seconds=1.0, video=video)
    async with Sandbox(aiml, kling) as sandbox:
        yield sandbox


@pytest.fixture
async def page_url(sandbox: Sandbox) -> AsyncIterator[str]:
    """Serve the page and return its URL."""
    async with Server(create_app(sandbox)) as server:
        yield server.url


@pytest.fixture
async def bot(sandbox: Sandbox, page_url: str, tmp_path: Path) -> AsyncIterator[None]:  # noqa: ARG001 - the page adds Ada first
    """Run the real bot in this process."""
    given: dict[str, Any] = {
        name.lower(): value for name, value in sandbox.bot_environment(tmp_path / "bot.db").items()
    }
    stop = asyncio.Event()
    running = asyncio.create_task(run(Settings(_env_file=None, **given, **PACE), stop=stop))
    try:
        await sandbox.telegram.wait(lambda now: any(call.method == "setMyShortDescription" for call in now.calls))
        yield
    finally:
        stop.set()
        await running


@pytest.fixture
async def call(sandbox: Sandbox, page_url: str) -> AsyncIterator[Call]:  # noqa: ARG001 - as above
    """Return a function that calls Bot API methods, for tests without the real bot."""
    async with httpx.AsyncClient(base_url=f"{sandbox.telegram_url}/bot{sandbox.telegram.token}/", timeout=60) as http:

        async def ask(method: str, **params: Any) -> Any:
            answer = (await http.post(method, json=params)).json()
            assert answer["ok"], answer
            return answer["result"]

        yield ask


def is_browser_error(message: ConsoleMessage) -> bool:
    """Return True for a browser error; a refusal of the sandbox (status 422) is shown to the person and is none."""
    return message.type == "error" and "status of 422" not in message.text


@pytest.fixture
async def page(page_url: str) -> AsyncIterator[Page]:
    """Open the page in a browser. At the end no script has failed and nothing was requested from elsewhere."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: install it (Debian: apt-get install chromium) to try the page in a browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE_MS)
        page = await browser.new_page(viewport={"width": 1100, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if is_browser_error(message) else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith((page_url, "blob:")) else errors.append(request.url),
        )
        await page.goto(page_url)
        await page.get_by_role("heading", name="Kling").wait_for()
        yield page
        await browser.close()
    assert errors == []


@pytest.fixture
def picture() -> Picture:
    """Return a function that takes a screenshot for the documentation, if asked to; videos show their best moment."""

    async def take(page: Page, name: str) -> None:
        if PICTURES is None:
            return
        clip = page.get_by_role("button", name="Attach")
        if await clip.get_attribute("aria-expanded") == "true":
            await clip.evaluate("button => button.click()")  # keeps the focus
        await page.mouse.move(150, 500)
        await page.locator("#log").evaluate(
            """log => Promise.all([...log.querySelectorAll("video")].map(video => new Promise(done => {
                video.pause();
                video.controls = false;
                video.onseeked = () => requestAnimationFrame(() => requestAnimationFrame(done));
                video.currentTime = 0.7 * video.duration;
            }))).then(() => { log.scrollTop = log.scrollHeight; })"""
        )
        await page.locator("#toast").evaluate("toast => { toast.hidden = true; }")
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")

    return take
