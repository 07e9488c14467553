"""The bot is killed and its network is cut on the page, with the bot in a process of its own as in `make demo`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from sandbox.__main__ import running_demo
from sandbox.aiml import FakeAiml
from sandbox.http.server import Server
from sandbox.kling import FakeKling
from sandbox.page import create_app
from sandbox.render import render
from storage.stages import count_stages
from tests.page.page_actions import send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from sandbox.proof import Proof
    from tests.page.page_actions import Picture

video = partial(render, fast=True)


@pytest.fixture
async def proof() -> AsyncIterator[Proof]:
    """Run the demo with its bot; a job takes four seconds, so that there is time to kill the bot."""
    services = (FakeAiml(job_seconds=4.0, video=video), FakeKling(job_seconds=4.0, video=video))
    async with running_demo(count_stages, *services) as proof:
        await proof.sandbox.telegram.wait(lambda _: proof.view()["bot"] == "up")
        yield proof


@pytest.fixture
async def page_url(proof: Proof) -> AsyncIterator[str]:
    """Serve the page of the demo and return its URL."""
    async with Server(create_app(proof.sandbox, proof)) as server:
        yield server.url


async def test_a_hug_survives_a_kill(page: Page, proof: Proof, picture: Picture) -> None:
    """A bot that is killed while a hug is made is back at once, and the hug arrives: paid once, nothing lost."""
    await send(page, "/hug", "ada", "ben")
    await expect(page.locator("[data-stage=service]")).to_have_class(re.compile("here"))
    await page.get_by_role("button", name="Kill the bot now").click()
    await expect(page.locator("#trial-state")).to_contain_text("The bot is dead.")
    await picture(page, "kill")
    await expect(page.locator("video")).to_have_count(1)
    await expect(page.locator("#counts")).to_have_text("paid 1 · videos 1 · lost 0")
    await expect(page.locator("#trial-state")).to_have_text("Killed once, and back.")
    assert len(proof.sandbox.service(FakeAiml).ledger) == 1


async def test_a_message_survives_a_cut_network(page: Page, proof: Proof) -> None:
    """A photo sent while the network is cut waits at Telegram, and becomes a video when the network is back."""
    await page.get_by_role("button", name="Cut the network").click()
    await expect(page.locator("#trial-state")).to_contain_text("The network is cut")
    await send(page, "/squish", "coffee")
    await expect(page.locator("[data-stage=message]")).to_have_text("Message1")
    await expect(page.locator("video")).to_have_count(1)
    await expect(page.locator("#counts")).to_have_text("paid 1 · videos 1 · lost 0")
    assert not proof.sandbox.network_is_cut


async def test_the_operator_is_a_person_of_their_own(page: Page) -> None:
    """Olga may use /stats; Ada, who only came to play, is told nothing of the operator's money."""
    await send(page, "/stats")
    await send(page, "/help")
    await expect(page.locator(".row.bot").last).to_contain_text("/hug")
    await expect(page.locator(".row.bot", has_text="Last 24 hours")).to_have_count(0)
    await page.get_by_role("radio", name="Olga").check()
    await send(page, "/stats")
    await expect(page.locator(".row.bot").last).to_contain_text("videos")
