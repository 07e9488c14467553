"""A sandbox in which the bot is killed: fake services, the bot's process, people and their requests."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from sandbox.kling import FakeKling
from storage.models import FINAL, State
from tests.crash.bot_process import COMMAND, BotProcess
from tests.crash.evidence import Evidence, Rows
from tests.crash.invariants import check_invariants
from tests.crash.killer import Killer, Shot
from tests.crash.people import People

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from sandbox.telegram import Chat, FakeTelegram
    from tests.crash.evidence import Request

FAST_SETTINGS = {
    "POLL_INTERVAL": "0.05",
    "USUAL_SECONDS": "0.3",
    "STATUS_INTERVAL": "0.5",
    "ALBUM_WAIT": "0.2",
    "RATE_PER_CHAT": "1000",
    "IN_DOUBT_MINUTES": "0.05",
    "LOG_LEVEL": "INFO",
}
"""Settings with which a test waits for nothing longer than it must."""
_POLL_SECONDS = 0.1  # how often rows are read: a commit alone makes no request


class CrashSandbox:
    """A bot process between fake services, for an `async with` block. At its end the process is killed.

    Attributes:
        people: the users, what they did, and how they react to messages.
        kills: how often the bot was killed.
        command: what is started as the bot.
    """

    def __init__(
        self, folder: Path, clip: bytes, *, seconds: float | None = 0.2, kling: bool = False, **settings: str
    ) -> None:
        """Make it; `clip` is every job's video, `seconds` how long a service takes; `kling` adds a second service."""
        self.aiml = FakeAiml(job_seconds=seconds, video=clip, face_scenes=())
        self.kling = FakeKling(job_seconds=seconds, video=clip, face_scenes=()) if kling else None
        self.sandbox = Sandbox(self.aiml, *([self.kling] if self.kling else []))
        self.telegram: FakeTelegram = self.sandbox.telegram
        self.folder = folder
        self.database = folder / "bot.db"
        self.people = People(self.telegram)
        self.kills = 0
        self.command: Sequence[str] = COMMAND
        self._settings = FAST_SETTINGS | settings
        self._by_term = False

    async def __aenter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        await self.sandbox.__aenter__()
        self.bot = self._process("bot.log", forks=True)
        self._second_processes: list[BotProcess] = []
        self.killer = Killer(self.sandbox, self._kill_bot)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self.bot, *self._second_processes):
            await process.kill()
        await self.sandbox.__aexit__(kind, error, trace)

    # ------------------------------------------------------------ what people do
    def new_chat(self) -> Chat:
        """Return the private chat of a new person."""
        return self.people.new_chat()

    def request_one_photo(self, chat: Chat | None = None) -> Request:
        """Ask for a video of one photo in this chat, or as a new person."""
        return self.people.request_one_photo(chat or self.new_chat())

    def request_album(self) -> Request:
        """Ask as a new person for a video of two photos, sent as an album."""
        return self.people.request_album(self.new_chat())

    def request_help(self, chat: Chat) -> Request:
        """Ask for help."""
        return self.people.request_help(chat)

    # ------------------------------------------------------------ what happens to the bot
    async def start(self, shot: Shot | None = None, *, by_term: bool = False) -> None:
        """Start the bot, with a shot armed for the requests from its first one on."""
        self.arm(shot, by_term=by_term)
        await self.bot.start(self.command)

    async def start_idle(self) -> None:
        """Start the bot unless it is running, and wait until it is idle."""
        if not self.bot.running:
            await self.start()
        assert await self.wait_idle(), "killed by nobody"

    async def deliver_first_video(self) -> None:
        """Let a person ask for a video and get it."""
        await self.start_idle()
        self.request_one_photo()
        assert await self.wait_idle(), "killed by nobody"

    def change_key(self, key: str) -> None:
        """Give the operator another account at AIML, whose record shows nothing of the one before."""
        self.aiml.key = key
        self.bot.change_environment(AIML_API_KEY=key)

    def arm(self, shot: Shot | None, *, by_term: bool = False) -> None:
        """Count requests from now on, and kill the bot at one of them, or terminate it."""
        self._by_term = by_term
        self.killer.arm(shot)

    async def _kill_bot(self) -> bool:
        if self._by_term:
            self.bot.terminate()
            return False
        await self.bot.kill()
        return True

    async def wait_idle(self, seconds: float = 90, *, ended: int = -signal.SIGKILL) -> bool:
        """Wait until every request has come to its end. Return False if the bot was killed before, as it was to be.

        Meanwhile people react to the bot's messages. `ended` is the exit code of a bot that was killed.

        Raises:
            AssertionError: it took longer than `seconds`, or the bot ended by itself.
        """
        return await self.until(self.is_idle, seconds, ended=ended)

    async def until(
        self, condition: Callable[[Rows], bool], seconds: float = 90, *, ended: int = -signal.SIGKILL
    ) -> bool:
        """Wait until the rows meet the condition, checked after each request. Return False as `wait_idle` does."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while True:
            self.killer.changed.clear()
            if self.bot.exit_code is not None:
                code = self.bot.exit_code
                assert code == ended, f"the bot ended with {code}:\n{self.bot.log_text[-4000:]}"
                self.kills += ended < 0
                return False
            self.people.react()
            rows = Rows.read(self.database)
            if rows is not None and condition(rows):
                return True
            assert loop.time() < deadline, f"I1, I4: not at its end within {seconds:g} s: {self._describe(rows)}"
            with suppress(TimeoutError):
                async with asyncio.timeout(_POLL_SECONDS):
                    await self.killer.changed.wait()

    def is_idle(self, rows: Rows) -> bool:
        """Return True if the bot waits for updates and, by its rows and Telegram's, has nothing left to do."""
        wanted = sum(asked.video for asked in self.people.requests)
        return (
            len(self.killer.polls) > 0
            and len(self.telegram.updates) == 0
            and all(state != "pending" for _, state in rows.inbox)
            and rows.undrawn_questions == 0
            and len(rows.jobs) >= wanted
            and all(job.state in FINAL and job.show_at is None for job in rows.jobs)
            and all(
                job.announced == job.state for job in rows.jobs if job.state == State.DELIVERED and not job.inline_id
            )
        )

    async def wait_for_shot(self, seconds: float = 90) -> str:
        """Wait until the bot was killed at a request, and return the request's name."""
        async with asyncio.timeout(seconds):
            while self.killer.shot_at is None:
                self.killer.changed.clear()
                await self.killer.changed.wait()
        return self.killer.shot_at

    def rows(self) -> Rows:
        """Read the database."""
        rows = Rows.read(self.database, thorough=True)
        assert rows is not None, "there is no database"
        return rows

    def check(self) -> None:
        """Check all invariants."""
        people = self.people
        check_invariants(Evidence(people.requests, self.rows(), self.sandbox, self.bot.log_text, people.presses))

    def second_process(self) -> BotProcess:
        """Return a second bot with the same settings, not started."""
        self._second_processes.append(self._process("another.log", forks=False))
        return self._second_processes[-1]

    def _process(self, log: str, *, forks: bool) -> BotProcess:
        environment = self.sandbox.bot_environment(self.database, **self._settings)
        return BotProcess(environment, self.folder, log=log, forks=forks)

    async def recover(self) -> None:
        """Start the bot after a kill, wait until it is idle, and check the invariants."""
        await self.start()
        await self.start_idle()
        self.check()

    async def terminate(self) -> None:
        """Send SIGTERM, and wait for exit code 0."""
        self.arm(None)
        self.bot.terminate()
        assert await self.bot.wait_ended() == 0, self.bot.log_text[-4000:]

    def counts(self) -> dict[str, int]:
        """Count what happened."""
        rows = Rows.read(self.database)
        return {
            "kills": self.kills,
            "starts": self.bot.starts,
            "jobs": len(rows.jobs) if rows else 0,
            "charges": sum(len(service.ledger) for service in self.sandbox.services),
            "videos": sum(
                "video" in post.raw for room in self.telegram.chats.values() for post in room.stored_messages.values()
            ),
        }

    def _describe(self, rows: Rows | None) -> str:
        jobs = [(job.id, job.state, job.announced, job.show_at) for job in rows.jobs] if rows else []
        inbox = Counter(state for _, state in rows.inbox) if rows else {}
        waiting = len(self.telegram.updates)
        return f"jobs {jobs}, inbox {dict(inbox)}, unconfirmed {waiting}\n{self.bot.log_text[-4000:]}"
