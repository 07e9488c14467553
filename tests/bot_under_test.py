"""The real bot in the test's own process, between fake services on real sockets."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.app import run
from bot.clock import Clock
from bot.settings import Settings
from bot.wakeups import Wakeups
from sandbox.aiml import FakeAiml
from sandbox.kling import FakeKling
from storage import Job, State

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sandbox.environment import Sandbox
    from sandbox.telegram import Chat, FakeTelegram, Person

FAST_SETTINGS = {
    "poll_interval": "0.05",
    "status_interval": "0.2",
    "usual_seconds": "0.3",
    "album_wait": "0.5",
    "rate_per_chat": "1000",
    "log_level": "DEBUG",
}
"""Settings with which a test waits for nothing longer than it must."""


class MachineClock:
    """The clock of the machine that a bot runs on: time can pass, and the clock can be set wrong."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._wrong_by = 0.0

    def __call__(self) -> float:
        """Return the time that the clock shows: Unix time in seconds."""
        return time.time() + self._passed + self._wrong_by

    def steady(self) -> float:
        """Return seconds that go on evenly, however the clock is set."""
        return time.monotonic() + self._passed

    def advance(self, seconds: float) -> None:
        """Let this much time pass."""
        self._passed += seconds

    def set_wrong(self, seconds: float) -> None:
        """Set the clock so many seconds ahead of the true time."""
        self._wrong_by = seconds

    def for_process(self) -> Clock:
        """Return the clock of a bot that starts now."""
        return Clock(self, self.steady)


class FakeVideo:
    """The video that the services return for any photos; a test may change it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def make(self, *_: object, **__: object) -> bytes:
        """Return the video."""
        return self.data


class BotUnderTest:
    """The real bot in this process, the fake services that it talks to, and Ada, who uses it.

    Attributes:
        sandbox: the fake Telegram and video services, on real sockets.
        telegram: its Telegram.
        aiml, kling: its video services of these kinds.
        settings_class: the bot's settings, with the video services that can be configured.
        video: what the services return for every job.
        ada: a person.
        chat: her private chat with the bot.
        database: the bot's file.
        clock: the clock of the bot's machine.
    """

    def __init__(
        self, sandbox: Sandbox, folder: Path, video: FakeVideo, settings_class: type[Settings] = Settings
    ) -> None:
        self.sandbox = sandbox
        self.settings_class = settings_class
        self.video = video
        self.telegram: FakeTelegram = sandbox.telegram
        self.ada: Person = self.telegram.add_person("Ada", username="ada", language_code="en")
        self.chat: Chat = self.telegram.private_chat(self.ada)
        self.database = folder / "bot.db"
        self.clock = MachineClock()
        self.wakeups = Wakeups()
        self._stop = asyncio.Event()
        self._bot: asyncio.Task[None] | None = None
        self._settings: dict[str, str] = {}

    @property
    def aiml(self) -> FakeAiml:
        """The fake AIML."""
        return self.sandbox.service(FakeAiml)

    @property
    def kling(self) -> FakeKling:
        """The fake Kling."""
        return self.sandbox.service(FakeKling)

    def settings(self, **changes: str) -> Settings:
        """Return the settings of this bot; `changes` are by name in lower case."""
        environment = self.sandbox.bot_environment(self.database)
        values: dict[str, Any] = {name.lower(): value for name, value in environment.items()}
        return self.settings_class(_env_file=None, **(values | FAST_SETTINGS | self._settings | changes))

    def configure(self, **changes: str) -> None:
        """Change settings of later starts."""
        self._settings |= changes

    async def start(self, **changes: str) -> None:
        """Start the bot; `changes` of settings hold for later starts too."""
        self.configure(**changes)
        self._stop = asyncio.Event()
        self.wakeups = Wakeups()
        self._bot = asyncio.create_task(
            run(self.settings(), stop=self._stop, clock=self.clock.for_process(), wakeups=self.wakeups)
        )

    async def stop(self) -> None:
        """Stop the bot in order. If it has failed, raise its exception."""
        self._stop.set()
        if self._bot is not None:
            bot, self._bot = self._bot, None
            await bot

    async def died(self) -> BaseException:
        """Wait until the bot fails, and return its exception."""
        assert self._bot is not None
        bot, self._bot = self._bot, None
        try:
            async with asyncio.timeout(60):
                await bot
        except Exception as error:  # noqa: BLE001 -- any is the answer
            return error
        raise AssertionError("the bot ended without an error")

    def advance(self, seconds: float) -> None:
        """Let time pass for the bot, and wake its workers."""
        self.clock.advance(seconds)
        self.wakeups.notify_all()

    async def jobs(self) -> list[Job]:
        """Return every job in the database, the oldest first. The bot may be running."""
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            if not connection.execute("PRAGMA user_version").fetchone()[0]:
                return []  # the bot has not made its tables yet
            rows = connection.execute("SELECT * FROM jobs ORDER BY created_at, rowid").fetchall()
        return [Job.from_row(row) for row in rows]

    async def job(self) -> Job:
        """Return the only job."""
        (job,) = await self.jobs()
        return job

    async def until(
        self,
        condition: Callable[[list[Job]], bool],
        seconds: float = 90,
        *,
        advancing: float = 0,
        jobs_first: bool = True,
    ) -> list[Job]:
        """Wait until the jobs meet the condition, which is checked after each request of the bot; return them.

        With `advancing`, let so many seconds pass for the bot between two checks. With `jobs_first`, begin once there
        is a job: what waits unread meanwhile would be found too late.
        """
        deadline = time.monotonic() + seconds
        while True:
            jobs = await self.jobs()
            if condition(jobs):
                return jobs
            assert time.monotonic() < deadline, [(job.id, job.state, job.reason_detail) for job in jobs]
            if advancing and (jobs or not jobs_first):
                self.advance(advancing)
            requests = self._requests()
            with suppress(TimeoutError):  # a change of the row alone makes no call
                await self.telegram.wait(partial(self._more_than, requests), timeout=0.1)

    def _requests(self) -> int:
        return len(self.telegram.calls) + sum(service.faults.request_count for service in self.sandbox.services)

    def _more_than(self, requests: int, _: FakeTelegram) -> bool:
        return self._requests() > requests

    async def until_state(self, state: State) -> Job:
        """Wait until there is one job, in this state; return it."""
        (job,) = await self.until(lambda jobs: len(jobs) == 1 and jobs[0].state is state)
        return job

    def params_of(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of every call of this method of the Bot API."""
        return [dict(call.params) for call in self.telegram.calls if call.method == method]
