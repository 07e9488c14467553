"""Once in a while: drafts that waited too long expire, and what is old is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pacing import DAY_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.wakeups import Wakeups
    from storage import Store

_EVERY = 15.0  # seconds
_INBOX_DAYS = 3  # Telegram may restart its ids after a quiet week: ids must be forgotten before that


class Cleanup:
    """The loop that throws away."""

    def __init__(
        self,
        store: Store,
        bells: Wakeups,
        *,
        keep_days: float,
        clock: Callable[[], float],
        beat: Callable[[str], None],
    ) -> None:
        self._store = store
        self._bells = bells
        self._keep = keep_days * DAY_S
        self._clock = clock
        self._beat = beat
        self._pruned_at = 0.0

    async def run(self) -> None:
        """Go round for ever."""
        while True:
            self._beat("tidy")
            await self.once()
            await self._bells.cleanup.wait(_EVERY)

    async def once(self) -> None:
        """One round; pruning is done once an hour."""
        now = self._clock()
        for draft in await self._store.drafts.to_expire(now=now):
            await self._store.drafts.end(draft.id, "expired", now=now)
            self._bells.draft_messages.set()
        if now - self._pruned_at >= 3600:
            self._pruned_at = now
            await self._store.inbox.prune(before=now - _INBOX_DAYS * DAY_S)
            await self._store.drafts.prune(before=now - min(self._keep, _INBOX_DAYS * DAY_S))
            await self._store.inline.prune(before=now - _INBOX_DAYS * DAY_S)
            await self._store.jobs.prune(before=now - self._keep)
            await self._store.users.prune(before=now - self._keep)
