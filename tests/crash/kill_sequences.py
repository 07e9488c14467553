"""Kill the bot, start it again, let it recover and check everything; then the next kill in the same sandbox.

An idle bot gets a request and is killed while it works on it, so each kill costs one start.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.crash.killer import MOMENTS, Shot

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Iterator

    from sandbox.http.faults import Phase
    from tests.crash.crash_sandbox import CrashSandbox

    MakeRequest = Callable[[CrashSandbox], object]

MAX_REQUESTS = 60
"""More requests than a start and a job make."""


async def kill_at_each_request(
    sandbox: CrashSandbox, ask: MakeRequest, moment: Phase, numbers: Iterable[int], *, after: str | None = None
) -> list[str]:
    """Kill the running bot at these requests of a job, until the job ends before the kill.

    With `after`, the name of a request, only those that follow the first such request are counted. Return the names
    of the requests at which the bot was killed.

    Raises:
        AssertionError: an invariant is broken, or the bot was killed every time.
    """
    victims: list[str] = []
    await sandbox.start_idle()
    for number in numbers:
        sandbox.arm(Shot(number, moment, after=after))
        ask(sandbox)
        with noting_kill(sandbox, f"request {number} of a job, {moment}"):
            if await sandbox.wait_idle():
                sandbox.check()
                return victims
            victims.append(sandbox.killer.shot_at or "")
            await sandbox.recover()
    raise AssertionError("no run ended unharmed")


async def kill_during_start(sandbox: CrashSandbox, ask: MakeRequest, moment: Phase, numbers: Iterable[int]) -> None:
    """Kill a bot that finds an update at its start, at these requests from its first one on.

    Raises:
        AssertionError: an invariant is broken, or no run ended unharmed.
    """
    for number in numbers:
        ask(sandbox)
        await sandbox.start(Shot(number, moment))
        with noting_kill(sandbox, f"request {number} from the start, {moment}"):
            unharmed = await sandbox.wait_idle()
            if not unharmed:
                await sandbox.recover()
            sandbox.check()
        await sandbox.terminate()
        if unharmed:
            return
    raise AssertionError("no run ended unharmed")


async def kill_during_recovery(sandbox: CrashSandbox, ask: MakeRequest, first: Shot, seconds: Iterable[Shot]) -> None:
    """Kill the bot at `first`, and the bot that recovers from it at one of `seconds`, each in turn.

    Raises:
        AssertionError: an invariant is broken.
    """
    await sandbox.start_idle()
    for second in seconds:
        sandbox.arm(first)
        ask(sandbox)
        with noting_kill(sandbox, f"request {first.number}, {first.moment}, and then {second.number}, {second.moment}"):
            hit = not await sandbox.wait_idle()
            assert hit or first.matches is None, "a named request that never came"
            if hit:  # else that job made fewer requests
                await sandbox.start(second)
            if not await sandbox.wait_idle():
                await sandbox.recover()
            sandbox.check()


async def in_each_phase(
    sandboxes: Callable[[], CrashSandbox], work: Callable[[CrashSandbox, Phase], Coroutine[None, None, None]]
) -> None:
    """Run `work` for each phase of a request at the same time, each in a sandbox of its own."""

    async def one(moment: Phase) -> None:
        async with sandboxes() as sandbox:
            await work(sandbox, moment)

    async with asyncio.TaskGroup() as group:
        for moment in MOMENTS:
            group.create_task(one(moment))


@contextmanager
def noting_kill(sandbox: CrashSandbox, where: str) -> Iterator[None]:
    """Add to a failure in this block where the bot was killed."""
    try:
        yield
    except (AssertionError, TimeoutError) as error:
        error.add_note(f"killed at {where}: {sandbox.killer.shot_at}")
        error.add_note(sandbox.bot.log_text[-4000:])
        raise
