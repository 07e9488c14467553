"""The queue of updates, with the meaning that getUpdates gives to offsets.

An update stays in the queue until a getUpdates with a higher offset confirms it, even if it was delivered before
(Bot API: getUpdates).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import other_get_updates

if TYPE_CHECKING:
    from collections.abc import Callable

OPT_IN_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""The kinds of updates that only a bot gets that lists them in `allowed_updates`."""


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
    """The updates that wait for the bot.

    Attributes:
        allowed_kinds: the kinds that the bot asked for, or None for the usual kinds.
        on_arrival: called after each update that is added.
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
        """The oldest update that is not confirmed yet, or None."""
        return self._queue[0].update if self._queue else None

    def set_allowed_kinds(self, kinds: Any) -> None:
        """Set what the bot asked for: a list of kinds; an empty list means the usual kinds."""
        if isinstance(kinds, list):
            self.allowed_kinds = frozenset(kinds) or None

    def push(self, kind: str, body: dict[str, Any]) -> int | None:
        """Add an update with the next id; return the id, or None if the bot did not ask for this kind."""
        is_allowed = kind in self.allowed_kinds if self.allowed_kinds else kind not in OPT_IN_KINDS
        if not is_allowed:
            return None
        update_id = self._next_id
        self.put({"update_id": update_id, kind: body})
        return update_id

    def put(self, update: dict[str, Any], *, injected: bool = False) -> None:
        """Add an update as it is. A new id that is lower than the last one starts a new sequence of ids."""
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
        """Remove the updates that an offset confirms; a negative offset keeps only that many of the newest."""
        if offset < 0:
            self._queue = self._queue[offset:]
        elif offset > 0 and self._queue:
            self._queue = [entry for entry in self._queue if not self._is_confirmed(entry, offset)]

    def _is_confirmed(self, entry: _Entry, offset: int) -> bool:
        """Return True if the offset confirms this update; in another sequence of ids it must be delivered, too."""
        same_sequence = not entry.injected and offset <= self._newest_id[entry.sequence] + 1
        return entry.id < offset and (entry.delivered or same_sequence)

    def discard(self, update: dict[str, Any]) -> None:
        """Remove one update, which the webhook has taken."""
        self._queue = [entry for entry in self._queue if entry.update is not update]

    def clear(self) -> None:
        """Remove all updates."""
        self._queue.clear()

    async def get(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Confirm by `offset`, then return up to `limit` updates; wait up to `seconds` for the first if there is none.

        Raises:
            ApiError: 409, another getUpdates call came.
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
