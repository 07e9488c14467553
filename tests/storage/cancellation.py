"""Cancels a coroutine at its n-th await, as a task is cancelled when the bot stops."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator


class Moment(StrEnum):
    """When the cancellation comes at an await."""

    BEFORE = "before the answer"
    """The awaited work is under way."""
    AFTER = "after the answer"
    """The awaited work is done, and the coroutine does not know yet."""
    TWICE = "twice"
    """As `BEFORE`, and again at the next await, while the coroutine cleans up."""


class CancelledAtAwait:
    """Awaited in a task of its own, runs the coroutine and cancels the task at the n-th await, counted from 1."""

    def __init__(self, coroutine: Coroutine[Any, Any, object], number: int, moment: Moment) -> None:
        self._coroutine = coroutine
        self._numbers = {number, number + 1} if moment is Moment.TWICE else {number}
        self._late = moment is Moment.AFTER

    def __await__(self) -> Generator[asyncio.Future[Any] | None, None, None]:
        step = partial(self._coroutine.send, None)
        awaits = 0
        while True:
            try:
                awaited = step()
            except StopIteration:
                return
            awaits += 1
            if awaits in self._numbers:
                self._cancel(awaited)
            try:
                yield awaited
            except BaseException as error:  # noqa: BLE001 -- the coroutine handles it
                step = partial(self._coroutine.throw, error)
            else:
                step = partial(self._coroutine.send, None)

    def _cancel(self, awaited: asyncio.Future[Any] | None) -> None:
        task = asyncio.current_task()
        assert task is not None
        if self._late and awaited is not None:
            # Called before the task is woken: callbacks run in the order in which they were added.
            awaited.add_done_callback(lambda _: task.cancel())
        else:
            task.cancel()


async def cancel_at_await(coroutine: Coroutine[Any, Any, object], number: int, moment: Moment) -> bool:
    """Run the coroutine and cancel it at its n-th await; False if it has fewer awaits and ran to its end."""

    async def run() -> None:
        await CancelledAtAwait(coroutine, number, moment)

    task = asyncio.create_task(run())
    await asyncio.wait({task})
    if task.cancelled():
        return True
    task.result()
    return False
