"""The page before a real browser, and the real bot behind it."""

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
"""A folder for the documents' pictures: `PICTURES=docs pytest tests/page` takes them anew."""
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
"""The longest wait for anything on the page: a busy machine is slow."""
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def stage() -> AsyncIterator[Sandbox]:
    """All fake services; a job takes a second and the time to render its video, which is short and small here."""
    video = partial(render, fast=PICTURES is None)
    aiml, kling = FakeAiml(job_seconds=1.0, video=video), FakeKling(job_seconds=1.0, video=video)
    async with Sandbox(aiml=aiml, kling=kling) as stage:
        yield stage


@pytest.fixture
async def address(stage: Sandbox) -> AsyncIterator[str]:
    """Where the page is."""
    async with Server(create_app(stage)) as server:
        yield server.url


@pytest.fixture
async def bot(stage: Sandbox, address: str, tmp_path: Path) -> AsyncIterator[None]:  # noqa: ARG001 - Ada joins first
    """The real bot, in this process."""
    given: dict[str, Any] = {name.lower(): value for name, value in stage.bot_environment(tmp_path / "bot.db").items()}
    stop = asyncio.Event()
    running = asyncio.create_task(run(Settings(_env_file=None, **given, **PACE), stop=stop))
    try:
        await stage.telegram.wait(lambda now: any(call.method == "setMyShortDescription" for call in now.calls))
        yield
    finally:
        stop.set()
        await running


@pytest.fixture
async def call(stage: Sandbox, address: str) -> AsyncIterator[Call]:  # noqa: ARG001 - as above
    """Call a Bot API method as a bot would: where no real bot is needed."""
    async with httpx.AsyncClient(base_url=f"{stage.telegram_url}/bot{stage.telegram.token}/", timeout=60) as http:

        async def ask(method: str, **params: Any) -> Any:
            answer = (await http.post(method, json=params)).json()
            assert answer["ok"], answer
            return answer["result"]

        yield ask


def is_trouble(said: ConsoleMessage) -> bool:
    """Whether the browser complains; that the sandbox refuses something is told to the person, and no trouble."""
    return said.type == "error" and "status of 422" not in said.text


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    """The page in a browser. In the end no script has failed, and nothing came from anywhere else."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: install it (Debian: apt-get install chromium) to try the page in a browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=PATIENCE_MS)
        page = await browser.new_page(viewport={"width": 1100, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        trouble: list[str] = []
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if is_trouble(said) else None)
        page.on(
            "request", lambda asked: None if asked.url.startswith((address, "blob:")) else trouble.append(asked.url)
        )
        await page.goto(address)
        await page.get_by_role("heading", name="Kling").wait_for()
        yield page
        await browser.close()
    assert trouble == []


@pytest.fixture
def picture() -> Picture:
    """Takes a picture of the conversation for the documents, if it is asked for; videos show their best moment."""

    async def take(page: Page, name: str) -> None:
        if PICTURES is None:
            return
        clip = page.get_by_role("button", name="Attach")
        if await clip.get_attribute("aria-expanded") == "true":
            await clip.evaluate("button => button.click()")  # the focus stays where it is
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
