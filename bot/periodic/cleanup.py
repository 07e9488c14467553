"""Cleanup: drafts that waited too long expire, and old rows are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pacing import DAY_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.wakeups import Wakeups
    from storage import Store

_PRUNE_INTERVAL_S = 3600.0
_INBOX_DAYS = 3  # Telegram may restart its ids after a quiet week; the old ids must be gone by then


class Cleanup:
    """Expires drafts each time, and prunes the tables once an hour. Implements `Periodic`."""

    name = "tidy"
    interval = 15.0

    def __init__(self, store: Store, wakeups: Wakeups, *, keep_days: float, clock: Callable[[], float]) -> None:
        self._store = store
        self._wakeups = wakeups
        self._retention_s = keep_days * DAY_S
        self._clock = clock
        self._pruned_at = 0.0

    async def run_once(self) -> None:
        """Expire the drafts whose time is over; prune if the last time is an hour ago."""
        now = self._clock()
        for draft in await self._store.drafts.expired(now=now):
            await self._store.drafts.end(draft.id, "expired", now=now)
            self._wakeups.draft_messages.set()
        for person_id in await self._store.personal_data.due_erasures():
            await self._store.personal_data.erase(person_id, now=now)
        if now - self._pruned_at >= _PRUNE_INTERVAL_S:
            self._pruned_at = now
            await self._prune(now)

    async def _prune(self, now: float) -> None:
        await self._store.inbox.prune(before=now - _INBOX_DAYS * DAY_S)
        await self._store.drafts.prune(before=now - min(self._retention_s, _INBOX_DAYS * DAY_S))
        await self._store.inline.prune(before=now - _INBOX_DAYS * DAY_S)
        await self._store.jobs.prune(before=now - self._retention_s, now=now)
        await self._store.users.prune(before=now - self._retention_s)
        await self._store.access.prune(before=now - self._retention_s)
        await self._store.personal_data.prune(now=now)
