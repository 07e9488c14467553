"""The bot under test, and what most tests send it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import certifi
import pytest

from bot.logs import QUIET_LOGGERS
from bot.periodic.command_menu import DIGEST_KEY, digest, profiles_of
from bot.services import load_catalogue
from bot.settings import Settings
from handlers.localization import Locales
from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from sandbox.kling import FakeKling
from sandbox.photos import photo
from sandbox.render import render
from storage import Store
from tests.bot_under_test import BotUnderTest, FakeVideo
from tests.made_once import made_once
from tests.third_party.aiml_openapi import check_body
from tests.third_party.aiogram_models import check_call

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sandbox.services.service import FakeVideoService


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts that tests have recorded as properties, added up: kills, jobs, charges."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in [report for reports in terminalreporter.stats.values() for report in reports]:
        if isinstance(report, pytest.TestReport) and report.when == "teardown":
            for name, value in report.user_properties:
                if isinstance(value, dict):
                    counts[name].update(value)
    for name, totals in counts.items():
        terminalreporter.write_line(f"{name}: " + ", ".join(f"{what} {total}" for what, total in totals.items()))


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    """Undo what a command sets up for its process, so that no test sees another's loggers."""
    root = logging.getLogger()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in (None, *QUIET_LOGGERS)}
    yield
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def small_certificate_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let HTTP clients load one root certificate instead of all: every test speaks plain HTTP to this machine.

    A bot makes four clients, and reading all certificates takes each of them 50 ms of processor time.
    """
    end = "-----END CERTIFICATE-----\n"
    first, found, _ = Path(certifi.where()).read_text("utf-8").partition(end)
    assert found
    path = tmp_path_factory.mktemp("certificates") / "one.pem"
    path.write_text(first + end, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(path))
        yield


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a short real video."""
    return made_once(tmp_path_factory, "clip.mp4", lambda: render("squish", [photo("coffee")], fast=True))


class NewBot(Protocol):
    """Makes a bot with video services of these classes, not started."""

    def __call__(
        self, *services: type[FakeVideoService[Any]], settings_class: type[Settings] = Settings
    ) -> AbstractAsyncContextManager[BotUnderTest]:
        """Make it. At the end of the block it is stopped, and third parties check every call that it made."""
        ...


@pytest.fixture
def new_bot(tmp_path: Path, clip: bytes, request: pytest.FixtureRequest) -> NewBot:
    """Return what makes a bot; its video services take a third of a second for a job.

    Its database is that of a bot that has published its menu, unless the test is marked `first_start`.
    """

    @asynccontextmanager
    async def make(
        *services: type[FakeVideoService[Any]], settings_class: type[Settings] = Settings
    ) -> AsyncIterator[BotUnderTest]:
        video = FakeVideo(clip)
        async with Sandbox(*(service(job_seconds=0.3, video=video.make) for service in services)) as sandbox:
            sandbox.send_dates(on=False)  # time that a test lets pass passes for the bot alone
            bot = BotUnderTest(sandbox, tmp_path, video, settings_class)
            if request.node.get_closest_marker("first_start") is None:
                await asyncio.to_thread(_write_started_database, request.getfixturevalue("tmp_path_factory"), bot)
            try:
                yield bot
            finally:
                await bot.stop()
            for service in sandbox.services:
                await service.renderer.wait_idle()
        _check_requests(sandbox)

    return make


@pytest.fixture
async def bot(new_bot: NewBot) -> AsyncIterator[BotUnderTest]:
    """A bot with AIML as its only service."""
    async with new_bot(FakeAiml) as bot:
        yield bot


@pytest.fixture
async def bot_with_kling(new_bot: NewBot) -> AsyncIterator[BotUnderTest]:
    """A bot with two video services: AIML, which is preferred, and Kling."""
    async with new_bot(FakeAiml, FakeKling) as bot:
        yield bot


def _check_requests(sandbox: Sandbox) -> None:
    """Let third parties check what the bot sent."""
    for call in sandbox.telegram.calls:
        check_call(call)
    for service in sandbox.services:
        if isinstance(service, FakeAiml):
            for submission in service.submissions:
                check_body(submission.body)


def _write_started_database(factory: pytest.TempPathFactory, bot: BotUnderTest) -> None:
    """Give the bot the database of one that has started before: all tables, and nothing to publish.

    The twenty requests that publish menus and descriptions would be a third of what a short test does.
    """
    name = "started-" + "-".join(bot.settings().services)

    def make() -> bytes:
        path = factory.mktemp(name) / "bot.db"
        asyncio.run(_make_started_database(path, bot))
        return path.read_bytes()

    data = made_once(factory, name, make)
    bot.database.touch(mode=0o600)
    bot.database.write_bytes(data)


async def _make_started_database(path: Path, bot: BotUnderTest) -> None:
    settings = bot.settings()
    profiles = profiles_of(load_catalogue(settings), Locales.load(), settings.services)
    store = await Store.open(path)
    await store.key_values.set(DIGEST_KEY, digest(bot.telegram.account.id, profiles))
    await store.close()


@pytest.fixture
def ada() -> bytes:
    """Return a photo with a face."""
    return photo("ada")


@pytest.fixture
def ben() -> bytes:
    """Return another photo with a face."""
    return photo("ben")


@pytest.fixture
def coffee() -> bytes:
    """Return a photo without a face."""
    return photo("coffee")
