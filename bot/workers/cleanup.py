"""Once in a while: drafts that waited too long expire, and what is old is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pacing import DAY_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.wakeups import Wakeups
    from storage import Store

_INTERVAL_S = 15.0  # seconds
_INBOX_DAYS = 3  # Telegram may restart its ids after a quiet week: ids must be forgotten before that


class Cleanup:
    """The loop that throws away."""

    def __init__(
        self,
        store: Store,
        wakeups: Wakeups,
        *,
        keep_days: float,
        clock: Callable[[], float],
        heartbeat: Callable[[str], None],
    ) -> None:
        self._store = store
        self._wakeups = wakeups
        self._retention_s = keep_days * DAY_S
        self._clock = clock
        self._heartbeat = heartbeat
        self._pruned_at = 0.0

    async def run(self) -> None:
        """Go round for ever."""
        while True:
            self._heartbeat("tidy")
            await self.once()
            await self._wakeups.cleanup.wait(_INTERVAL_S)

    async def once(self) -> None:
        """One round; pruning is done once an hour."""
        now = self._clock()
        for draft in await self._store.drafts.expired(now=now):
            await self._store.drafts.end(draft.id, "expired", now=now)
            self._wakeups.draft_messages.set()
        if now - self._pruned_at >= 3600:
            self._pruned_at = now
            await self._store.inbox.prune(before=now - _INBOX_DAYS * DAY_S)
            await self._store.drafts.prune(before=now - min(self._retention_s, _INBOX_DAYS * DAY_S))
            await self._store.inline.prune(before=now - _INBOX_DAYS * DAY_S)
            await self._store.jobs.prune(before=now - self._retention_s)
            await self._store.users.prune(before=now - self._retention_s)
