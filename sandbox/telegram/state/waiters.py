"""Waiting for something to be seen, without polling and without sleeping."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SubjectT = TypeVar("SubjectT")


class Waiters(Generic[SubjectT]):
    """Those who wait for a subject (a message, a chat, the whole world) to satisfy them."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Future[SubjectT], Callable[[SubjectT], bool]] = {}

    @property
    def has_waiters(self) -> bool:
        """Whether anyone waits."""
        return bool(self._waiting)

    def notify(self, subject: SubjectT) -> None:
        """Show a subject that is new or has changed to everyone who waits."""
        for future, wanted in list(self._waiting.items()):
            if future.done():
                continue
            try:
                if wanted(subject):
                    future.set_result(subject)
            except Exception as error:  # noqa: BLE001 - a mistake in a test's condition belongs to that test
                future.set_exception(error)

    async def wait_until(
        self,
        predicate: Callable[[SubjectT], bool],
        current: Iterable[SubjectT],
        seconds: float,
        describe: Callable[[], str],
    ) -> SubjectT:
        """Return the first of `now`, or of what is told later, that is `wanted`.

        Raises:
            AssertionError: nothing was, for that many seconds; the text is what `describe` tells then.
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
            raise AssertionError(f"waited {seconds:g} s in vain; now there is:\n{describe()}") from None
        finally:
            del self._waiting[future]
