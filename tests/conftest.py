"""The bot on a stage: the real bot in this process, between stand-ins on real sockets."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import certifi
import pytest

from bot.app import run
from bot.logs import QUIET_LOGGERS
from bot.settings import Settings
from bot.wakeups import Wakeups
from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from sandbox.kling import FakeKling
from sandbox.photos import photo
from sandbox.render import render
from storage import Job, State
from tests.made_once import made_once

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from sandbox.telegram import Chat, FakeTelegram, Person

FAST_SETTINGS = {
    "poll_interval": "0.05",
    "status_interval": "0.2",
    "usual_seconds": "0.3",
    "album_wait": "0.15",
    "rate_per_chat": "1000",
    "log_level": "DEBUG",
}
"""Settings with which nothing is waited for longer than a test can."""


class Clock:
    """Unix time that can be moved on."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        """Unix time in seconds."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._ahead += seconds


class FakeVideo:
    """What the service makes of any photos."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def make(self, *_: object, **__: object) -> bytes:
        """The video."""
        return self.data


class BotUnderTest:
    """One bot, one person, and whatever a test does with them."""

    def __init__(self, stage: Sandbox, folder: Path, film: FakeVideo) -> None:
        self.sandbox = stage
        self.video = film
        self.telegram: FakeTelegram = stage.telegram
        self.aiml: FakeAiml = stage.aiml
        self.kling: FakeKling = stage.kling or FakeKling()
        self.ada: Person = self.telegram.add_person("Ada", username="ada", language_code="en")
        self.chat: Chat = self.telegram.private_chat(self.ada)
        self.database = folder / "bot.db"
        self.clock = Clock()
        self.wakeups = Wakeups()
        self._stop = asyncio.Event()
        self._bot: asyncio.Task[None] | None = None
        self._settings: dict[str, str] = {}

    def settings(self, **changes: str) -> Settings:
        """The settings of this bot; `changes` by their names in lower case."""
        environment = self.sandbox.bot_environment(self.database)
        values: dict[str, Any] = {name.lower(): value for name, value in environment.items()}
        return Settings(_env_file=None, **(values | FAST_SETTINGS | self._settings | changes))

    async def start(self, **changes: str) -> None:
        """Start the bot; `changes` hold for later starts too."""
        self._settings |= changes
        self._stop = asyncio.Event()
        self.wakeups = Wakeups()
        self._bot = asyncio.create_task(run(self.settings(), stop=self._stop, clock=self.clock, wakeups=self.wakeups))

    async def stop(self) -> None:
        """Stop the bot in order; what it died of, if it did, is raised."""
        self._stop.set()
        if self._bot is not None:
            bot, self._bot = self._bot, None
            await bot

    async def died(self) -> BaseException:
        """Wait until the bot ends by itself, and tell what it died of."""
        assert self._bot is not None
        bot, self._bot = self._bot, None
        try:
            async with asyncio.timeout(60):
                await bot
        except Exception as error:  # noqa: BLE001 -- any is the answer
            return error
        raise AssertionError("the bot ended without an error")

    def advance(self, seconds: float) -> None:
        """Let time pass for the bot."""
        self.clock.advance(seconds)
        self.wakeups.notify_all()

    async def jobs(self) -> list[Job]:
        """Every job in the database, the oldest first, read beside the running bot."""
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            if not connection.execute("PRAGMA user_version").fetchone()[0]:
                return []  # the bot has not made its tables yet
            rows = connection.execute("SELECT * FROM jobs ORDER BY created_at, rowid").fetchall()
        return [Job.from_row(row) for row in rows]

    async def job(self) -> Job:
        """The only job."""
        (job,) = await self.jobs()
        return job

    async def until(
        self, condition: Callable[[list[Job]], bool], seconds: float = 90, *, advancing: float = 0
    ) -> list[Job]:
        """Wait until the jobs are so; looked at after each call that the bot makes.

        With `advancing`, so many seconds pass for the bot between two looks.
        """
        deadline = time.monotonic() + seconds
        while True:
            jobs = await self.jobs()
            if condition(jobs):
                return jobs
            assert time.monotonic() < deadline, [(job.id, job.state, job.reason_detail) for job in jobs]
            if advancing:
                self.advance(advancing)
            requests = self._requests()
            with suppress(AssertionError):  # a change of the row alone makes no call
                await self.telegram.wait(partial(self._more_than, requests), timeout=0.1)

    def _requests(self) -> int:
        return len(self.telegram.calls) + self.aiml.faults.request_count + self.kling.faults.request_count

    def _more_than(self, requests: int, _: FakeTelegram) -> bool:
        return self._requests() > requests

    async def until_state(self, state: State) -> Job:
        """Wait until the only job is in this state."""
        (job,) = await self.until(lambda jobs: len(jobs) == 1 and jobs[0].state is state)
        return job

    def params_of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of this method."""
        return [dict(call.params) for call in self.telegram.calls if call.method == method]


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    """What a command sets up for its own process is undone, so that no test sees another's loggers."""
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
    """A short real video."""
    return made_once(tmp_path_factory, "clip.mp4", lambda: render("squish", [photo("coffee")], fast=True))


@pytest.fixture
async def bot(tmp_path: Path, clip: bytes) -> AsyncIterator[BotUnderTest]:
    """A stage with a bot that has not been started; in the end every call is judged by third parties."""
    async with _bot_under_test(tmp_path, clip, with_kling=False) as here:
        yield here


@pytest.fixture
async def bot_with_kling(tmp_path: Path, clip: bytes) -> AsyncIterator[BotUnderTest]:
    """The same with two video services: AIML, which is preferred, and Kling."""
    async with _bot_under_test(tmp_path, clip, with_kling=True) as here:
        yield here


@asynccontextmanager
async def _bot_under_test(tmp_path: Path, clip: bytes, *, with_kling: bool) -> AsyncIterator[BotUnderTest]:
    film = FakeVideo(clip)
    aiml = FakeAiml(job_seconds=0.3, video=film.make)
    kling = FakeKling(job_seconds=0.3, video=film.make) if with_kling else None
    async with Sandbox(aiml=aiml, kling=kling) as stage:
        here = BotUnderTest(stage, tmp_path, film)
        try:
            yield here
        finally:
            await here.stop()
        await aiml.renderer.wait_idle()
        if kling is not None:
            await kling.renderer.wait_idle()
    _let_third_parties_judge(here)


def _let_third_parties_judge(bot: BotUnderTest) -> None:
    """Hold every call to Telegram against aiogram's models, and every body for AIML against the vendor's schema."""
    from tests.third_party.aiml_openapi import check_body as judge_body  # noqa: PLC0415 -- as the next
    from tests.third_party.aiogram_models import check_call as judge_call  # noqa: PLC0415 -- importing it takes seconds

    for call in bot.telegram.calls:
        judge_call(call)
    for submission in bot.aiml.submissions:
        judge_body(submission.body)


@pytest.fixture
def ada() -> bytes:
    """A photo with a face."""
    return photo("ada")


@pytest.fixture
def ben() -> bytes:
    """Another."""
    return photo("ben")


@pytest.fixture
def coffee() -> bytes:
    """A photo without one."""
    return photo("coffee")
