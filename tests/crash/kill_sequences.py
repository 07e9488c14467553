"""Kill, start again, let the bot recover, look at everything; then the next kill, in the same world.

An idle bot is asked for something and killed on the way, so that each kill costs one start.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.crash.killer import MOMENTS, Shot

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Iterator

    from sandbox.http.faults import Phase
    from tests.crash.crash_sandbox import World

    Ask = Callable[[World], object]

FAR = 60
"""More requests than a start and a job make."""


async def kill_at_each(
    world: World, ask: Ask, moment: Phase, numbers: Iterable[int], *, after: str | None = None
) -> list[str]:
    """Kill the living bot at these requests of a job, until a run ends unharmed; the names of those requests.

    With `after`, the name of a request, those are counted that come after the first such request.

    Raises:
        AssertionError: an invariant is broken, or no run ended unharmed.
    """
    victims: list[str] = []
    await world.begin()
    for number in numbers:
        world.aim(Shot(number, moment, after=after))
        ask(world)
        with told(world, f"request {number} of a job, {moment}"):
            if await world.settle():
                world.check()
                return victims
            victims.append(world.killer.victim or "")
            await world.recover()
    raise AssertionError("no run ended unharmed")


async def kill_starting(world: World, ask: Ask, moment: Phase, numbers: Iterable[int]) -> None:
    """Kill a bot that finds a request waiting at its start, at these requests from its first one on.

    Raises:
        AssertionError: an invariant is broken, or no run ended unharmed.
    """
    for number in numbers:
        ask(world)
        await world.start(Shot(number, moment))
        with told(world, f"request {number} from the start, {moment}"):
            unharmed = await world.settle()
            if not unharmed:
                await world.recover()
            world.check()
        await world.end()
        if unharmed:
            return
    raise AssertionError("no run ended unharmed")


async def kill_recovering(world: World, ask: Ask, first: Shot, seconds: Iterable[Shot]) -> None:
    """Kill at `first`, and kill the bot that recovers from it at one of `seconds`; each in turn.

    Raises:
        AssertionError: an invariant is broken.
    """
    await world.begin()
    for second in seconds:
        world.aim(first)
        ask(world)
        with told(world, f"request {first.number}, {first.moment}, and then {second.number}, {second.moment}"):
            hit = not await world.settle()
            assert hit or first.wanted is None, "a named request that never came"
            if hit:  # else that job made fewer requests
                await world.start(second)
            if not await world.settle():
                await world.recover()
            world.check()


async def in_three_worlds(
    worlds: Callable[[], World], work: Callable[[World, Phase], Coroutine[None, None, None]]
) -> None:
    """One world for each moment of a request, side by side."""

    async def one(moment: Phase) -> None:
        async with worlds() as world:
            await work(world, moment)

    async with asyncio.TaskGroup() as group:
        for moment in MOMENTS:
            group.create_task(one(moment))


@contextmanager
def told(world: World, where: str) -> Iterator[None]:
    """A failure in this block says where the bot was killed."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"killed at {where}: {world.killer.victim}")
        error.add_note(world.bot.said[-4000:])
        raise
