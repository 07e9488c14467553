"""Waiting for a condition, without polling and without sleeping."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SubjectT = TypeVar("SubjectT")


class Waiters(Generic[SubjectT]):
    """Everyone who waits until a condition is true of a subject: a message, a chat, the server."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Future[SubjectT], Callable[[SubjectT], bool]] = {}

    @property
    def has_waiters(self) -> bool:
        """Whether anyone waits."""
        return bool(self._waiting)

    def notify(self, subject: SubjectT) -> None:
        """Evaluate the conditions of everyone who waits, on a subject that is new or has changed."""
        for future, predicate in list(self._waiting.items()):
            if future.done():
                continue
            try:
                if predicate(subject):
                    future.set_result(subject)
            except Exception as error:  # noqa: BLE001 - a mistake in a condition must fail its own test
                future.set_exception(error)

    async def wait_until(
        self,
        predicate: Callable[[SubjectT], bool],
        current: Iterable[SubjectT],
        seconds: float,
        describe: Callable[[], str],
    ) -> SubjectT:
        """Return the first of `current`, or of the later subjects, for which `predicate` is true.

        Raises:
            TimeoutError: it was true of none within this many seconds; the message includes `describe()`.
        """
        for subject in current:
            if predicate(subject):
                return subject
        future: asyncio.Future[SubjectT] = asyncio.get_running_loop().create_future()
        self._waiting[future] = predicate
        try:
            async with asyncio.timeout(seconds):
                return await future
        except TimeoutError:
            raise TimeoutError(f"waited {seconds:g} s in vain; now there is:\n{describe()}") from None
        finally:
            del self._waiting[future]
