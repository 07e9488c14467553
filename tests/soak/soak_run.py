"""A long run of the real bot under faults, killed at random requests, until every request has ended."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from sandbox.aiml import FakeAiml
from sandbox.environment import Sandbox
from storage.models import FINAL, State
from tests.crash.bot_process import BotProcess
from tests.crash.evidence import Evidence, Rows
from tests.crash.invariants import check_invariants
from tests.crash.killer import MOMENTS, Killer, Shot
from tests.soak.crowd import Crowd
from tests.soak.random_faults import RandomFaults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {
    "POLL_INTERVAL": "0.1",
    "USUAL_SECONDS": "0.3",
    "STATUS_INTERVAL": "1",
    "ALBUM_WAIT": "0.2",
    "IN_DOUBT_MINUTES": "0.1",
    "RATE_PER_CHAT": "1000",
    "ACTIVE_LIMIT": "200",
    "USER_DAILY_LIMIT": "100000",
    "DAILY_LIMIT": "100000",
    "USER_ACTIVE_LIMIT": "1000",
    "LOG_LEVEL": "INFO",
}
"""Quick, and without the limits that would keep one person from asking for many videos."""
_FAULT_SHARE = 0.1  # of all requests
_CANCEL_SHARE = 0.2  # for each request for a video
_POLL_SECONDS = 0.25  # seconds between two looks at the rows, where no request wakes sooner
_REQUESTS_PER_JOB = 10  # requests that a job makes, at the least


@dataclass(frozen=True, slots=True)
class SoakPlan:
    """How long the run is.

    The seed fixes what people choose, which requests have a fault (by their number), and at which request the bot is
    killed. The order in which requests arrive depends on the machine, so no two runs are the same.
    """

    seed: int
    jobs: int
    chats: int
    kills: int

    @classmethod
    def from_environment(cls) -> SoakPlan:
        """Read `SOAK_SEED`, `SOAK_JOBS` and `SOAK_KILLS`; by default it is the whole soak."""
        jobs = int(os.environ.get("SOAK_JOBS", "1000"))
        seed, kills = int(os.environ.get("SOAK_SEED", "22")), int(os.environ.get("SOAK_KILLS", "20"))
        return cls(seed=seed, jobs=jobs, chats=max(10, 3 * jobs // 10), kills=kills)


class SoakRun:
    """One run of a plan."""

    def __init__(self, folder: Path, clip: bytes, plan: SoakPlan) -> None:
        """Prepare a run; `clip` is the video of every job."""
        self._plan = plan
        self._random = Random(plan.seed)  # noqa: S311 -- a run that can be repeated, not a secret
        aiml = FakeAiml(job_seconds=0.2, video=clip, face_scenes=())
        aiml.balance_usd = 1_000_000.0
        self._sandbox = Sandbox(aiml)
        self._folder = folder
        self._database = folder / "bot.db"
        self.kills = 0
        self._over = False

    async def run(self) -> None:
        """Let people ask under faults and kills, wait until everything has ended, and check all invariants.

        Raises:
            AssertionError: an invariant is broken, or something did not end.
        """
        async with self._sandbox as sandbox:
            self._bot = BotProcess(sandbox.bot_environment(self._database, **SETTINGS), self._folder, forks=True)
            self._killer = Killer(sandbox, self._shoot)
            self._faults = RandomFaults(sandbox, Random(self._random.random()), _FAULT_SHARE)  # noqa: S311 -- as above
            self._crowd = Crowd(sandbox.telegram, Random(self._random.random()), self._plan.chats)  # noqa: S311
            try:
                await self._together()
            finally:
                await self._bot.kill()
        rows = Rows.read(self._database, thorough=True)
        assert rows is not None
        crowd = self._crowd
        check_invariants(Evidence(crowd.requests, rows, sandbox, self._bot.log_text, crowd.presses))

    async def _together(self) -> None:
        alive = asyncio.create_task(self._keep_running())
        asking = asyncio.create_task(self._make_requests())
        try:
            await asyncio.wait({alive, asking}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                await alive
            await asking
            self._over = True
            self._bot.terminate()
            await alive
        finally:
            for task in (alive, asking):
                task.cancel()
            await asyncio.gather(alive, asking, return_exceptions=True)

    async def _make_requests(self) -> None:
        for _ in range(self._plan.jobs):
            self._crowd.ask()
            if self._random.random() < _CANCEL_SHARE:
                self._crowd.cancel_one()
            await self._requests(self._random.randint(2, _REQUESTS_PER_JOB), 2)
        await self._until(self._requests_done, 300 + 0.5 * self._plan.jobs)
        self._faults.end()
        await self._until(self._settled, 300 + 0.5 * self._plan.jobs)

    # ------------------------------------------------------------ the bot
    async def _keep_running(self) -> None:
        """Run one process after the other; all but the last are killed at some request."""
        far = self._plan.jobs * _REQUESTS_PER_JOB // (self._plan.kills + 1)
        for _ in range(self._plan.kills):
            self._killer.arm(Shot(self._random.randint(1, far), self._random.choice(MOMENTS)))
            await self._run_process(-signal.SIGKILL)
            self.kills += 1
        self._killer.arm(None)
        await self._run_process(0)
        assert self._over, f"the bot ended by itself:\n{self._bot.log_text[-4000:]}"

    async def _run_process(self, expected: int) -> None:
        await self._bot.start()
        code = await self._bot.wait_ended(3600)
        assert code == expected, f"the bot ended with {code}:\n{self._bot.log_text[-4000:]}"

    async def _shoot(self) -> bool:
        await self._bot.kill()
        return True

    # ------------------------------------------------------------ waiting
    async def _requests(self, number: int, seconds: float) -> None:
        """Wait for so many more requests, at most for `seconds`."""
        end = self._count() + number
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._count() < end:
                    self._killer.changed.clear()
                    await self._killer.changed.wait()

    def _count(self) -> int:
        return self._sandbox.telegram.faults.request_count + self._sandbox.service(FakeAiml).faults.request_count

    async def _until(self, condition: Callable[[], bool], seconds: float) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not condition():
            late = asyncio.get_running_loop().time() > deadline
            assert not late, f"I1, I4: not at its end within {seconds:g} s: {self._describe()}"
            await self._requests(200, _POLL_SECONDS)

    def _requests_done(self) -> bool:
        """Return True if all kills are done and each job has ended or waits for its person."""
        rows = Rows.read(self._database)
        return (
            self.kills == self._plan.kills
            and rows is not None
            and len(rows.jobs) >= sum(asked.video for asked in self._crowd.requests)
            and all(job.state in FINAL or job.state == State.NEEDS_DECISION for job in rows.jobs)
        )

    def _settled(self) -> bool:
        """Return True if nothing is left to do; people answer the bot's questions first."""
        rows = Rows.read(self._database)
        undecided = [job for job in rows.jobs if job.state == State.NEEDS_DECISION] if rows else []
        self._crowd.answer_questions({(job.chat_id, job.card_id) for job in undecided})
        wanted = sum(asked.video for asked in self._crowd.requests)
        return (
            rows is not None
            and len(self._sandbox.telegram.updates) == 0
            and all(state != "pending" for _, state in rows.inbox)
            and rows.undrawn_questions == 0
            and len(rows.jobs) >= wanted
            and all(job.state in FINAL and job.show_at is None for job in rows.jobs)
        )

    # ------------------------------------------------------------ telling
    def counts(self) -> dict[str, int]:
        """Count what happened."""
        rows = Rows.read(self._database)
        jobs = rows.jobs if rows else ()
        entered = [to for job in jobs for _, to in job.events]
        rooms = self._sandbox.telegram.chats.values()
        return {
            "seed": self._plan.seed,
            "jobs": len(jobs),
            "chats": len({job.chat_id for job in jobs}),
            "presses": len(self._crowd.presses),
            "delivered": sum(job.state == State.DELIVERED for job in jobs),
            "cancelled": sum(job.state == State.CANCELLED for job in jobs),
            "failed": sum(job.state == State.FAILED for job in jobs),
            "charges": len(self._sandbox.service(FakeAiml).ledger),
            "videos": sum("video" in post.raw for room in rooms for post in room.stored_messages.values()),
            "kills": self.kills,
            "starts": self._bot.starts,
            "requests": self._count(),
            "faults": self._faults.counts.total(),
            "in doubt": entered.count(State.IN_DOUBT),
            "adopted": self._bot.log_text.count(" adopted job="),
            "asked": entered.count(State.NEEDS_DECISION),
        }

    def _describe(self) -> str:
        rows = Rows.read(self._database)
        if rows is None:
            return self._bot.log_text[-4000:]
        jobs = [job for job in rows.jobs if job.state not in FINAL or job.show_at is not None]
        inbox = [row for row in rows.inbox if row[1] != "done"]
        waiting = len(self._sandbox.telegram.updates)
        told = f"{self.counts()}\njobs {jobs}\ninbox {inbox}, unconfirmed {waiting}, undrawn {rows.undrawn_questions}"
        return f"{told}\n{self._bot.log_text[-4000:]}"
