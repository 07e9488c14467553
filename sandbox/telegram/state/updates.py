"""The queue of updates, with the meaning that getUpdates gives to offsets.

An update stays until a getUpdates with a higher offset confirms it (Bot API: getUpdates), whoever
read it before.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import other_get_updates

if TYPE_CHECKING:
    from collections.abc import Callable

OPT_IN_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to a bot that lists them in `allowed_updates`."""


@dataclass(eq=False, slots=True)
class _Entry:
    update: dict[str, Any]
    sequence: int
    injected: bool
    delivered: bool = False

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class UpdateQueue:
    """Updates that wait for the bot.

    Attributes:
        allowed: the kinds that the bot asked for; None for the usual ones.
        arrived: called after each update that is put in.
    """

    def __init__(self, first_id: int) -> None:
        self.allowed_kinds: frozenset[str] | None = None
        self.on_arrival: Callable[[], None] = lambda: None
        self._next_id = first_id
        self._queue: list[_Entry] = []
        self._used_ids: set[int] = set()
        self._newest_id: dict[int, int] = {0: first_id - 1}
        self._sequence = 0
        self._waiting_poll: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def pending(self) -> list[dict[str, Any]]:
        """The updates that are not confirmed yet, oldest first."""
        return [entry.update for entry in self._queue]

    @property
    def first(self) -> dict[str, Any] | None:
        """The oldest update that is not confirmed yet."""
        return self._queue[0].update if self._queue else None

    def set_allowed_kinds(self, kinds: Any) -> None:
        """Remember what the bot asked for: a list of kinds, an empty one for the usual kinds."""
        if isinstance(kinds, list):
            self.allowed_kinds = frozenset(kinds) or None

    def push(self, kind: str, body: dict[str, Any]) -> int | None:
        """Put in an update with the next id; returns the id, or None for a kind that nobody asked for."""
        wanted = kind in self.allowed_kinds if self.allowed_kinds else kind not in OPT_IN_KINDS
        if not wanted:
            return None
        update_id = self._next_id
        self.put({"update_id": update_id, kind: body})
        return update_id

    def put(self, update: dict[str, Any], *, injected: bool = False) -> None:
        """Put in an update as it is. A lower id than before, and a new one, begins a new row of ids."""
        update_id = int(update["update_id"])
        if update_id not in self._used_ids:
            if update_id < self._newest_id[self._sequence]:
                self._sequence += 1
            self._used_ids.add(update_id)
            self._newest_id[self._sequence] = update_id
            self._next_id = update_id + 1
        self._queue.append(_Entry(update, self._sequence, injected))
        self._wake()
        self.on_arrival()

    def confirm(self, offset: int) -> None:
        """Forget what an offset confirms; a negative one forgets all but that many of the newest."""
        if offset < 0:
            self._queue = self._queue[offset:]
        elif offset > 0 and self._queue:
            self._queue = [entry for entry in self._queue if not self._is_confirmed(entry, offset)]

    def _is_confirmed(self, entry: _Entry, offset: int) -> bool:
        """Tell whether the offset is above this update. Of another row of ids it counts only once read."""
        same_row = not entry.injected and offset <= self._newest_id[entry.sequence] + 1
        return entry.id < offset and (entry.delivered or same_row)

    def discard(self, update: dict[str, Any]) -> None:
        """Forget one update: a webhook took it."""
        self._queue = [entry for entry in self._queue if entry.update is not update]

    def clear(self) -> None:
        """Forget everything that waits."""
        self._queue.clear()

    async def get(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Confirm by `offset`, then return up to `limit` updates, waiting for the first if there is none.

        Raises:
            RefusalError: 409, another getUpdates came.
        """
        self._end_other_poll()
        self.confirm(offset)
        if not self._queue and seconds > 0:
            await self._wait(seconds)
        entries = self._queue[: min(max(limit, 1), 100)]
        for entry in entries:
            entry.delivered = True
        return [entry.update for entry in entries]

    async def _wait(self, seconds: float) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting_poll = poll
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._waiting_poll is poll:
                self._waiting_poll = None

    def _wake(self) -> None:
        if self._waiting_poll is not None and not self._waiting_poll.done():
            self._waiting_poll.set_result(None)

    def _end_other_poll(self) -> None:
        if self._waiting_poll is not None and not self._waiting_poll.done():
            self._waiting_poll.set_exception(other_get_updates())
        self._waiting_poll = None
